/** The risk model's promises: reproducible from its parts, bounded, monotone, and documented as it is. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { riskModel } from '../../src/derivation/risk-model.js';
import { recomputeDerived } from '../../src/derivation/recompute-derived.js';
import { EnterpriseCreditRecord } from '../../src/libraries/credit/enterprise-credit-record.js';
import { EnterpriseListEntry } from '../../src/libraries/credit/enterprise-list-entry.js';
import { DischargePermit } from '../../src/libraries/ecology/discharge-permit.js';
import { WorkSafetyPermit } from '../../src/libraries/emergency/work-safety-permit.js';
import { Enterprise } from '../../src/libraries/legal-person/enterprise.js';
import { Inspection } from '../../src/libraries/legal-person/inspection.js';
import { Licence } from '../../src/libraries/legal-person/licence.js';
import { Penalty } from '../../src/libraries/legal-person/penalty.js';
import { SocialOrganisation } from '../../src/libraries/legal-person/social-organisation.js';
import { TaxRegistration } from '../../src/libraries/legal-person/tax-registration.js';
import { riskGrade, riskPartCode } from '../../src/libraries/portrait/risk-terms.js';
import { createDerivedCity, type DerivedCity } from './derived-city.js';

const asOf = '2026-06-30';
const firms = 120;
const rounds = 5;

let city: DerivedCity;
/** mulberry32: the same cases in every run. */
let state = 20260630;
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}
const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
const day = (before: number): string => new Date(Date.parse(asOf) - before * 86_400_000).toISOString().slice(0, 10);
const someDay = (): string => day(Math.floor(random() * 1500));
const chance = (share: number): boolean => random() < share;

beforeAll(async () => {
  city = await createDerivedCity();
  for (let id = 1; id <= firms; id++) {
    await city.subject(id, 'legal-person');
    await city.insert(id % 10 === 0 ? SocialOrganisation : Enterprise, {
      legalPerson: id,
      status: oneOf(['1', '1', '1', '4', '9']),
    });
    await city.insert(TaxRegistration, {
      legalPerson: id,
      status: oneOf(['NORMAL', 'SUSPENDED']),
      creditGrade: oneOf(['A', 'B', 'M']),
      arrears: chance(0.3) ? Math.floor(random() * 20_000) : null,
      arrearsSince: chance(0.5) ? someDay() : null,
    });
    while (chance(0.6)) await addFact(id);
  }
});
afterAll(() => city.drop());

/** Anything that may stand in the pool, good or bad. */
async function addFact(legalPerson: number): Promise<void> {
  const validUntil = day(Math.floor(random() * 1000) - 500);
  const facts = [
    () => addPenalty(legalPerson),
    () => city.insert(EnterpriseListEntry, { legalPerson, kind: oneOf(['RED', 'BLACK']), listedOn: someDay() }),
    () =>
      city.insert(EnterpriseCreditRecord, {
        legalPerson,
        category: 'ABNORMAL_OPERATION',
        nature: 'NEGATIVE',
        repair: oneOf(['REPAIRED', 'NOT_APPLIED', null]),
        occurredOn: someDay(),
      }),
    () =>
      city.insert(Inspection, {
        legalPerson,
        result: oneOf(['NO_PROBLEM', 'UNREACHABLE', 'CORRECTION_ORDERED']),
        inspectedOn: someDay(),
        correctBy: someDay(),
        correctedOn: chance(0.5) ? someDay() : null,
      }),
    () =>
      city.insert(Licence, {
        legalPerson,
        certificateName: oneOf(['食品经营许可证', '道路运输经营许可证']),
        status: oneOf(['VALID', 'EXPIRED', 'CANCELLED']),
        decidedOn: '2020-01-01',
        validFrom: '2020-01-01',
        validUntil,
      }),
    () =>
      city.insert(WorkSafetyPermit, {
        legalPerson,
        field: oneOf(['COAL_MINE', 'CONSTRUCTION']),
        status: 'VALID',
        issuedOn: '2020-01-01',
        validFrom: '2020-01-01',
        validUntil,
      }),
    () =>
      city.insert(DischargePermit, {
        legalPerson,
        permitNumber: `P${legalPerson}`,
        status: oneOf(['VALID', 'SUPERSEDED', 'EXPIRED']),
        issuedOn: someDay(),
        validFrom: '2020-01-01',
        validUntil,
      }),
  ];
  // The same permit on the same day is the same fact.
  await oneOf(facts)().catch((error: { code?: string }) => expect(error.code).toBe('23505'));
}

