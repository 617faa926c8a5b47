/** A file of checkpoints, one after another with an empty line between: what a witness keeps and what an auditor may bring along. */
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Texts of signed notes, in their order. */
export function readKeptCheckpoints(path: string): string[] {
  return existsSync(path) ? splitCheckpoints(readFileSync(path, 'utf8')) : [];
}

/** Of a file that may have grown for years: its end is enough. */
export function readLastCheckpointOf(path: string): string | null {
  if (!existsSync(path)) return null;
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const end = Buffer.alloc(Math.min(size, 65_536));
    readSync(descriptor, end, 0, end.length, size - end.length);
    return splitCheckpoints(end.toString('utf8')).at(-1) ?? null;
  } finally {
    closeSync(descriptor);
  }
}

export function splitCheckpoints(text: string): string[] {
  return (
    text.match(/(?:[^\n]+\n){3,}\n(?:— [^\n]+(?:\n|$))+/g)?.map((note) => (note.endsWith('\n') ? note : `${note}\n`)) ??
    []
  );
}

/** Durable when it resolves. */
export async function appendCheckpoint(path: string, note: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, `${note}\n`, { mode: 0o644, flush: true });
}
