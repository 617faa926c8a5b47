/** A legal person of the cast: company, branch, individually-owned business, cooperative or social organisation. */
import { divisions } from '../../src/model/code-lists/divisions.js';
import { castDay, dayOf, isoOf } from './calendar.js';
import { createCreditCodes } from './credit-codes.js';
import { type Draw, streamOf } from './draw.js';
import { type LegalPersonForm, type LegalPersonGroups, groupSize } from './legal-person-groups.js';
import { drawBrand, drawCompanyName, drawOtherName } from './legal-person-names.js';
import { type Place, drawPremises } from './places.js';
import { drawTelephone } from './telephones.js';
import {
  type Trade,
  chooseCompanyTrade,
  chooseCooperativeTrade,
  chooseOrganisationTrade,
  chooseShopTrade,
} from './trades.js';
import { chooseByWeight } from './weighted-choice.js';

export interface LegalPerson {
  readonly index: number;
  readonly creditCode: string;
  readonly name: string;
  readonly form: LegalPersonForm;
  /** The first two characters of the credit code, GB 32100. */
  readonly kind: string;
  /** GB/T 12402. */
  readonly enterpriseType: string;
  /** Group (three digits) of GB/T 4754-2017. */
  readonly industry: string;
  /** CNY, a decimal string; a branch has none. */
  readonly registeredCapital: string | undefined;
  readonly establishedOn: string;
  /** The codes of enterprise-statuses.ts; `1` is in operation. */
  readonly status: string;
  readonly closedOn: string | undefined;
  readonly division: string;
  readonly town: string;
  readonly address: string;
  readonly businessScope: string;
  readonly registrationAuthority: string;
  readonly telephone: string;
  /** The head office of a branch, or the company that holds the majority of a subsidiary. */
  readonly parent: number | undefined;
  /** What the parent holds, in hundredths of a per cent; undefined for a branch and where there is no parent. */
  readonly parentShare: number | undefined;
}

export interface LegalPersonSource {
  legalPerson(index: number): LegalPerson;
  establishedOn(index: number): string;
  capitalOf(index: number): number;
  parentShareOf(index: number): number | undefined;
  statusOf(index: number): { readonly status: string; readonly closedOn: string | undefined };
}

const streams = {
  code: streamOf('legal-person.code'),
  trade: streamOf('legal-person.trade'),
  day: streamOf('legal-person.day'),
  status: streamOf('legal-person.status'),
  type: streamOf('legal-person.type'),
  capital: streamOf('legal-person.capital'),
  share: streamOf('legal-person.parent-share'),
  region: streamOf('legal-person.region'),
};

const chooseType = chooseByWeight([
  ['173', 62],
  ['159', 26],
  ['160', 3],
  ['151', 4],
  ['174', 2],
  ['310', 1],
  ['330', 1],
  ['210', 1],
]);
const chooseStatus = chooseByWeight([
  ['1', 80],
  ['4', 12],
  ['2', 6],
  ['3', 1],
  ['6', 1],
]);
/** Registration authorities with codes of their own, by the division in which what they registered lies. */
const ownRegistrationCode: Readonly<Record<string, string>> = {
  '150603': '150691',
  '150624': '150693',
  '150622': '150694',
};
const firstDay = dayOf('1996-01-02');
/** Nothing is established in the last half year, in which office holders may die (see life.ts). */
const lastDay = castDay - 184;
/** Premises are drawn at indexes that no household has. */
const premisesOffset = 0x1000_0000;

