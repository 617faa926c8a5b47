/**
 * What became of companies that were deregistered: merged into another of their group that was open then, or divided among such as were
 * founded shortly before; a few live on beside what was split off. Who takes over may be closed later, so that there are chains.
 */
import { EnterpriseSuccession } from '../../../src/libraries/legal-person/enterprise-succession.js';
import { dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import { groupSize } from '../../cast/legal-person-groups.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';

type Row = SeedRow<EnterpriseSuccession, 'legalPerson' | 'successor'>;

interface Succession {
  readonly successor: LegalPerson;
  readonly kind: string;
  readonly effectiveOn: string;
}

/** Deregistered, which a merger ends in; one whose licence was revoked has no successor. */
const deregistered = '4';
/** Days within which new companies take over from a divided one before it is deregistered. */
const divisionDays = 730;

const succeededStream = streamOf('succession.succeeded');
const kindStream = streamOf('succession.kind');
const successorStream = streamOf('succession.successor');
const splitStream = streamOf('succession.split');
const announcedStream = streamOf('succession.announced');
const documentStream = streamOf('succession.document');

export const enterpriseSuccessionSeed: DatasetSeed<Row> = {
  dataset: EnterpriseSuccession,
  of: 'legal-person',
  rows(cast, index) {
    const firm = cast.legalPerson(index);
    return successionsOf(cast, firm).map((it, n) => describeSuccession(cast, firm, it, n));
  },
};

function successionsOf(cast: Cast, firm: LegalPerson): Succession[] {
  if (firm.form === 'individually-owned') return conversionOf(cast, firm);
  if (firm.form !== 'company') return [];
  if (firm.closedOn === undefined) return splitsOf(cast, firm);
  if (firm.status !== deregistered || !cast.draw.chance(succeededStream, firm.index, 0.6)) return [];
  return cast.draw.chance(kindStream, firm.index, 0.3) ? divisionOf(cast, firm) : mergerOf(cast, firm);
}

/** Into the company above it or, where there is none that was open, into another of the group. */
function mergerOf(cast: Cast, firm: LegalPerson): Succession[] {
  const effectiveOn = firm.closedOn!;
  const open = companiesOfGroup(cast, firm).filter((it) => wasOpen(it, effectiveOn));
  if (open.length === 0) return [];
  const successor =
    open.find(({ index }) => index === firm.parent) ?? cast.draw.pick(successorStream, firm.index, open);
  const kind = cast.draw.chance(kindStream, firm.index + 0x4000_0000, 0.2) ? 'TAKEOVER' : 'MERGER';
  return [{ successor, kind, effectiveOn }];
}

/** Among two that were founded while it was being wound up; where there are none, it was merged. */
function divisionOf(cast: Cast, firm: LegalPerson): Succession[] {
  const from = isoOf(Math.max(dayOf(firm.establishedOn) + 1, dayOf(firm.closedOn!) - divisionDays));
  const founded = companiesOfGroup(cast, firm).filter(
    (it) => it.establishedOn >= from && it.establishedOn <= firm.closedOn! && wasOpen(it, firm.closedOn!),
  );
  if (founded.length < 2) return mergerOf(cast, firm);
  return founded
    .slice(0, 2)
    .map((successor) => ({ successor, kind: 'DIVISION', effectiveOn: successor.establishedOn }));
}

/** A few of its subsidiaries were once a part of it. */
function splitsOf(cast: Cast, firm: LegalPerson): Succession[] {
  return cast
    .subsidiariesOf(firm.index)
    .map((index) => cast.legalPerson(index))
    .filter(({ form, index }) => form === 'company' && cast.draw.chance(splitStream, index, 0.1))
    .map((successor) => ({ successor, kind: 'SPIN_OFF', effectiveOn: successor.establishedOn }));
}

/** A business that grew: the company of its group that was founded when it ended. */
function conversionOf(cast: Cast, firm: LegalPerson): Succession[] {
  const { closedOn, status } = firm;
  if (closedOn === undefined || status !== deregistered) return [];
  if (!cast.draw.chance(succeededStream, firm.index, 0.3)) return [];
  const last = isoOf(dayOf(closedOn) - 180);
  const successor = companiesOfGroup(cast, firm).find(
    (it) => it.establishedOn > last && it.establishedOn <= closedOn && it.parent === undefined,
  );
  return successor === undefined ? [] : [{ successor, kind: 'CONVERSION', effectiveOn: closedOn }];
}

/** The others of its group. Legal persons of a group come one after another, so that the group of the last is kept. */
function companiesOfGroup(cast: Cast, { index }: LegalPerson): LegalPerson[] {
  const first = index - (index % groupSize);
  if (lastGroup?.cast !== cast || lastGroup.first !== first)
    lastGroup = { cast, first, companies: describeCompanies(cast, first) };
  return lastGroup.companies.filter((it) => it.index !== index);
}

let lastGroup: { readonly cast: Cast; readonly first: number; readonly companies: LegalPerson[] } | undefined;

function describeCompanies(cast: Cast, first: number): LegalPerson[] {
  const companies: LegalPerson[] = [];
  for (let other = first; other < Math.min(first + groupSize, cast.legalPersons); other++) {
    const it = cast.legalPerson(other);
    if (it.form === 'company') companies.push(it);
  }
  return companies;
}

/** On that day and beyond. */
function wasOpen({ establishedOn, closedOn }: LegalPerson, day: string): boolean {
  return establishedOn <= day && (closedOn === undefined || closedOn > day);
}

function describeSuccession(
  { draw }: Cast,
  firm: LegalPerson,
  { successor, kind, effectiveOn }: Succession,
  n: number,
): Row {
  const at = firm.index * 8 + n;
  const announced = kind !== 'CONVERSION' && kind !== 'TAKEOVER';
  const announcedOn = isoOf(dayOf(effectiveOn) - draw.between(announcedStream, at, 45, 90));
  return {
    legalPerson: firm.index,
    successor: successor.index,
    successionNumber: String(n + 1),
    successorName: successor.name,
    kind,
    effectiveOn,
    announcedOn: announced && announcedOn > firm.establishedOn ? announcedOn : null,
    assumesDebts: kind !== 'SPIN_OFF' || n === 0,
    documentNumber: `（${firm.division}）登记企合字〔${effectiveOn.slice(0, 4)}〕第${draw.between(documentStream, at, 100, 9999)}号`,
    registrationAuthority: firm.registrationAuthority,
  };
}
