/** The portrait page of `examples/`, against a running service: what each caller sees, what it is denied, and where it came from. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { enterprisePage, personPage } from '../../examples/portrait-page/pages.js';
import { type DemoService, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
const address = process.env['CITYGRAPH_URL'];
beforeAll(async () => {
  demo = await startDemoService({ scale: { persons: 200, legalPersons: 40 } });
  process.env['CITYGRAPH_URL'] = `${demo.address}/graphql`;
});
afterAll(async () => {
  if (address === undefined) delete process.env['CITYGRAPH_URL'];
  else process.env['CITYGRAPH_URL'] = address;
  await demo.stop();
});

const as = (name: string) => ({ name, token: demo.tokenOf(name) ?? '' });
const idNumber = (): string => demo.credentials.samples.idNumbers[0]!;
const creditCode = (): string => demo.credentials.samples.creditCodes[0]!;
/** The section under a heading. */
const sectionOf = (html: string, heading: string): string =>
  html.split('<section').find((part) => part.includes(`<h2>${heading} `)) ?? '';

describe('the page of a person', () => {
  test('shows every section to who may see it, with its source and the record of the use', async () => {
    const html = await personPage(as('portrait-app'), idNumber());
    expect(sectionOf(html, '户籍信息')).toContain(`<dd>${idNumber()}</dd>`);
    expect(sectionOf(html, '户籍信息')).toMatch(/来源 Source: 150600-public-security, \d{4}-\d{2}-\d{2}/);
    expect(sectionOf(html, '就诊')).toContain('150600-health');
    expect(html).not.toContain('class="denied"');
    const [, recordId] = /<code>([^<]+)<\/code><\/footer>/.exec(html)!;
    expect(await demo.recordOf(recordId)).toMatchObject({ principal: 'portrait-app', outcome: 'answered' });
  });

  test('shows the masked as it came, and of a denied section why and what would give access', async () => {
    const html = await personPage(as('clinic-app'), idNumber());
    expect(sectionOf(html, '户籍信息')).toContain(`<dd>${idNumber().slice(0, 6)}************</dd>`);
    expect(html).not.toContain(idNumber());
    expect(sectionOf(html, '就诊')).toContain('150600-health');
    for (const denied of ['就业', '企业任职', '信用']) {
      expect(sectionOf(html, denied)).toMatch(/^ class="denied"/);
      expect(sectionOf(html, denied)).toMatch(/class="badge">L[234]<.*(have your department apply|grant)/s);
    }
  });

  test('shows to who may not match nothing but the refusal', async () => {
    const html = await personPage(as('no-grant-app'), idNumber());
    expect(html).toMatch(/未能提供 Not provided.*ARGUMENT_DENIED|未能提供 Not provided.*Resident\.idNumber/s);
    expect(html).not.toContain('户籍信息');
    expect(html).not.toContain(idNumber());
  });
});

describe('the page of an enterprise', () => {
  test('shows what the register publishes to everyone, and lists the fields that are withheld', async () => {
    const html = await enterprisePage(as('dashboard'), creditCode());
    expect(sectionOf(html, '登记信息')).toContain(creditCode());
    expect(sectionOf(html, '登记信息')).toMatch(/<li><b>Enterprise\.telephone<\/b> L3 /);
    expect(sectionOf(html, '主要人员')).toMatch(/<li><b>Officer\.telephone<\/b> L3 /);
    expect(sectionOf(html, '风险评分')).toMatch(/^ class="denied"/);
    expect(sectionOf(html, '承继单位')).not.toMatch(/^ class="denied"/);
  });

  test('shows a risk score with all its parts to who may see it, and escapes every value', async () => {
    const name = '<script>alert("1")</script>公司';
    await demo.owner.query(
      `update legal_person.enterprise set name = $2 where legal_person_id = (select subject_id from citygraph.subject_identifier where value = $1)`,
      [creditCode(), name],
    );
    const html = await enterprisePage(as('portrait-app'), creditCode());
    expect(html).toContain('<h1>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;公司</h1>');
    expect(html).not.toContain('<script');
    expect(sectionOf(html, '风险评分')).toContain('150600-data');
    expect(html).not.toContain('class="denied"');
  });
});