export function createLegalPersons(draw: Draw, groups: LegalPersonGroups): LegalPersonSource {
  const writeCode = createCreditCodes(draw.below(streams.code, 0, 1_000_000));

  function tradeOf(index: number, form: LegalPersonForm): Trade {
    const unit = draw.unit(streams.trade, index);
    if (form === 'company') return chooseCompanyTrade(unit);
    if (form === 'individually-owned') return chooseShopTrade(unit);
    if (form === 'cooperative') return chooseCooperativeTrade(unit);
    if (form === 'social-organisation') return chooseOrganisationTrade(unit);
    const parent = groups.parentOf(index)!;
    return tradeOf(parent, groups.formOf(parent));
  }

  /** Later ones are more; a subsidiary or branch is younger than its parent. */
  function establishedDay(index: number): number {
    const parent = groups.parentOf(index);
    const from = parent === undefined ? firstDay : establishedDay(parent);
    return from + Math.floor(Math.sqrt(draw.unit(streams.day, index)) * (lastDay - from));
  }

  /** Evenly spread over the magnitudes of the trade, in whole ten thousands above one hundred thousand. */
  function capitalOf(index: number): number {
    const [from, to] = tradeOf(index, groups.formOf(index)).capital;
    const capital = from * (to / from) ** draw.unit(streams.capital, index);
    const unit = capital >= 10_000_000 ? 1_000_000 : capital >= 100_000 ? 10_000 : 1_000;
    return Math.round(capital / unit) * unit;
  }

  function statusOf(index: number): { status: string; closedOn: string | undefined } {
    const status = index % groupSize === 0 ? '1' : chooseStatus(draw.unit(streams.status, index));
    if (status === '1') return { status, closedOn: undefined };
    const from = establishedDay(index);
    return {
      status,
      closedOn: isoOf(from + 90 + draw.below(streams.status, index + 0x4000_0000, castDay - from - 89)),
    };
  }

  function typeOf(index: number, form: LegalPersonForm): string {
    if (form === 'company') return chooseType(draw.unit(streams.type, index));
    if (form === 'branch') return typeOf(groups.parentOf(index)!, 'company');
    return form === 'individually-owned' ? '175' : '900';
  }

  function kindOf(form: LegalPersonForm, trade: Trade): string {
    if (form === 'individually-owned') return '92';
    if (form === 'cooperative') return '93';
    if (form === 'social-organisation') return trade.industry === '952' ? '51' : '52';
    return '91';
  }

  function parentShareOf(index: number): number | undefined {
    if (groups.formOf(index) !== 'company' || groups.parentOf(index) === undefined) return undefined;
    return draw.chance(streams.share, index, 0.4)
      ? 10_000
      : draw.between(streams.share, index + 0x4000_0000, 51, 90) * 100;
  }

  function nameOf(index: number, form: LegalPersonForm, trade: Trade, place: Place): string {
    const parent = groups.parentOf(index);
    if (form === 'branch') return `${companyName(parent!)}${divisions.find(place.division)!.zh}分公司`;
    return form === 'company' ? companyName(index) : drawOtherName(draw, index, form, trade, place.division);
  }

  /** A subsidiary bears the brand of its group. */
  function companyName(index: number): string {
    let head = index;
    for (let parent = groups.parentOf(head); parent !== undefined; parent = groups.parentOf(head)) head = parent;
    const place = drawPremises(draw, index + premisesOffset);
    return drawCompanyName(
      draw,
      index,
      drawBrand(draw, head),
      tradeOf(index, 'company'),
      place.division,
      ['160', '174'].includes(typeOf(index, 'company')),
    );
  }

  function registrationOf(
    index: number,
    form: LegalPersonForm,
    division: string,
    capital: number,
  ): { region: string; authority: string } {
    const body = form === 'social-organisation' ? '民政局' : '市场监督管理局';
    if (form === 'company' && capital >= 50_000_000 && draw.chance(streams.region, index, 0.3))
      return { region: '150600', authority: `鄂尔多斯市${body}` };
    const own = ownRegistrationCode[division];
    const region =
      own !== undefined && form === 'company' && draw.chance(streams.region, index + 0x4000_0000, 0.25)
        ? own
        : division;
    return { region, authority: divisions.find(division)!.zh + body };
  }

  function legalPerson(index: number): LegalPerson {
    const form = groups.formOf(index);
    const trade = tradeOf(index, form);
    const place = drawPremises(draw, index + premisesOffset);
    const establishedOn = isoOf(establishedDay(index));
    const capital = capitalOf(index);
    const kind = kindOf(form, trade);
    const { region, authority } = registrationOf(index, form, place.division, capital);
    return {
      index,
      creditCode: writeCode(index, kind, region, establishedOn),
      name: nameOf(index, form, trade, place),
      form,
      kind,
      enterpriseType: typeOf(index, form),
      industry: trade.industry,
      registeredCapital: form === 'branch' ? undefined : `${capital}.00`,
      establishedOn,
      ...statusOf(index),
      division: place.division,
      town: place.town,
      address: place.address,
      businessScope: `${trade.scope}（依法须经批准的项目，经相关部门批准后方可开展经营活动）`,
      registrationAuthority: authority,
      telephone: drawTelephone(draw, index + premisesOffset),
      parent: groups.parentOf(index),
      parentShare: parentShareOf(index),
    };
  }

  return { legalPerson, capitalOf, parentShareOf, statusOf, establishedOn: (index) => isoOf(establishedDay(index)) };
}
