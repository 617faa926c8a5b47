/**
 * The Node.js that the project was made for. It comes as a dependency, a package for each platform, so that the machine's own Node.js
 * only has to be able to run these scripts.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { projectFolder } from './project.mjs';

const REQUIRED_MAJOR = 24;

/** The path of a Node.js of at least the required version. */
export function nodeBinary() {
  const packaged = packagedNode();
  if (packaged) return packaged;
  if (Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR) return process.execPath;
  throw new Error(
    `Expected Node.js ${REQUIRED_MAJOR} or later: no package brings it for ${process.platform}-${process.arch}, and this is ${process.version}.`,
  );
}

function packagedNode() {
  const require = createRequire(join(projectFolder, 'package.json'));
  let manifest;
  try {
    manifest = require.resolve(`node-${process.platform}-${process.arch}/package.json`);
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
  const binary = join(dirname(manifest), require(manifest).bin.node);
  return existsSync(binary) ? binary : undefined;
}

const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT_CHECK_MS = 200;

/**
 * Runs Node.js with the arguments, hands it the signals that we get, and resolves with its exit code (128 + the signal's number when a
 * signal ended it, as shells count).
 *
 * @returns {Promise<number>}
 */
export function runNode(args, options = {}) {
  const child = spawn(nodeBinary(), args, { stdio: 'inherit', ...options });
  const forward = (signal) => child.kill(signal);
  for (const signal of FORWARDED_SIGNALS) process.on(signal, forward);
  const watch = whenNpmIsGone(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  }).finally(() => {
    clearInterval(watch);
    for (const signal of FORWARDED_SIGNALS) process.off(signal, forward);
  });
}

/** `npx` puts a shell between itself and us, which dies of a signal without passing it on. Whoever starts us without npm may well leave. */
function whenNpmIsGone(act) {
  if (process.env.npm_command === undefined) return undefined;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    act();
  }, PARENT_CHECK_MS);
  return watch;
}
