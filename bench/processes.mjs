/** Starting the sides, and reading from /proc what they and the database's processes take of the processor. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { nodeBinary } from '../scripts/node-runtime.mjs';

const ticksPerSecond = 100;

/** @returns {Promise<{ address: string, pid: number, stop: () => Promise<void> }>} once the process says where it listens */
export function startSide(args, env, pattern = /listening on (http:\S+)/) {
  const child = spawn(nodeBinary(), args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 2] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${args.at(-1)} did not say within 60 s where it listens`));
    }, 60_000);
    child.once('exit', (code) => reject(new Error(`${args.at(-1)} ended with ${code} before it listened`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = pattern.exec(line)?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve({ address, pid: child.pid, stop });
    });
  });
}

/** Seconds of processor time, of one process. */
export function cpuOf(pid) {
  const { user, system } = readStat(pid);
  return user + system;
}

/** Of the server and every process that it has started, those that have ended included. */
export function cpuOfCluster(postmaster) {
  let sum = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    let stat;
    try {
      stat = readStat(name);
    } catch (error) {
      if (error.code === 'ENOENT' || error.code === 'ESRCH') continue;
      throw error;
    }
    if (Number(name) === postmaster) sum += stat.user + stat.system + stat.ended;
    else if (stat.parent === postmaster) sum += stat.user + stat.system;
  }
  return sum;
}

function readStat(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program stands in brackets and may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const seconds = (at) => Number(fields[at]) / ticksPerSecond;
  return { parent: Number(fields[1]), user: seconds(11), system: seconds(12), ended: seconds(13) + seconds(14) };
}
