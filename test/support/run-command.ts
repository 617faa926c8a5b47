import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface EndedCommand {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `citygraph` as its user runs it, in a process of its own; `watch` sees each piece of standard error and may end it by SIGINT. */
export function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  watch: (text: string, interrupt: () => void) => void = () => undefined,
): Promise<EndedCommand> {
  const main = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    watch(chunk.toString(), () => child.kill('SIGINT'));
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
