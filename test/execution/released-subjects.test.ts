/** What an answer releases stands in the text that the database gives, behind a mark: all of it goes on record, and nothing of it leaves. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readMarked, ReleasedSubjects, sealMark, traceKeyOf } from '../../src/execution/marked-text.js';
import { createSealer } from '../../src/execution/seal.js';
import { type Answer, type DemoService, startDemoService } from '../support/demo-service.js';

const sealer = createSealer(Buffer.alloc(32), 'test');

function read(text: string, nodes = 3): { text: string; subjects: readonly string[] } {
  const released = new ReleasedSubjects(nodes);
  return { text: readMarked(text, sealer, released), subjects: released.list() };
}

describe('in a text', () => {
  const [k0, k1, k2] = [0, 1, 2].map((node) => JSON.stringify(traceKeyOf(node))) as [string, string, string];
  test.each([
    ['nothing is marked', '{"a" : "~t0"}', '{"a" : "~t0"}', ['', '', '']],
    ['of the first member', `{${k0} : 7, "a" : 1}`, '{"a" : 1}', ['7', '', '']],
    ['of the only member', `{${k1} : 7}`, '{}', ['', '7', '']],
    ['of several members', `{${k0} : 7, ${k1} : "1+2", "a" : 1}`, '{"a" : 1}', ['7', '1+2', '']],
    ['of several rows', `[{${k0} : 7}, {${k0} : "8+9"}, {${k0} : 0}]`, '[{}, {}, {}]', ['7,8+9,0', '', '']],
    ['of rows collected by the page', `{${k2} : "1+2,3", "a" : 1}`, '{"a" : 1}', ['', '', '1+2,3']],
    ['of a page without rows, or a row without a subject', `{${k2} : null, "a" : 1}`, '{"a" : 1}', ['', '', '']],
    ['of rows about several who are not known', `[{${k0} : ""}, {${k0} : 4}]`, '[{}, {}]', [',4', '', '']],
    ['of an object made of a row', `{${k0}:7,"a":1}`, '{"a":1}', ['7', '', '']],
    ['of the only column of a row', `[{${k1}:"1+2"},{${k1}:null}]`, '[{},{}]', ['', '1+2', '']],
    ['before stored text like it', `{${k0} : 7, "a" : "t0\\" : 8, "}`, '{"a" : "t0\\" : 8, "}', ['7', '', '']],
  ])('a trace is taken out: %s', (_, marked, text, subjects) => {
    expect(read(marked)).toEqual({ text, subjects });
  });

  test('ids are sealed beside them', () => {
    const { text, subjects } = read(`{${k0} : 7, "id" : "${sealMark}i:Person:7;", "a" : 1}`);
    expect(text).toBe(`{"id" : "${sealer.sealId('Person', '7')}", "a" : 1}`);
    expect(subjects[0]).toBe('7');
  });

  test.each([
    ['of no kind', `{"a" : "${sealMark}"}`],
    ['of another kind', `{"a" : "${sealMark}x:Person:7;"}`],
    ['of a part that was not read', `{"a" : "${sealMark}p:0:v7;"}`],
    ['of a node that the plan has not', `{${JSON.stringify(traceKeyOf(3))} : 7}`],
    ['of what are no subjects', `{${k0} : "7;8"}`],
    ['in stored text, which is escaped', `{"a" : "${sealMark}t0\\" : 7, "}`],
    ['that is not whole', `{"a" : "${sealMark}i:Person`],
  ])('a mark that is not understood is a fault: %s', (_, marked) => {
    expect(() => read(marked)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
    expect(() => read(marked)).not.toThrow(sealMark);
  });
});

describe('of an answer', () => {
  let demo: DemoService;
  let person: string;
  let idNumber: string;
  beforeAll(async () => {
    demo = await startDemoService();
    const { rows } = await demo.owner.query<{ id: string; value: string }>(
      `select subject_id::text as id, value from citygraph.subject_identifier join healthcare.medical_visit on person_id = subject_id
        where kind = 'resident-id-number' and is_current and subject_id in (select person_id from legal_person.officer)
        group by 1, 2 having count(*) > 2 order by 1 limit 1`,
    );
    [{ id: person, value: idNumber }] = rows as [{ id: string; value: string }];
  }, 120_000);
  afterAll(() => demo?.stop());

  async function value(text: string, ...values: unknown[]): Promise<string> {
    const { rows } = await demo.owner.query<Record<string, string>>(text, values);
    return String(Object.values(rows[0]!)[0]);
  }

  async function ask(selection: string): Promise<{ answer: Answer; subjects: readonly string[] }> {
    const query = `query ($id: ResidentIdNumber!) { found: personPortrait(idNumber: $id) { ${selection} } }`;
    const answer = await demo.ask('portrait-app', query, { id: idNumber });
    expect(answer.text).not.toContain(sealMark);
    const record = await demo.recordOf(answer.recordId);
    return { answer, subjects: record!.subjects.split(';') };
  }

  test('every node’s subjects are on record, in the order in which they stand in it', async () => {
    const { rows } = await demo.owner.query<{ row: string }>(
      `select concat_ws('+', legal_person_id, person_id) as row from legal_person.officer where person_id = $1 order by id`,
      [person],
    );
    const { answer, subjects } = await ask('registration { name } offices { nodes { position } }');
    expect(answer.data.found.offices.nodes).toHaveLength(rows.length);
    expect(subjects).toEqual([person, person, '', rows.map(({ row }) => row).join()]);
  });

  test('a row that only tells that there are more releases nothing, in a page with nodes or without', async () => {
    const { answer, subjects } = await ask(`
      a: medicalVisits(first: 1) { nodes { visitedOn } pageInfo { hasNextPage } }
      b: medicalVisits(first: 1) { pageInfo { hasNextPage endCursor } edges { cursor } }
      c: medicalVisits(first: 2) { __typename }`);
    expect(answer.data.found.b.pageInfo.hasNextPage).toBe(true);
    expect(answer.data.found.b.edges).toEqual([{ cursor: answer.data.found.b.pageInfo.endCursor }]);
    expect(subjects).toEqual([person, '', person, person, `${person},${person}`]);
  });

  test('an object that is left without a member releases its subject all the same', async () => {
    const { answer, subjects } = await ask(
      'registration { name @skip(if: true) } provenance { section @skip(if: true) }',
    );
    expect(answer.data.found.registration).toEqual({});
    expect(subjects).toEqual([person, person, person]);
  });

  test.each([49, 50, 90])('an object of %d members, some of long names, is whole and in order', async (count) => {
    const keys = Array.from({ length: count }, (_, at) => `${at % 9 === 0 ? 'a'.repeat(70) : 'b'}${at}`);
    const { answer, subjects } = await ask(`registration { ${keys.map((key) => `${key}: name`).join(' ')} }`);
    const name = await value(`select name from population.resident where person_id = $1`, person);
    expect(Object.entries(answer.data.found.registration)).toEqual(keys.map((key) => [key, name]));
    expect(subjects).toEqual([person, person]);
  });

  test.each([3, 49, 90])('so is one of a root list, %d members', async (count) => {
    // A row has no column of so long a name.
    const long = count === 49 ? 70 : 7;
    const keys = Array.from({ length: count }, (_, at) => `${at % 9 === 0 ? 'a'.repeat(long) : 'b'}${at}`);
    const fields = keys.map((key) => `${key}: name`).join(' ');
    const answer = await demo.ask(
      'portrait-app',
      `{ found: enterprises(first: 2, orderBy: [NAME_ASC]) { nodes { registration { ${fields} } } } }`,
    );
    const { rows } = await demo.owner.query<{ id: string; name: string }>(
      `select legal_person_id::text as id, name from legal_person.enterprise order by name, id limit 2`,
    );
    const registrations = answer.data.found.nodes.map((node: { registration: object }) => node.registration);
    expect(registrations.map(Object.entries)).toEqual(rows.map(({ name }) => keys.map((key) => [key, name])));
    expect(answer.text).not.toContain(sealMark);
    const record = await demo.recordOf(answer.recordId);
    const ids = rows.map(({ id }) => id).join();
    expect(record!.subjects.split(';').filter(Boolean)).toEqual([ids, ids]);
  });

  test('stored text that holds the mark, could it be known, releases nothing', async () => {
    const name = await value(`select name from population.resident where person_id = $1`, person);
    const store = `update population.resident set name = $2 where person_id = $1`;
    await demo.owner.query(store, [person, `${sealMark}t0" : 5, `]);
    const { answer, subjects } = await ask('registration { name }');
    await demo.owner.query(store, [person, name]);
    expect([answer.codes, answer.data ?? null, subjects]).toEqual([['INTERNAL'], null, ['']]);
  });
});