function addPenalty(legalPerson: number): Promise<void> {
  const kind = oneOf(['11', '21', '31', '33', '42', '91']);
  return city.insert(Penalty, {
    legalPerson,
    kind,
    severity: oneOf(['MINOR', 'ORDINARY', 'SERIOUS', null]),
    decidedOn: someDay(),
    publishedUntil: oneOf([day(1), day(0), day(-300)]),
    enforcement: oneOf(['PERFORMED', 'OVERTURNED', null]),
  });
}

/** One more fact against it, or one that stands already made worse. */
const worsenings: Readonly<Record<string, (legalPerson: number) => Promise<unknown>>> = {
  'a penalty': addPenalty,
  'a graver penalty': (id) => update(`legal_person.penalty set severity = 'SERIOUS'`, id),
  'a heavier kind': (id) => update(`legal_person.penalty set kind = '43'`, id),
  'a fresher penalty': (id) => update(`legal_person.penalty set decided_on = $2`, id, asOf),
  'a black list': (id) => city.insert(EnterpriseListEntry, { legalPerson: id, kind: 'BLACK', listedOn: someDay() }),
  'abnormal operation': (id) =>
    city.insert(EnterpriseCreditRecord, {
      legalPerson: id,
      category: 'ABNORMAL_OPERATION',
      nature: 'NEGATIVE',
      occurredOn: someDay(),
    }),
  'a repair refused': (id) => update(`credit.enterprise_credit_record set repair = 'REFUSED'`, id),
  'a bad inspection': (id) =>
    city.insert(Inspection, {
      legalPerson: id,
      result: oneOf(['CONCEALED', 'UNCOOPERATIVE', 'TO_BE_HANDLED']),
      inspectedOn: someDay(),
    }),
  'a correction undone': (id) => update(`legal_person.inspection set corrected_on = null`, id),
  'a licence past its end': (id) =>
    update(`legal_person.licence set valid_until = $2 where status = 'VALID' and`, id, day(3)),
  'a licence revoked': (id) => update(`legal_person.licence set status = 'REVOKED'`, id),
  'a work-safety permit suspended': (id) =>
    update(`emergency.work_safety_permit set status = 'SUSPENDED' where status <> 'REVOKED' and`, id),
  'a work-safety permit revoked': (id) => update(`emergency.work_safety_permit set status = 'REVOKED'`, id),
  'a discharge permit past its end': (id) =>
    update(`ecology.discharge_permit set valid_until = $2 where status = 'VALID' and`, id, day(3)),
  'a discharge permit revoked': (id) => update(`ecology.discharge_permit set status = 'REVOKED'`, id),
  'a worse tax grade': (id) =>
    update(
      `legal_person.tax_registration set credit_grade = case credit_grade when 'A' then 'B' when 'B' then 'M' when 'M' then 'C' else 'D' end`,
      id,
    ),
  'an abnormal taxpayer': (id) => update(`legal_person.tax_registration set status = 'ABNORMAL'`, id),
  'more arrears': (id) => update(`legal_person.tax_registration set arrears = coalesce(arrears, 1) * 7`, id),
  'older arrears': (id) =>
    update(`legal_person.tax_registration set arrears_since = coalesce(arrears_since, $2::date) - 300`, id, asOf),
  'a registration revoked': (id) => update(`legal_person.enterprise set status = '2'`, id),
};

function update(what: string, legalPerson: number, ...more: string[]): Promise<unknown> {
  return city.client.query(`update ${what} ${what.includes(' where ') ? '' : 'where'} legal_person_id = $1`, [
    legalPerson,
    ...more,
  ]);
}

async function scores(edition: number): Promise<Map<number, number>> {
  await recomputeDerived(city.client, { asOf, edition });
  return new Map((await city.rows('risk_score')).map((row) => [Number(row.legal_person_id), Number(row.score)]));
}

test('a further fact against a legal person, or a worse one, never lowers its score', async () => {
  let before = await scores(1);
  expect(before.size).toBe(firms);
  let [rose, compared] = [0, 0];
  for (let round = 1; round <= rounds; round++) {
    const done = new Map<number, string>();
    for (let id = 1; id <= firms; id++) {
      const name = oneOf(Object.keys(worsenings));
      await worsenings[name]!(id);
      done.set(id, name);
    }
    const after = await scores(round + 1);
    for (const [id, score] of after) {
      compared++;
      if (score > before.get(id)!) rose++;
      if (score < before.get(id)!)
        throw new Error(`${done.get(id)!} lowered the score of ${id} from ${before.get(id)!} to ${score}`);
    }
    before = after;
  }
  expect(compared).toBe(firms * rounds);
  // Else the property would hold of a model that looks at nothing.
  expect(rose).toBeGreaterThan(compared / 4);
}, 120_000);

