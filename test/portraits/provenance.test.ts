/** Where the sections of a portrait come from, and whom a person shares an employer, an office or a household with. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, type DemoService, type Json, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
let idNumber: string;
beforeAll(async () => {
  demo = await startDemoService({ scale: { persons: 400, legalPersons: 40 } });
  idNumber = demo.credentials.samples.idNumbers[0]!;
});
afterAll(() => demo.stop());

const personOf = (principal: string, selection: string, of = idNumber): Promise<Answer> =>
  demo.ask(principal, `query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) ${selection} }`, { id: of });

const lines = '{ provenance { section provider providerName resource collectedAt } }';

describe('provenance', () => {
  test('names provider, resource and the last collection of each section', async () => {
    const { data, errors } = await personOf('portrait-app', lines);
    expect(errors).toEqual([]);
    const found: Json[] = data.personPortrait.provenance;
    expect(found.find(({ section }) => section === 'registration')).toEqual({
      section: 'registration',
      provider: '150600-public-security',
      providerName: '鄂尔多斯市公安局',
      resource: '3/06/01/001/000001',
      collectedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    const sections = found.map(({ section }) => section);
    for (const section of ['marriages', 'medicalVisits', 'offices', 'tags']) expect(sections).toContain(section);
  });

  test('is the latest row of the section', async () => {
    const at = '2031-02-03T04:05:06.000Z';
    const { rows } = await demo.owner.query<{ number: string }>(
      `update population.education_record set collected_at = $1 where id = (select max(id) from population.education_record)
        returning (select value from citygraph.subject_identifier i where i.subject_id = person_id and i.kind = 'resident-id-number' and is_current) as number`,
      [at],
    );
    const { data } = await personOf('portrait-app', lines, rows[0]!.number);
    const line = data.personPortrait.provenance.find(({ section }: Json) => section === 'educationRecords');
    expect(line.collectedAt).toBe(at);
  });

  test('has no line for a section that its caller may not see, and no error that tells of it', async () => {
    const { rows } = await demo.owner.query<{ number: string }>(
      `select i.value as number from population.resident r join citygraph.subject_identifier i on i.subject_id = r.person_id and i.is_current
        where r.person_division = (select divisions[1] from citygraph.access_grant where code = 'DEMO-CLINIC') and r.person_protected_until < current_date limit 1`,
    );
    const { data, errors } = await personOf('clinic-app', lines, rows[0]!.number);
    expect(errors).toEqual([]);
    const sections = data.personPortrait.provenance.map(({ section }: Json) => section);
    expect(sections).toContain('medicalVisits');
    expect(sections).not.toContain('employments');
    const { libraryStatements } = await demo.capture(() => personOf('clinic-app', lines));
    expect(libraryStatements.map(({ text }) => text).join()).not.toContain('"employment"');
  });
});

describe('peers', () => {
  async function peersOf(relation: string, table: string, key: string, until: string): Promise<void> {
    const { rows } = await demo.owner.query<{ number: string; ids: string[] }>(
      `select i.value as number, array_agg(p.id::text order by p.id) as ids from ${table} o
        join ${table} p on p.${key} = o.${key} and p.person_id is distinct from o.person_id and (p.${until} is null or p.${until} > current_date)
        join citygraph.subject_identifier i on i.subject_id = o.person_id and i.kind = 'resident-id-number' and i.is_current
        where (o.${until} is null or o.${until} > current_date) and (select count(*) from ${table} x where x.person_id = o.person_id) = 1
        group by 1, o.id order by count(*) desc limit 1`,
    );
    const { number, ids } = rows[0]!;
    const { data, errors } = await personOf(
      'portrait-app',
      `{ ${relation}(first: 100) { nodes { collectedAt person { id } } } }`,
      number,
    );
    expect(errors).toEqual([]);
    expect(data.personPortrait[relation].nodes).toHaveLength(ids.length);
  }

  test('are colleagues of the same employer now', () =>
    peersOf('colleagues', 'population.employment', 'legal_person_id', 'ended_on'));
  test('are officers of the same legal person now', () =>
    peersOf('coOfficers', 'legal_person.officer', 'legal_person_id', 'left_on'));
  test('are members of the same household', () =>
    peersOf('housemates', 'population.household_member', 'household_number', 'left_on'));

  test('are denied to who may not know what is shared', async () => {
    const { codes, data } = await personOf(
      'clinic-app',
      '{ colleagues { nodes { post } } housemates { nodes { isHead } } }',
    );
    expect(codes.length).toBeGreaterThan(0);
    expect(data.personPortrait).toEqual({ colleagues: null, housemates: null });
  });
});
