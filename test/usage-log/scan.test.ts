/** What the log must not hold: everything is asked, identifiers are put wherever a caller can put a text, and then all of it is read. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { registry } from '../../src/app.js';
import { exportUsage } from '../../src/usage-log/export-usage.js';
import { divisions } from '../../src/model/code-lists/divisions.js';
import { createPools } from '../../src/database/pools.js';
import { indexNext } from '../../src/usage-log/index/indexer.js';
import { type Answer, type DemoService, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
const answers: Answer[] = [];
const exported: string[] = [];

beforeAll(async () => {
  demo = await startDemoService();
  const { idNumbers, creditCodes } = demo.credentials.samples;
  const everything = readFileSync(join(import.meta.dirname, '..', 'documents', 'portrait.graphql'), 'utf8');
  const ask = async (...asked: Parameters<DemoService['ask']>): Promise<void> =>
    void answers.push(await demo.ask(...asked));
  const { rows } = await demo.owner.query<{ case_number: string; telephone: string }>(
    `select c.case_number, r.telephone from population.resident r join government_services.person_service_case c on c.person_id = r.person_id
      where r.telephone is not null order by r.id limit 3`,
  );
  for (const [n, id] of idNumbers.slice(0, 3).entries()) {
    const code = creditCodes[n % creditCodes.length]!;
    const { case_number: caseNumber, telephone } = rows[n % rows.length]!;
    for (const who of ['portrait-app', 'clinic-app', 'no-grant-app', 'public']) {
      await ask(who, everything, { idNumber: id, id, creditCode: code, code });
      await ask(
        who,
        `query Of${id} { a${id}: personPortrait(idNumber: "${id}") { b${telephone}: registration { name telephone address } } }`,
      );
      await ask(
        who,
        'query ($f: PersonServiceCaseFilter) { personServiceCases(filter: $f, first: 3) { nodes { caseNumber } } }',
        { f: { caseNumber: { eq: caseNumber } } },
      );
      await ask(
        who,
        `{ enterprisePortrait(creditCode: "${code}") { registration { name telephone } officers { nodes { person { registration { name } } } } } }`,
      );
      await ask(
        who,
        '{ enterprises(first: 1) { nodes { registration { name } } } }',
        {},
        { 'x-user': `${telephone}`, 'x-case': id },
      );
      await ask(who, `{ no${telephone} personPortrait(idNumber: "${id.slice(0, 17)}") { registration { name } } }`);
      await ask(
        who,
        `query ($id: ResidentIdNumber!) { explainOperation(document: "{ personPortrait(idNumber: \\"${id}\\") { registration { name } } }") { allowed } }`,
      );
    }
    for (const who of ['auditor', 'portrait-app']) {
      await ask(who, `{ usageRecords(idNumber: "${id}") { totalCount nodes { id arguments } } }`);
      await ask(
        who,
        `{ usageRecords(creditCode: "${code}", user: "${telephone}", caseNumber: "${id}") { totalCount } }`,
      );
      await ask(
        who,
        `{ usageRecords(consumer: "${id}", purpose: "${telephone}", operationName: "${id}") { totalCount } }`,
      );
      await ask(who, `{ usageSummary(by: [SUBJECT, DAY], idNumber: "${id}") { groups { keys } } }`);
      await ask(who, `{ usesOfPerson(idNumber: "${id}", reason: "asked", caseNumber: "A-1") { nodes { recordId } } }`);
      await ask(
        who,
        `{ usesOfPerson(idNumber: "${id}", reason: "of ${telephone.slice(0, 3)}-${telephone.slice(3)}", caseNumber: "${id}") { withheldCount } }`,
      );
    }
    await ask(
      'operator',
      `mutation { bindLegalPerson(consumer: "nobody", creditCode: "${code}", reason: "of ${id}") { change } }`,
    );
  }
  // Into the tree, and into the index.
  await demo.stopService();
  const pools = createPools({ url: demo.url });
  try {
    while ((await indexNext(pools.indexer)) > 0);
    exported.push(
      await text(exportUsage(pools.auditor, {}, 'csv')),
      await text(exportUsage(pools.auditor, { principalKind: 'consumer' }, 'jsonl')),
    );
  } finally {
    await pools.close();
  }
}, 60_000);
afterAll(() => demo.stop());

/** Identifiers, and values of level L3 and L4 that are long enough to be somebody's: of those alone a scan can say that they are not there. */
async function telling(): Promise<Set<string>> {
  const today = new Date().toISOString().slice(0, 10);
  const values = new Set<string>();
  const add = (value: string | null): void => {
    // Codes and small numbers stand for many things, and so does today; a name has two characters.
    if (
      value !== null &&
      !value.startsWith(today) &&
      !divisions.find(value) &&
      (value.length >= 6 || (value.length >= 2 && /^\p{Script=Han}+$/u.test(value)))
    )
      values.add(value);
  };
  const { rows } = await demo.owner.query<{ value: string }>('select value from citygraph.subject_identifier');
  for (const { value } of rows) add(value);
  for (const dataset of registry.datasets.values())
    for (const field of dataset.fields.values()) {
      if (field.kind !== 'column' || !['L3', 'L4'].includes(field.classification.level)) continue;
      const { rows: found } = await demo.owner.query<{ value: string | null; rows: string }>(
        `select "${field.column}"::text as value, count(*) as rows from "${dataset.schema}"."${dataset.table}" group by 1 order by 2 limit 4000`,
      );
      // What many rows share is a code or a category.
      for (const { value, rows: sharing } of found) if (Number(sharing) <= 3) add(value);
    }
  return values;
}

/** As it stands, and with the digits of parted numbers put together. */
function findAny(values: ReadonlySet<string>, where: string): string[] {
  const joined = where.replace(/(?<=\d)[ -](?=\d)/g, '');
  return [...values].filter((value) => where.includes(value) || (/^\d{11,}/.test(value) && joined.includes(value)));
}

test('a scan of the whole log finds no identifier, telephone number or L3 or L4 value in plain', async () => {
  const { rows: tables } = await demo.owner.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'citygraph' and c.relkind = 'r' and (c.relname ~ '^(usage|enumeration)_' or c.relname = 'policy_change') order by 1`,
  );
  expect(tables.length).toBeGreaterThan(15);
  const values = await telling();
  expect(values.size).toBeGreaterThan(3_000);
  for (const { name } of tables) {
    const { rows } = await demo.owner.query<{ text: string }>(
      `select coalesce(string_agg(t::text, E'\\n'), '') as text from ${name} t`,
    );
    expect({ name, found: findAny(values, rows[0]!.text) }).toEqual({ name, found: [] });
  }
});

test('nor does one of the exports, and no error repeats what it was given', async () => {
  const values = await telling();
  const [csv, lines] = exported as [string, string];
  expect(csv.split('\n').length).toBeGreaterThan(answers.length);
  expect(lines.split('\n').length).toBeGreaterThan(50);
  for (const file of exported) expect(findAny(values, file)).toEqual([]);
  const { rows } = await demo.owner.query<{ value: string }>('select value from citygraph.subject_identifier');
  const identifiers = new Set(rows.map(({ value }) => value));
  const errors = answers.flatMap((answer) => answer.errors.map((error) => JSON.stringify({ ...error, path: null })));
  expect(errors.length).toBeGreaterThan(50);
  expect(findAny(identifiers, errors.join('\n'))).toEqual([]);
});
