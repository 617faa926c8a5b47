/** One measurement: load on one side for a while, and what it cost. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cpuOf, cpuOfCluster } from './processes.mjs';
import { nodeBinary } from '../scripts/node-runtime.mjs';

/** @param job for the load maker, see `load.mjs` */
export async function measure({ side, postmaster, job }) {
  const child = fork(fileURLToPath(new URL('load.mjs', import.meta.url)), { execPath: nodeBinary() });
  const read = () => ({ node: cpuOf(side.pid), postgres: cpuOfCluster(postmaster) });
  try {
    child.send(job);
    let before;
    let after;
    for (;;) {
      const [message] = await once(child, 'message', {
        signal: AbortSignal.timeout((job.warmUp + job.seconds) * 1000 + 60_000),
      });
      if (message.failed) throw new Error(`the load maker failed: ${message.failed}`);
      if (message.opened) before = read();
      if (message.closed) after = read();
      if (!message.figures) continue;
      const { requests, elapsed, wrong, bytes, p50, p99, loadCpu } = message.figures;
      if (wrong > 0) throw new Error(`${wrong} of ${requests} answers of ${job.url} had another status than 200`);
      const perRequest = (seconds) => (seconds * 1000) / requests;
      return {
        ...{ perSecond: requests / elapsed, p50, p99, bytes: bytes / requests },
        nodeMs: perRequest(after.node - before.node),
        postgresMs: perRequest(after.postgres - before.postgres),
        loadMs: perRequest(loadCpu),
      };
    }
  } finally {
    child.kill();
  }
}

/** Until every record has its leaf and is in the index: else the log of one side would be sequenced and indexed at the cost of the next. */
export async function drainLog(client, patience = 20_000) {
  const began = performance.now();
  for (;;) {
    const { rows } = await client.query(
      `select exists (select from citygraph.usage_queue) or (select leaves from citygraph.usage_index) < (select size from citygraph.usage_tree) as waiting`,
    );
    if (!rows[0].waiting || performance.now() - began > patience) return performance.now() - began;
    await delay(50);
  }
}
