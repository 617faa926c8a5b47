import { test, beforeAll, afterAll } from '@jest/globals';
import { startDemoService, type DemoService } from '../support/demo-service.js';
let demo: DemoService;
beforeAll(async () => { const t=Date.now(); demo = await startDemoService(); console.log('start', Date.now()-t); });
afterAll(() => demo.stop());
test('x', async () => {
  const id = demo.credentials.samples.idNumbers[0];
  const { result, statements, libraryStatements } = await demo.capture(() => demo.ask('portrait-app', `query Q($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { id registration { idNumber name birthDate telephone } offices { nodes { position legalPerson { registration { name creditCode } } } } medicalVisits(first: 2) { nodes { visitedOn diagnosis } } } }`, { id }));
  console.log(result.status, result.text, statements, libraryStatements.length, await demo.recordOf(result.recordId));
  const c = await demo.ask('security-officer', `mutation { revokeGrant(code: "DEMO-CLINIC", reason: "x") { target } }`);
  console.log(c.text, (await demo.owner.query('select * from citygraph.usage_record order by occurred_at desc limit 2')).rows);
});
