/** `DATA_DIR/demo-credentials.json`: what one needs to try the demo. For its owner's eyes alone, and never written over. */
import { existsSync, linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DemoTokens } from './demo-consumers.js';
import type { DemoSamples } from './demo-samples.js';

export interface DemoCredentials extends DemoTokens {
  readonly samples: DemoSamples;
}

export function credentialsFile(dataDir: string): string {
  return join(dataDir, 'demo-credentials.json');
}

export function hasCredentials(file: string): boolean {
  return existsSync(file);
}

/** Whole or not at all. @throws when the file is there */
export function writeCredentials(file: string, { consumers, officials, samples }: DemoCredentials): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  /* What a start that was cut short left behind: its mode is not ours to trust. */
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify({ consumers, officials, samples }, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } finally {
    rmSync(draft);
  }
}

/** Credentials of a database that is gone open nothing; they are kept under another name. */
export function setCredentialsAside(file: string): void {
  renameSync(file, `${file}.${new Date().toISOString().replace(/[:.]/g, '-')}.old`);
}
