/**
 * The generated files of `schema/`: checked in, so that a change of declarations or policy shows as a diff. A test fails on drift.
 *
 * schema.graphql, tables.sql, classification.csv (every coordinate with its classification) and access.csv (every demo principal and
 * coordinate with verdict and reason); and beside them docs/schema.md, the same for readers.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { demoAccesses } from '../../seeds/demo-accesses.js';
import { generateTablesFile } from '../database/schema-files.js';
import type { Registry } from '../model/registry.js';
import { createAccessProfile } from '../policy/access-profile.js';
import { buildApiSchema } from '../server/api-schema.js';
import { generateSchemaDocument } from './schema-document.js';

export interface SchemaFolders {
  readonly schema: string;
  readonly documents: string;
}

/** @returns content by file name, of those in `schema/` */
export async function generateSchemaFiles(registry: Registry): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['schema.graphql', `${printSchema(lexicographicSortSchema(buildApiSchema(registry)))}\n`],
    ['tables.sql', await generateTablesFile()],
    ['classification.csv', stringify(classificationRows(registry))],
    ['access.csv', stringify(accessRows(registry))],
  ]);
}

/** @returns content by file name, of those in `docs/` */
export function generateSchemaDocuments(registry: Registry): ReadonlyMap<string, string> {
  return new Map([['schema.md', generateSchemaDocument(registry)]]);
}

export async function writeSchemaFiles(registry: Registry, folders: SchemaFolders): Promise<readonly string[]> {
  const write = (folder: string, files: ReadonlyMap<string, string>): string[] => {
    mkdirSync(folder, { recursive: true });
    return [...files].map(([name, content]) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    });
  };
  return [
    ...write(folders.schema, await generateSchemaFiles(registry)),
    ...write(folders.documents, generateSchemaDocuments(registry)),
  ];
}

function classificationRows(registry: Registry): string[][] {
  const rows = [...registry.coordinates].map(([coordinate, entry]) => {
    const { level, sharing, open, category } = entry.classification;
    const decidedBy = entry.coordinate === coordinate ? '' : entry.coordinate;
    return [
      coordinate,
      decidedBy,
      level,
      sharing,
      open,
      category,
      entry.provider ?? '',
      yes(entry.maskable),
      yes(entry.matchable),
      entry.zh,
      entry.en,
    ];
  });
  return [
    [
      'coordinate',
      'decided by',
      'level',
      'sharing',
      'open',
      'category',
      'provider',
      'maskable',
      'matchable',
      'zh',
      'en',
    ],
    ...rows,
  ];
}

function accessRows(registry: Registry): string[][] {
  const rows = demoAccesses(registry.coordinates).flatMap(({ name, access }) => {
    const profile = createAccessProfile(access, 0, registry.coordinates);
    return [...registry.coordinates].map(([coordinate, entry]) => {
      const { kind, reason, grants } = profile.verdictOf(coordinate);
      const match = entry.matchable ? profile.matchOf(coordinate).kind : '';
      return [name, coordinate, kind, reason, grants.join(' '), match];
    });
  });
  return [['principal', 'coordinate', 'verdict', 'reason', 'grants', 'match'], ...rows];
}

function yes(value: boolean): string {
  return value ? 'yes' : '';
}
