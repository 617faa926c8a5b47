/** Where checkpoints of the usage log go, and under which name. */
import { resolve } from 'node:path';
import { CitygraphError } from '../errors.js';
import type { Environment } from './read-setting.js';

/** Where checkpoints of the usage log are kept outside the database. */
export type WitnessAddress =
  | { readonly kind: 'file'; readonly path: string }
  /** Gets each checkpoint by POST. */
  | { readonly kind: 'http'; readonly url: string }
  /** C2SP tlog-witness: cosigns what it has found consistent. */
  | { readonly kind: 'tlog-witness'; readonly url: string; readonly verifierKey: string };

/** C2SP tlog-checkpoint: a URL without its scheme; no spaces, no plus. */
export function readOrigin(env: Environment): string | null {
  const given = env['LOG_ORIGIN'];
  if (!given) return null;
  if (!/^[!-*,-~]{1,200}$/.test(given) || given.includes('://')) {
    throw new CitygraphError(
      'CONFIG_INVALID',
      `LOG_ORIGIN: expected a URL without scheme, spaces and plus, such as data.example.gov.cn/log, got '${given}'; leave it out and one is made`,
    );
  }
  return given;
}

/** A list parted by spaces: `file:PATH`, `https://…`, `witness+https://…#VERIFIER-KEY`; `none` for none. */
export function readWitnesses(env: Environment, standard: string): WitnessAddress[] {
  const given = (env['LOG_WITNESSES'] ?? `file:${standard}`).trim();
  if (given === 'none') return [];
  return given
    .split(/\s+/)
    .filter((item) => item !== '')
    .map((item) => {
      if (/^file:./.test(item)) return { kind: 'file', path: resolve(item.slice('file:'.length)) };
      if (/^https?:\/\//.test(item) && URL.canParse(item)) return { kind: 'http', url: item };
      const [, url, verifierKey] = /^witness\+(https?:\/\/[^#]+)#(\S+)$/.exec(item) ?? [];
      if (url && verifierKey && URL.canParse(url))
        return { kind: 'tlog-witness', url: url.replace(/\/$/, ''), verifierKey };
      throw new CitygraphError(
        'CONFIG_INVALID',
        `LOG_WITNESSES: expected file:PATH, https://URL, witness+https://URL#VERIFIER-KEY or none, parted by spaces, got '${item}'; leave it out for a file beside DATA_DIR`,
      );
    });
}
