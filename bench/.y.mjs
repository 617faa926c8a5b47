import pg from 'pg';
import { readFileSync } from 'node:fs';
const { url } = JSON.parse(readFileSync('/tmp/pgup.json'));
const c = new pg.Client({
  connectionString: url,
  options: `-c join_collapse_limit=1 -c from_collapse_limit=1 -c jit=off -c timezone=Asia/Shanghai -c plan_cache_mode=${process.argv[4] || 'force_generic_plan'}`,
});
await c.connect();
const text = readFileSync(process.argv[2], 'utf8');
await c.query(`prepare p as ${text}`);
let r;
for (let i = 0; i < 4; i++)
  r = await c.query(`explain (analyze, buffers off, timing on) execute p(${process.argv[3]})`);
console.log(r.rows.map((x) => x['QUERY PLAN']).join('\n'));
await c.end();
