/** The files of `schema/` and `docs/schema.md` are what the declarations and the policy give today; tables.sql has a test of its own (schema-drift). */
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { registry } from '../../src/app.js';
import { generateSchemaDocuments, generateSchemaFiles } from '../../src/command-line/schema-files.js';

const folder = join(import.meta.dirname, '..', '..', 'schema');

describe('schema/ is what the code generates (else: npx citygraph schema)', () => {
  test('each file', async () => {
    const files = await generateSchemaFiles(registry);
    expect([...files.keys()].sort()).toEqual(['access.csv', 'classification.csv', 'schema.graphql', 'tables.sql']);
    for (const [name, content] of files)
      expect({ name, content: readFileSync(join(folder, name), 'utf8') }).toEqual({ name, content });
  });
});

describe('docs/schema.md is what the code generates (else: npx citygraph schema)', () => {
  const documents = join(import.meta.dirname, '..', '..', 'docs');
  const generated = generateSchemaDocuments(registry);

  test('each file', () => {
    expect([...generated.keys()]).toEqual(['schema.md']);
    for (const [name, content] of generated)
      expect({ name, content: readFileSync(join(documents, name), 'utf8') }).toEqual({ name, content });
  });

  test('it tells of every coordinate, and no link in it leads nowhere', () => {
    const text = generated.get('schema.md')!;
    const anchors = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!);
    expect(anchors.filter((id, at) => anchors.indexOf(id) !== at)).toEqual([]);
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, id]) => id!);
    expect(links.filter((id) => !anchors.includes(id))).toEqual([]);
    const sections = new Map(
      text.split(/^##+ /m).map((section) => [/<a id="type-([^"]+)">/.exec(section)?.[1], section]),
    );
    const untold = [...registry.coordinates].filter(([coordinate, { classification }]) => {
      const [type, field] = coordinate.split('.') as [string, string | undefined];
      const line = sections
        .get(type)
        ?.split('\n')
        .find((it) => it.startsWith(field === undefined ? '| existence ' : `| \`${field}\` |`));
      return (
        !line?.includes(classification.level) ||
        !line.includes(classification.sharing) ||
        !line.includes(classification.open)
      );
    });
    expect(untold.map(([coordinate]) => coordinate)).toEqual([]);
  });
});
