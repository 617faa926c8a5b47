/** Values that the pool holds, to be asked for; read past all rules, as its owner. */
import type { Pool } from 'pg';
import { divisions } from '../../src/model/code-lists/divisions.js';
import { identifierKinds } from '../../src/model/identifier-kind.js';
import type { ColumnField } from '../../src/model/declaration.js';
import type { Registry } from '../../src/model/registry.js';
import type { Samples } from './generate-operations.js';

const valuesOfEach = 30;
/** Good ones that nobody in the pool has, the old form of 15 digits, and both as people write them. */
const strangers = {
  ResidentIdNumber: [
    '11010519491231002X',
    '11010519491231002x',
    '440524188001010014',
    '34052419800101001X',
    '110105491231002',
  ],
  UnifiedSocialCreditCode: ['91350100M000100Y43', '91350100m000100y43', '91512081MA62K0260E'],
};

/** As a caller writes it. */
function asText({ column, type }: ColumnField): string {
  return type.name === 'moment'
    ? `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    : `${column}::text`;
}

export async function gatherSamples(owner: Pool, registry: Registry): Promise<Samples> {
  const values = new Map<string, readonly string[]>();
  for (const dataset of registry.datasets.values()) {
    for (const field of dataset.fields.values()) {
      if (field.kind !== 'column' || !field.find) continue;
      const { rows } = await owner.query<{ value: string }>(
        `select ${asText(field)} as value from ${dataset.schema}.${dataset.table} where ${field.column} is not null group by 1 order by md5(${asText(field)}) limit ${valuesOfEach}`,
      );
      values.set(
        `${dataset.name}.${field.name}`,
        field.control
          ? [...rows.map(({ value }) => value), ...divisions.entries.map(({ code }) => code)]
          : rows.map(({ value }) => value),
      );
    }
  }
  for (const [kind, { scalar }] of Object.entries(identifierKinds)) {
    // The current, the corrected and the fifteen-digit; of the last the scalar makes the current one.
    const { rows } = await owner.query<{ value: string }>(
      'select value from citygraph.subject_identifier where kind = $1 order by is_current, id',
      [kind],
    );
    const known = rows.map(({ value }) => value);
    values.set(scalar.name, [...known, ...strangers[scalar.name as keyof typeof strangers]]);
  }
  values.set(
    'DivisionCode',
    divisions.entries.map(({ code }) => code),
  );
  return {
    values,
    parts: new Set(registry.structures.keys()),
    coordinates: [...registry.coordinates.keys()],
    datasetOfFilter: new Map([...registry.datasets.keys()].map((name) => [`${name}Filter`, name])),
  };
}

/** Columns that have a value in many of the first rows, so that a list must show one. */
export async function findCommonColumns(owner: Pool, registry: Registry): Promise<string[]> {
  const common: string[] = [];
  for (const dataset of registry.datasets.values()) {
    const columns = [...dataset.fields.values()].filter((field) => field.kind === 'column');
    const counts = columns
      .map(({ column }) => `count(${column})::float / greatest(count(*), 1) as ${column}`)
      .join(', ');
    const { rows } = await owner.query<Record<string, number>>(
      `select ${counts} from (select * from ${dataset.schema}.${dataset.table} order by id limit 25) as t`,
    );
    common.push(
      ...columns.filter(({ column }) => rows[0]![column]! >= 0.3).map(({ name }) => `${dataset.name}.${name}`),
    );
  }
  return common;
}
