/** Databases for libraries that live apart, on the server of the run: two beside the pool's own, between which portraits are torn. */
import { createTestDatabase, type TestDatabase } from './database.js';

export interface LibraryDatabases {
  /** Settings of the service. */
  readonly environment: Readonly<Record<string, string>>;
  readonly databases: readonly TestDatabase[];
  drop(): Promise<void>;
}

/** By database; what is not named stays in the pool. Each holds sections of persons, of enterprises and of places. */
export const threeDatabases: readonly (readonly string[])[] = [
  ['legal-person', 'healthcare', 'natural-resources', 'credit', 'statistics'],
  ['social-security', 'ecology', 'state-assets', 'portrait', 'government-services', 'economy'],
];

export async function createLibraryDatabases(
  libraries: readonly (readonly string[])[] = threeDatabases,
): Promise<LibraryDatabases> {
  const databases = await Promise.all(libraries.map(() => createTestDatabase()));
  const environment = Object.fromEntries(
    libraries.flatMap((codes, at) =>
      codes.map((code) => [`LIBRARY_${code.toUpperCase().replaceAll('-', '_')}_URL`, databases[at]!.url]),
    ),
  );
  return {
    environment,
    databases,
    drop: async () => {
      await Promise.all(databases.map((database) => database.drop()));
    },
  };
}
