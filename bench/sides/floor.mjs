/**
 * The floor: node:http and one prepared statement a workload, the JSON of PostgreSQL passed on as it is. No GraphQL, no authorisation. With
 * `log` it writes, before it answers, a usage record of the same form and size as Citygraph's, through the same function of the database
 * and with the same group commit; what is released is not looked at, so the subjects are those of a sample.
 */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { createPools } from '../../dist/src/database/pools.js';
import { createUsageLog } from '../../dist/src/usage-log/append-usage.js';
import { createRecordId } from '../../dist/src/usage-log/usage-record.js';
import { statementForFloor } from '../render.mjs';
import { workloads } from '../workloads.mjs';
import { announce, settings } from './side.mjs';

const { url, connections, log } = settings();
const pool = new pg.Pool({ connectionString: url, max: connections });
const statements = new Map(
  workloads.map((workload) => [`/${workload.name}`, { name: workload.name, ...statementForFloor(workload) }]),
);
const usageLog = log && createUsageLog({ pool: createPools({ url }).logger });
const usageKey = Buffer.alloc(32, 7);

/** `log` has a sample record of each workload. */
async function record(name, body, startedAt) {
  const occurredAt = new Date();
  const { plan, ...sample } = log[name];
  await usageLog.append(
    {
      ...sample,
      id: createRecordId(occurredAt),
      occurredAt,
      decidedUntil: new Date(sample.decidedUntil),
      responseBytes: Buffer.byteLength(body),
      responseDigest: createHmac('sha256', usageKey).update(body).digest('hex'),
      latencyMicros: Math.round((performance.now() - startedAt) * 1000),
    },
    plan,
  );
}

async function answer(request, response, text) {
  const startedAt = performance.now();
  const { name, text: statement, values } = statements.get(request.url);
  const result = await pool.query({ name, text: statement, values: values(JSON.parse(text)) });
  const body = `{"data":${result.rows[0]?.data ?? 'null'}}`;
  if (usageLog) await record(name, body, startedAt);
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => (text += chunk));
  request.on('end', () => {
    answer(request, response, text).catch((error) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
});
server.listen(0, '127.0.0.1', () => announce(server));
