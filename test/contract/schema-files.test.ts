/** The files of `schema/` are what the declarations and the policy give today; tables.sql has a test of its own (schema-drift). */
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { registry } from '../../src/app.js';
import { generateSchemaFiles } from '../../src/command-line/schema-files.js';

const folder = join(import.meta.dirname, '..', '..', 'schema');

describe('schema/ is what the code generates (else: npx citygraph schema)', () => {
  test('each file', async () => {
    const files = await generateSchemaFiles(registry);
    expect([...files.keys()].sort()).toEqual(['access.csv', 'classification.csv', 'schema.graphql', 'tables.sql']);
    for (const [name, content] of files) expect({ name, content: readFileSync(join(folder, name), 'utf8') }).toEqual({ name, content });
  });
});
