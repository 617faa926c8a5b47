/** Which libraries live in databases of their own, and where: from settings by library to databases, one for each address. */
import { CitygraphError } from '../errors.js';
import type { Distributions } from '../model/distribution.js';
import { datasets } from './entities.js';

export interface LibraryDatabase {
  /** For the log: its libraries. */
  readonly name: string;
  readonly url: string;
  /** Codes. */
  readonly libraries: readonly string[];
  /** Whether it is a cluster over whose machines tables are spread. */
  readonly distributed: boolean;
}

/** The databases of a pool. */
export interface DatabaseLayout {
  /** Beside the pool's own. */
  readonly apart: readonly LibraryDatabase[];
  readonly poolIsDistributed: boolean;
  readonly distributions: Distributions;
}

/** The variable that says where a library lives. */
export function libraryVariableOf(library: string): string {
  return `LIBRARY_${library.toUpperCase().replaceAll('-', '_')}_URL`;
}

/**
 * @param settings addresses by the code of the library, and which databases are distributed: `pool` or libraries in databases of their own
 * @param poolUrl a library that names the pool's own database stays there
 * @throws CONFIG_INVALID naming a variable of a library that there is not
 */
export function layoutOf(
  settings: { readonly libraries: Readonly<Record<string, string>>; readonly distributed: readonly string[] },
  distributions: Distributions,
  poolUrl: string,
): DatabaseLayout {
  const known = [...new Set(datasets.map(({ library }) => library))];
  const byUrl = new Map<string, string[]>();
  for (const [library, url] of Object.entries(settings.libraries)) {
    if (!known.includes(library))
      throw new CitygraphError(
        'CONFIG_INVALID',
        `${libraryVariableOf(library)}: expected a library of the pool, got '${library}'. There are ${known.map(libraryVariableOf).join(', ')}.`,
      );
    if (addressOf(url) === addressOf(poolUrl)) continue;
    byUrl.set(url, [...(byUrl.get(url) ?? []), library]);
  }
  const there = [...byUrl.values()].flat();
  const unknown = settings.distributed.find((name) => name !== 'pool' && !there.includes(name));
  if (unknown !== undefined)
    throw new CitygraphError(
      'CONFIG_INVALID',
      `DATABASES_DISTRIBUTED: expected pool or libraries that have an address of their own (${there.join(', ') || 'there is none'}), got '${unknown}'`,
    );
  const apart = [...byUrl].map(([url, libraries]) => ({
    ...{ name: libraries.join('+'), url, libraries },
    distributed: libraries.some((library) => settings.distributed.includes(library)),
  }));
  return { apart, poolIsDistributed: settings.distributed.includes('pool'), distributions };
}

/** Host, port and name of a database: what it is, whoever asks. */
export function addressOf(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  return `${searchParams.get('host') ?? hostname}:${port || '5432'}${pathname}`;
}
