/** What holds for every dataset of the registry. A new library needs no line here. */
import { describe, expect, test } from '@jest/globals';
import { libraries } from '../../src/libraries/index.js';
import { departments } from '../../src/model/code-lists/departments.js';
import { findClassificationFault } from '../../src/model/classification.js';
import type { DatasetField } from '../../src/model/declaration.js';
import { createRegistry } from '../../src/model/registry.js';
import { portraits } from '../../src/portraits/index.js';
import { createCast } from '../../seeds/cast/cast.js';
import { datasetSeeds } from '../../seeds/datasets/index.js';
import { seedScales } from '../../seeds/run-seeds.js';
import { sizeOf } from '../../seeds/seed-table.js';
import { isSupplied } from '../support/supplied.js';

const registry = createRegistry(libraries, portraits);
const datasets = [...registry.datasets.values()];
const chinese = /\p{Script=Han}/u;
/** 政务信息资源目录编制指南: class, item, category, detail, and a sequence of six. */
const catalogueCode = /^[1-9]\/\d{2}\/\d{2}\/\d{3}\/\d{6}$/;

test('there are datasets, and each stands in one library', () => {
  expect(libraries.length).toBeGreaterThanOrEqual(12);
  expect(datasets.length).toBeGreaterThanOrEqual(40);
  expect(datasets.length).toBe(libraries.flatMap((library) => library.datasets).length);
});

test('no two have the same table, list, name or information resource', () => {
  for (const key of ['name', 'list', 'zh', 'resource'] as const) {
    const values = datasets.map((dataset) => dataset[key]);
    expect(new Set(values).size).toBe(values.length);
  }
  expect(new Set(datasets.map(({ schema, table }) => `${schema}.${table}`)).size).toBe(datasets.length);
});

test('every dataset that a department supplies is seeded, each by one seed', () => {
  const seeded = datasetSeeds.map(({ dataset }) => dataset.name);
  const supplied = datasets.filter(isSupplied);
  expect([...seeded].sort()).toEqual(supplied.map(({ name }) => name).sort());
});

test('in the city of the demo, every column of every seed has a value somewhere', () => {
  const cast = createCast({ ...seedScales.demo, seed: 1 });
  const empty = datasetSeeds.flatMap((seed) => {
    const never = new Set<string>();
    const given = new Set<string>();
    for (let index = 0; index < sizeOf(seed, cast); index += 1) {
      for (const row of seed.rows(cast, index)) {
        for (const [column, value] of Object.entries(row)) (value === null ? never : given).add(column);
      }
    }
    return [...never].filter((column) => !given.has(column)).map((column) => `${seed.dataset.name}.${column}`);
  });
  expect(empty).toEqual([]);
});

describe.each(datasets.map((dataset) => [dataset.name, dataset] as const))('%s', (_, dataset) => {
  const fields = [...dataset.fields.values()];

  test('is described in Chinese and in English, and so is each of its fields', () => {
    for (const { zh, en } of [dataset, ...fields]) {
      expect(zh).toMatch(chinese);
      expect(en).toMatch(/^[A-Z][a-z'A-Z, -]+/);
    }
  });

  test('comes from a department that is known, as a resource with a code of the catalogue', () => {
    expect(departments.find(dataset.provider)).toBeDefined();
    expect(dataset.resource).toMatch(catalogueCode);
  });

  test('has a classification for itself and for each field, without contradiction', () => {
    for (const name of [dataset.name, ...fields.map((field) => `${dataset.name}.${field.name}`)]) {
      const entry = registry.coordinates.get(name);
      expect(entry && findClassificationFault(entry.classification)).toBe(null);
    }
  });

  test('a column with a mask keeps its masked form in a column of its own', () => {
    for (const field of fields.filter(isMasked)) {
      if (field.kind === 'column') expect(field.maskedColumn).toBe(`${field.column}_masked`);
    }
  });

  test('what the masks protect by default is masked wherever it is sensitive', () => {
    const sensitive = fields.filter(
      ({ classification }) => classification.level === 'L3' || classification.level === 'L4',
    );
    const unmasked = sensitive.filter((field) => shouldHaveMask(field) && !isMasked(field)).map(({ name }) => name);
    expect(unmasked).toEqual([]);
  });
});

function isMasked(field: DatasetField): boolean {
  return (field.kind === 'column' || field.kind === 'identifier') && field.mask !== null;
}

/** ID number, telephone, address, amount and date have a default mask; of names, a column's type says nothing. */
function shouldHaveMask(field: DatasetField): boolean {
  if (field.kind === 'identifier') return true;
  if (field.kind !== 'column' || field.provenance) return false;
  return (
    field.type.name === 'telephone' ||
    field.type.sql === 'numeric(20,2)' ||
    field.type.sql === 'date' ||
    /address$/i.test(field.name)
  );
}
