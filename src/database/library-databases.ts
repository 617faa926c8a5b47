/** Which libraries live in databases of their own, and where: from settings by library to databases, one for each address. */
import { CitygraphError } from '../errors.js';
import { datasets } from './entities.js';

export interface LibraryDatabase {
  /** For the log: its libraries. */
  readonly name: string;
  readonly url: string;
  /** Codes. */
  readonly libraries: readonly string[];
}

/** The variable that says where a library lives. */
export function libraryVariableOf(library: string): string {
  return `LIBRARY_${library.toUpperCase().replaceAll('-', '_')}_URL`;
}

/**
 * @param urls by the code of the library
 * @param poolUrl a library that names the pool's own database stays there
 * @throws CONFIG_INVALID naming a variable of a library that there is not
 */
export function libraryDatabasesOf(urls: Readonly<Record<string, string>>, poolUrl: string): LibraryDatabase[] {
  const known = [...new Set(datasets.map(({ library }) => library))];
  const byUrl = new Map<string, string[]>();
  for (const [library, url] of Object.entries(urls)) {
    if (!known.includes(library))
      throw new CitygraphError(
        'CONFIG_INVALID',
        `${libraryVariableOf(library)}: expected a library of the pool, got '${library}'. There are ${known.map(libraryVariableOf).join(', ')}.`,
      );
    if (addressOf(url) === addressOf(poolUrl)) continue;
    byUrl.set(url, [...(byUrl.get(url) ?? []), library]);
  }
  return [...byUrl].map(([url, libraries]) => ({ name: libraries.join('+'), url, libraries }));
}

/** Host, port and name of a database: what it is, whoever asks. */
export function addressOf(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  return `${searchParams.get('host') ?? hostname}:${port || '5432'}${pathname}`;
}
