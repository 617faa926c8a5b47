/** Three years of applications of legal persons: setting up and winding up on their days, and in between what the trade needs. */
import { EnterpriseServiceCase } from '../../../src/libraries/government-services/enterprise-service-case.js';
import { castDay, dayOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import { drawGivenName, drawSurname } from '../../cast/han-names.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import { drawTelephone } from '../../cast/telephones.js';
import { type WeightedChoice, chooseByWeight } from '../../cast/weighted-choice.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { countOf, describeCourse, mostCases } from './case-course.js';
import { type Item, itemsForLegalPersons, settingUp, windingUp } from './service-items.js';

type Row = SeedRow<Omit<EnterpriseServiceCase, 'item'>, 'legalPerson'>;

const streams = {
  count: streamOf('enterprise-case.count'),
  day: streamOf('enterprise-case.day'),
  item: streamOf('enterprise-case.item'),
};
const firstDay = dayOf('2023-01-01');
/** Agents bear names and telephones drawn at indexes that no person has: two to a legal person. */
const agentOffset = 0x3600_0000;
const deregistered = '4';
/** An annual report is due of what is registered with market regulation. */
const ofMarketRegulation = new Set(['企业变更登记', '企业年度报告公示']);

export const enterpriseServiceCaseSeed: DatasetSeed<Row> = {
  dataset: EnterpriseServiceCase,
  of: 'legal-person',
  rows(cast, index) {
    const { draw } = cast;
    const firm = cast.legalPerson(index);
    const last = firm.closedOn === undefined ? castDay : dayOf(firm.closedOn);
    return occasionsOf(cast, firm, last).map(({ day, item }, n): Row => {
      const at = index * mostCases + n;
      const agent = agentOffset + index * 2 + (n % 2);
      return {
        legalPerson: index,
        agentName: drawSurname(draw, agent) + drawGivenName(draw, agent, agent % 2 ? 'female' : 'male', 1988),
        agentTelephone: drawTelephone(draw, agent),
        ...describeCourse(cast, item, 'E', day, last, at),
      };
    });
  },
};

interface Occasion {
  readonly day: number;
  readonly item: Item;
}

function occasionsOf(cast: Cast, firm: LegalPerson, last: number): Occasion[] {
  const { draw } = cast;
  const { index, industry, form, status } = firm;
  const established = dayOf(firm.establishedOn);
  const from = Math.max(firstDay, established);
  if (from > last) return [];
  const registered = form !== 'social-organisation';
  const occasions: Occasion[] = [];
  if (registered && established - 3 >= firstDay) occasions.push({ day: established - 3, item: settingUp });
  const choose = chooseItem(industry.slice(0, 3), registered);
  const count = Math.min(mostCases - 2, countOf(cast, streams.count, index, form === 'company' ? 3.4 : 1.6));
  for (let n = 0; n < count; n++) {
    const at = index * mostCases + n;
    occasions.push({ day: draw.between(streams.day, at, from, last), item: choose(draw.unit(streams.item, at)) });
  }
  if (registered && status === deregistered) occasions.push({ day: Math.max(from, last - 2), item: windingUp });
  return occasions.sort((a, b) => a.day - b.day);
}

const choices = new Map<string, WeightedChoice<Item>>();

function chooseItem(industry: string, registered: boolean): WeightedChoice<Item> {
  const key = `${industry} ${registered}`;
  const found = choices.get(key);
  if (found) return found;
  const fits = ({ name, industries }: Item): boolean =>
    (registered || !ofMarketRegulation.has(name)) && (industries?.test(industry) ?? true);
  const choice = chooseByWeight(itemsForLegalPersons.filter(fits).map((item) => [item, item.weight] as const));
  choices.set(key, choice);
  return choice;
}
