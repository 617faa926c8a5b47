/** One setting from the environment, or a clear error that names the variable, what was expected and what came. */
import { isIP } from 'node:net';
import { CitygraphError } from '../errors.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export function readInteger(
  env: Environment,
  name: string,
  fallback: number,
  minimum: number,
  maximum: number,
): number {
  const given = env[name];
  if (given === undefined || given === '') return fallback;
  const value = Number(given);
  if (!/^\d+$/.test(given) || value < minimum || value > maximum) {
    throw new CitygraphError(
      'CONFIG_INVALID',
      `${name}: expected a whole number from ${minimum} to ${maximum}, got '${given}'`,
    );
  }
  return value;
}

export function readOneOf<T extends string>(env: Environment, name: string, fallback: T, values: readonly T[]): T {
  const given = env[name];
  if (given === undefined || given === '') return fallback;
  const found = values.find((value) => value === given);
  if (!found)
    throw new CitygraphError('CONFIG_INVALID', `${name}: expected one of ${values.join(', ')}, got '${given}'`);
  return found;
}

/** Keys that came in plain over a network could be anybody's. */
export function readSecureUrl(name: string, given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  const local = url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url?.protocol === 'https:' || local) return given;
  throw new CitygraphError(
    'CONFIG_INVALID',
    `${name}: expected a URL of https, or of http on this machine, got another`,
  );
}

export function readList(env: Environment, name: string): readonly string[] | null {
  const items = (env[name] ?? '').split(',').map((item) => item.trim());
  const given = items.filter((item) => item !== '');
  return given.length > 0 ? given : null;
}

export function readBlocks(env: Environment, name: string): readonly string[] {
  const blocks = readList(env, name) ?? [];
  for (const block of blocks) {
    const [net = '', prefix = '0', ...more] = block.split('/');
    const longest = { 0: -1, 4: 32, 6: 128 }[isIP(net)]!;
    if (more.length > 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > longest)
      throw new CitygraphError('CONFIG_INVALID', `${name}: expected CIDR blocks such as 10.1.0.0/16, got '${block}'`);
  }
  return Object.freeze([...blocks]);
}
