import { test, beforeAll, afterAll } from '@jest/globals';
import { startDemoService, type DemoService } from '../support/demo-service.js';
let demo: DemoService;
beforeAll(async () => { demo = await startDemoService(); });
afterAll(() => demo.stop());
test('x', async () => {
  for (const n of [10, 20, 40, 80, 120]) {
    const q = `{ ${Array.from({length:n},(_, i) => `a${i}: enterprises(first: 1) { nodes { id } }`).join(' ')} }`;
    const t = Date.now(); const { result, libraryStatements } = await demo.capture(() => demo.ask('public', q)); const total = Date.now() - t;
    const { text, values } = libraryStatements[0]!;
    const c = await demo.owner.connect();
    await c.query('set jit=off');
    const ex = await c.query('explain (analyze, summary, costs off) ' + text, values as any[]);
    const a = ex.rows.slice(-2).map(r=>r['QUERY PLAN']).join(' | ');
    await c.query('set join_collapse_limit=1; set from_collapse_limit=1');
    const ex2 = await c.query('explain (analyze, summary, costs off) ' + text, values as any[]);
    console.log(n, total, result.codes, a, '| collapse 1:', ex2.rows.slice(-2).map(r=>r['QUERY PLAN']).join(' | '), text.length);
    c.release(true);
  }
});