describe('after all that', () => {
  test('each contribution follows from its raw value, weight and cap, and each score from its contributions', async () => {
    const parts = await city.rows('risk_part');
    const sums = new Map<number, number>();
    const cents = (value: unknown): number => Math.round(Number(value) * 100);
    for (const part of parts) {
      expect(cents(part.contribution)).toBe(
        Math.min(cents(part.cap), Math.round(Number((Number(part.raw_value) * Number(part.weight) * 100).toFixed(6)))),
      );
      sums.set(Number(part.legal_person_id), (sums.get(Number(part.legal_person_id)) ?? 0) + cents(part.contribution));
    }
    for (const score of await city.rows('risk_score')) {
      expect(cents(score.score)).toBe(Math.min(10_000, sums.get(Number(score.legal_person_id)) ?? 0));
      const grade = [...riskModel.grades].reverse().find(({ from }) => Number(score.score) >= from)!.grade;
      expect(score.grade).toBe(grade);
    }
    expect(new Set(parts.map(({ part }) => part)).size).toBe(riskModel.parts.length);
  });

  test('a part that rests on a publication ends with the first of them, and so does the score', async () => {
    const parts = await city.rows('risk_part');
    const ends = new Map<unknown, string>();
    for (const { legal_person_id: id, published_until: end } of parts) {
      if (typeof end === 'string' && end < (ends.get(id) ?? '9')) ends.set(id, end);
    }
    expect(ends.size).toBeGreaterThan(10);
    for (const score of await city.rows('risk_score'))
      expect(score.published_until).toBe(ends.get(score.legal_person_id) ?? null);
    for (const end of ends.values()) expect(end >= asOf).toBe(true);
  });

  test('the facts explain themselves in both languages', async () => {
    const [part] = (await city.rows('risk_part')).filter((row) => row.part === 'TAX_CREDIT' && row.raw_value === 0.5);
    expect(part).toMatchObject({
      explanation_zh: '纳税信用级别 1 条；原始值 0.5000 × 权重 15，上限 15，计 7.50 分',
      explanation_en: 'Grade of tax credit: 1; raw value 0.5000 × weight 15, at most 15, makes 7.50',
      source_dataset: 'TaxRegistration',
      model_version: riskModel.version,
    });
  });
});

describe('docs/risk-model.md', () => {
  const page = readFileSync(new URL('../../docs/risk-model.md', import.meta.url), 'utf8');
  const written = (values: Readonly<Record<string, number>>): string =>
    Object.entries(values)
      .map(([key, value]) => `${key}: ${value}`)
      .join(', ');
  const steps = (list: readonly { upTo: number | null; value: number }[]): string =>
    list.map(({ upTo, value }) => (upTo === null ? `more: ${value}` : `up to ${upTo}: ${value}`)).join(', ');

  test('has the version, the parts and their sources as the code has them', () => {
    expect(page).toContain(`version ${riskModel.version}\n`);
    for (const { part, weight, cap } of riskModel.parts)
      expect(page).toMatch(new RegExp(`^\\| ${part} \\|[^|]*\\| ${weight} \\| ${cap} \\|`, 'm'));
    expect(riskModel.parts.map(({ part }) => part)).toEqual(Object.keys(riskPartCode.enum!.values));
    expect(page).toContain(riskModel.grades.map(({ grade, from }) => `${grade} from ${from}`).join(', '));
    expect(riskModel.grades.map(({ grade }) => grade)).toEqual(Object.keys(riskGrade.enum!.values));
    for (const { grade, from } of riskModel.grades.slice(1))
      expect(riskGrade.enum!.values[grade]!.en).toContain(`: ${from} and more`);
  });

  test('has every raw value as the code has it', () => {
    const tables = [
      'registrationStatus',
      'penaltyKind',
      'penaltySeverity',
      'inspectionResult',
      'inspectionCorrection',
      'licence',
      'workSafety',
      'dischargePermit',
      'taxStatus',
      'taxCredit',
    ] as const;
    for (const name of tables) expect(page).toContain(`| ${name} | ${written(riskModel[name])} |`);
    for (const name of ['ages', 'arrears', 'arrearsAges'] as const) {
      expect(page).toMatch(new RegExp(`^\\| ${name} \\([^|]*\\) \\| ${steps(riskModel[name])} \\|$`, 'm'));
    }
  });
});
