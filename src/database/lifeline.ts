import { spawn } from 'node:child_process';
import type { ServerAccount } from './server-account.js';

/**
 * Stops the server when we end without stopping it, by kill -9 too: a shell waits for the pipe that we hold to close, which the kernel does
 * for every process that ends, and then asks the server for a fast shutdown. Returns the function that cuts the line once the server is gone.
 */
export function holdLifeline(serverPid: number, account: ServerAccount, onFailure: (error: Error) => void): () => void {
  const watcher = spawn('/bin/sh', ['-c', 'read -r _; kill -s INT "$0"', String(serverPid)], {
    ...account.ids,
    cwd: '/',
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  /* Worth a line, not a refusal: the next start finds and stops what was left behind (abandoned-postmaster.ts). */
  watcher.on('error', onFailure);
  watcher.unref();
  return () => watcher.kill('SIGKILL');
}
