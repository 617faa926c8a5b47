/** Whoever reads the schema can read it: in Chinese and in English, with units, code lists and standards. */
import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { registry } from '../../src/app.js';
import type { ColumnField } from '../../src/model/declaration.js';
import { buildApiSchema } from '../../src/server/api-schema.js';

const schema = buildApiSchema(registry);
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);

/** Of a type and of everything within it, by coordinate. */
function descriptionsOf(type: GraphQLNamedType): [coordinate: string, description: string | null | undefined][] {
  const own: [string, string | null | undefined] = [type.name, type.description];
  if (isEnumType(type))
    return [own, ...type.getValues().map((it): typeof own => [`${type.name}.${it.name}`, it.description])];
  if (isInputObjectType(type))
    return [
      own,
      ...Object.values(type.getFields()).map((it): typeof own => [`${type.name}.${it.name}`, it.description]),
    ];
  if (!isObjectType(type) && !isInterfaceType(type)) return [own];
  const fields = Object.values(type.getFields()).flatMap((field): (typeof own)[] => [
    [`${type.name}.${field.name}`, field.description],
    ...field.args.map((it): typeof own => [`${type.name}.${field.name}(${it.name}:)`, it.description]),
  ]);
  return [own, ...fields];
}

test('every type, field, argument, enum value and input field is described in Chinese and in English', () => {
  const all = types.flatMap(descriptionsOf);
  expect(all.length).toBeGreaterThan(4_000);
  const poor = all.filter(([, text]) => !/\p{Script=Han}/u.test(text ?? '') || !/[A-Za-z]{3}/.test(text ?? ''));
  expect(poor.map(([coordinate]) => coordinate)).toEqual([]);
});

describe('columns', () => {
  const columns = [...registry.datasets.values()].flatMap((dataset) =>
    [...dataset.fields.values()]
      .filter((field): field is ColumnField => field.kind === 'column')
      .map((field) => ({ coordinate: `${dataset.name}.${field.name}`, field })),
  );
  const lacking = (which: (field: ColumnField) => boolean, says: (field: ColumnField) => boolean): string[] =>
    columns.filter(({ field }) => which(field) && !says(field)).map(({ coordinate }) => coordinate);

  test('that are numbers name their unit, those without a dimension and ordinals too', () => {
    const isNumber = ({ type }: ColumnField): boolean => /^(int|bigint|numeric|double)/.test(type.sql);
    expect(columns.filter(({ field }) => isNumber(field)).length).toBeGreaterThan(150);
    expect(lacking(isNumber, ({ en }) => /\(unit \S/.test(en))).toEqual([]);
  });

  test('that hold codes of a list name its standard', () => {
    const hasList = ({ type }: ColumnField): boolean => type.codeList !== null;
    expect(columns.filter(({ field }) => hasList(field)).length).toBeGreaterThan(50);
    expect(lacking(hasList, ({ en, type }) => en.includes(type.codeList!.standard))).toEqual([]);
  });

  test('that hold codes of no list say by which standard, or that they are our own', () => {
    const isCode = ({ zh, type, provenance }: ColumnField): boolean =>
      !provenance && type.name === 'text' && /(代码|编码|码)(（.*）)?$/.test(zh);
    expect(lacking(isCode, ({ en }) => /\([^)]+\)|our own/.test(en))).toEqual([]);
  });

  test('that hold a day or a moment are ISO 8601', () => {
    for (const { field } of columns) {
      if (!/^(date|timestamptz)/.test(field.type.sql)) continue;
      expect(field.type.scalar?.description).toMatch(/ISO 8601/);
      expect(field.type.scalar?.specifiedByURL).toMatch(/iso-8601/);
    }
  });

  test('the description in the schema is that of the declaration', () => {
    for (const { coordinate, field } of columns) {
      const [type, name] = coordinate.split('.') as [string, string];
      const found = schema.getType(type);
      const description = isObjectType(found) ? found.getFields()[name]?.description : undefined;
      expect([coordinate, description?.includes(field.zh) && description.includes(field.en)]).toEqual([
        coordinate,
        true,
      ]);
    }
  });
});
