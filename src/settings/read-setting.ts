/**
 * One setting from the environment, or a problem that names the variable, what was expected, what came and what to do about it.
 *
 * Whoever sets up a service wants to hear of all that is wrong at once: within `gatherProblems` a bad value is put down and reading goes on
 * with the default; outside of it it is thrown.
 */
import { isIP } from 'node:net';
import { CitygraphError } from '../errors.js';

export type Environment = Readonly<Record<string, string | undefined>>;

const gathering = new WeakMap<Environment, string[]>();

/** @throws CONFIG_INVALID with every problem that `read` met */
export function gatherProblems<T>(env: Environment, read: (env: Environment) => T): T {
  const given = new Proxy(env, {});
  const problems: string[] = [];
  gathering.set(given, problems);
  const found = read(given);
  if (problems.length === 0) return found;
  const text = problems.length === 1 ? problems[0]! : `${problems.length} settings:\n  ${problems.join('\n  ')}`;
  throw new CitygraphError('CONFIG_INVALID', text, { problems });
}

/** What `read` gives, or after a problem, which is put down, the fallback. @throws CONFIG_INVALID outside of `gatherProblems` */
export function attempt<T>(env: Environment, fallback: T, read: () => T): T {
  const problems = gathering.get(env);
  if (!problems) return read();
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CitygraphError) || error.code !== 'CONFIG_INVALID') throw error;
    problems.push(error.message);
    return fallback;
  }
}

export function readInteger(
  env: Environment,
  name: string,
  fallback: number,
  minimum: number,
  maximum: number,
): number {
  const given = env[name];
  if (given === undefined || given === '') return fallback;
  return attempt(env, fallback, () => {
    const value = Number(given);
    if (/^\d+$/.test(given) && value >= minimum && value <= maximum) return value;
    throw invalid(
      `${name}: expected a whole number from ${minimum} to ${maximum}, got '${brief(given)}'; leave it out for ${fallback}`,
    );
  });
}

export function readOneOf<T extends string>(env: Environment, name: string, fallback: T, values: readonly T[]): T {
  const given = env[name];
  if (given === undefined || given === '') return fallback;
  return attempt(env, fallback, () => {
    const found = values.find((value) => value === given);
    if (found !== undefined) return found;
    throw invalid(
      `${name}: expected one of ${values.filter(Boolean).join(', ')}, got '${brief(given)}'; leave it out for ${fallback || 'none'}`,
    );
  });
}

/** Keys that came in plain over a network could be anybody's. */
export function readSecureUrl(name: string, given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  const local = url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url?.protocol === 'https:' || local) return given;
  throw invalid(
    `${name}: expected a URL of https, or of http on this machine, got another; give the address with https`,
  );
}

/** A secret of the operator's: never repeated, and never so short that it could be guessed. */
export function readSecret(env: Environment, name: string, shortest = 16): string | null {
  const given = env[name];
  if (!given) return null;
  return attempt(env, null, () => {
    if (given.length >= shortest && /^[\x21-\x7e]+$/.test(given)) return given;
    throw invalid(
      `${name}: expected at least ${shortest} printable characters without spaces, got something else; make one with \`openssl rand -hex 32\``,
    );
  });
}

export function readList(env: Environment, name: string): readonly string[] | null {
  const items = (env[name] ?? '').split(',').map((item) => item.trim());
  const given = items.filter((item) => item !== '');
  return given.length > 0 ? given : null;
}

export function readBlocks(env: Environment, name: string): readonly string[] {
  return attempt(env, Object.freeze([]), () => {
    const blocks = readList(env, name) ?? [];
    for (const block of blocks) {
      const [net = '', prefix = '0', ...more] = block.split('/');
      const longest = { 0: -1, 4: 32, 6: 128 }[isIP(net)]!;
      if (more.length > 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > longest)
        throw invalid(
          `${name}: expected CIDR blocks such as 10.1.0.0/16, got '${brief(block)}'; part several by commas, or leave it out for none`,
        );
    }
    return Object.freeze([...blocks]);
  });
}

function invalid(message: string): CitygraphError {
  return new CitygraphError('CONFIG_INVALID', message);
}

/** A value that was put into the wrong variable may be long, or of several lines. */
function brief(given: string): string {
  const line = given.replaceAll(/[^\x20-\x7e]/g, '?');
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
