/** Licences that fit the trade, renewed as they run out, the last two of each kind; none after a legal person has closed. */
import { Licence } from '../../../src/libraries/legal-person/licence.js';
import { castDate, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { authorityName, documentNumber } from './authorities.js';
import { plusYears } from '../days.js';
import { lastDayOf } from './figures.js';
import { type LicenceType, licenceTypesOf } from './licence-types.js';

type Row = SeedRow<Licence, 'legalPerson'>;

const heldStream = streamOf('licence.held');
const dayStream = streamOf('licence.day');
/** Kinds of licence a trade at most, and terms of one that are kept. */
const mostTypes = 8;
const termsKept = 2;

export const licenceSeed: DatasetSeed<Row> = {
  dataset: Licence,
  of: 'legal-person',
  rows(cast, index) {
    const firm = cast.legalPerson(index);
    return licenceTypesOf(firm.industry).flatMap((type, n) => {
      const at = index * mostTypes + n;
      return cast.draw.below(heldStream, at, 100) < type.held ? termsOf(cast, firm, type, at) : [];
    });
  },
};

function termsOf({ draw }: Cast, firm: LegalPerson, type: LicenceType, at: number): Row[] {
  const last = isoOf(lastDayOf(firm));
  const starts = [isoOf(dayOf(firm.establishedOn) + draw.between(dayStream, at, 5, 80))];
  while (type.years !== undefined) {
    const next = plusYears(starts.at(-1)!, type.years);
    if (next > last) break;
    starts.push(next);
  }
  return starts.slice(-termsKept).map((start, n) => describeTerm(firm, type, start, at * termsKept + n));
}

function describeTerm(firm: LegalPerson, type: LicenceType, start: string, serial: number): Row {
  const validUntil = type.years === undefined ? null : isoOf(dayOf(plusYears(start, type.years)) - 1);
  const { division, closedOn } = firm;
  const cutShort = closedOn !== undefined && (validUntil === null || validUntil > closedOn);
  const decisionNumber = documentNumber(type.authority, division, '许', start.slice(0, 4), serial);
  return {
    legalPerson: firm.index,
    decisionNumber,
    decisionTitle: `准予${type.certificate}行政许可决定书`,
    certificateName: type.certificate,
    certificateNumber: `${division}${start.slice(0, 4)}${String(serial).padStart(8, '0')}`,
    kind: type.kind,
    content: type.content,
    decidedOn: start,
    validFrom: start,
    validUntil,
    authority: authorityName(type.authority, division),
    status: cutShort ? 'CANCELLED' : validUntil !== null && validUntil < castDate ? 'EXPIRED' : 'VALID',
    endedOn: cutShort ? closedOn : null,
    caseNumber: `${division}${start.replaceAll('-', '')}${String(serial).padStart(8, '0')}`,
    remark: cutShort ? '因市场主体注销，许可终止' : null,
  };
}
