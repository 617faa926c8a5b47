/** `schema/tables.sql`: the tables as the entities declare them, for people to read and for a test to compare. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entities, type EntityClass } from './entities.js';
import { createOfflineOrm } from './orm.js';

export const TABLES_FILE = 'tables.sql';

const HEADING = '-- Generated from the entities by `node scripts/run.mjs schema`; not to be edited.\n\n';

export async function generateTablesFile(): Promise<string> {
  return `${HEADING}${await generateTables(entities)}`;
}

/** Writes what this folder keeps of the schema; returns the names of the files. */
export async function writeSchemaFiles(folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, TABLES_FILE), await generateTablesFile());
  return [TABLES_FILE];
}

export async function generateTables(list: readonly EntityClass[]): Promise<string> {
  const orm = await createOfflineOrm(list);
  try {
    const sql = await orm.schema.getCreateSchemaSQL({ wrap: false });
    return `${sql.trim().split('\n').map(onePartALine).join('\n')}\n`;
  } finally {
    await orm.close();
  }
}

/** MikroORM writes a table on one line. */
function onePartALine(statement: string): string {
  const table = /^(create table (?:"\w+"\.)?"\w+" \()(.*)(\)(?: partition by range \(\w+\))?;)$/.exec(statement);
  if (!table) return statement;
  const [, start, body, end] = table as unknown as [string, string, string, string];
  return `${start}\n${splitAtTopLevel(body)
    .map((part) => `  ${part}`)
    .join(',\n')}\n${end}`;
}

/** At commas that stand neither in brackets nor in quotes. */
function splitAtTopLevel(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote: string | null = null;
  let start = 0;
  for (let i = 0; i < list.length; i++) {
    const character = list.charAt(i);
    if (quote !== null) {
      if (character === quote) quote = null;
    } else if (character === "'" || character === '"') quote = character;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === ',' && depth === 0) {
      parts.push(list.slice(start, i).trim());
      start = i + 1;
    }
  }
  return [...parts, list.slice(start).trim()];
}
