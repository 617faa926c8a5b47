/**
 * From a cube's declaration to its queries: amounts of the finest level, and what cannot be added up from these (different contributors,
 * quantiles) by grouping sets over all levels. Names come from the declarations of datasets, values are parameters; nothing of a request
 * gets here. Only cells leave the database.
 */
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely';
import { CitygraphError } from '../errors.js';
import { datasetOf } from '../model/dataset.js';
import type { Dataset } from '../model/declaration.js';
import { divisions, isBanner } from '../model/code-lists/divisions.js';
import type { Binding, Condition, Cube, DatasetSource, UsageLogSource } from './cube.js';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface CompileOptions {
  /** ISO 8601 day: facts are taken as of its end. */
  readonly referenceDate: string;
  /** Library of each type, for uses. */
  readonly libraryOfType: ReadonlyMap<string, string>;
}

/** The codes of each value that a dimension was found to have, a list a level. */
export interface DimensionCodes {
  readonly raw: readonly string[];
  readonly levels: readonly (readonly string[])[];
}

export const unknownCode = 'unknown';
const banners = divisions.entries.map(({ code }) => code).filter(isBanner);

const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** A row for each place of the lowest level and each combination: place, d0, d1 …, units, and amounts. */
export function leafStatement(cube: Cube, options: CompileOptions): Statement {
  const keys = keysOf(cube);
  const grouped = sql.join(keys.map((key) => sql.ref(key)));
  const amounts = cube.money
    ? sql`count(*)::int as units, count(distinct contributor)::int as contributors, count(payment)::int as payers,
          coalesce(sum(payment * 100), 0)::numeric(60,0)::text as sum, coalesce(sum(abs(payment) * 100), 0)::numeric(60,0)::text as mass`
    : sql`count(*)::int as units, ${cube.contributes === 'once' ? sql`count(*)` : sql`count(distinct contributor)`}::int as contributors`;
  const units = sql`select ${grouped}, ${amounts} from (${unitsOf(cube, options)}) as unit group by ${grouped}`;
  if (!cube.money) return compile(units);
  // One contributor's payments count together.
  const paid = sql`
    select ${grouped}, count(*)::int as payers, (array_agg(size order by size desc))[1] as first, (array_agg(size order by size desc))[2] as second
      from (select ${grouped}, contributor, (sum(abs(payment)) * 100)::numeric(60,0) as size
              from (${unitsOf(cube, options)}) as unit where payment is not null group by ${grouped}, contributor) as paid
     group by ${grouped}`;
  const same = sql.join(
    keys.map((key) => sql`${sql.ref(`units.${key}`)} = ${sql.ref(`paid.${key}`)}`),
    sql` and `,
  );
  return compile(sql`
    select ${sql.join(keys.map((key) => sql.ref(`units.${key}`)))}, units, contributors, coalesce(paid.payers, 0) as payers, sum, mass,
           coalesce(first, 0)::text as first, coalesce(second, 0)::text as second
      from (${units}) as units left join (${paid}) as paid on ${same}`);
}

/** Different contributors at each place of the lowest level, for each beginning of the breakdown: place, then a code a level or null. */
export function contributorsStatement(
  cube: Cube,
  codes: readonly DimensionCodes[],
  options: CompileOptions,
): Statement {
  const levels = levelsOf(cube);
  const sets = levels.map((_, depth) => ['place', ...levels.slice(0, depth)]);
  return compile(sql`
    select place, ${sql.join(levels.map((level) => sql.ref(level)))}, count(distinct contributor)::int as contributors
      from (${unitsOf(cube, options)}) as unit ${mappings(codes)}
     group by grouping sets (${sql.join([...sets, ['place', ...levels]].map(setOf))})`);
}

/** Quantiles of each cell: place or null for the city, then a code a level or null. */
export function quantilesStatement(cube: Cube, codes: readonly DimensionCodes[], options: CompileOptions): Statement {
  const levels = levelsOf(cube);
  const choices = cube.dimensions.reduce<string[][]>(
    (found, dimension, index) =>
      found.flatMap((set) =>
        Array.from({ length: dimension.levels.length + 1 }, (_, depth) => [
          ...set,
          ...Array.from({ length: depth }, (__, level) => levelName(index, level)),
        ]),
      ),
    [[]],
  );
  const sets = choices.flatMap((set) => [set, ['place', ...set]]);
  const fractions = sql`array[${sql.join(Object.values(cube.money!.quantiles))}]::float8[]`;
  return compile(sql`
    select place, ${sql.join(levels.map((level) => sql.ref(level)))}, count(payment)::int as payers,
           (percentile_disc(${fractions}) within group (order by payment))::text[] as quantiles
      from (${unitsOf(cube, options)}) as unit ${mappings(codes)}
     where payment is not null
     group by grouping sets (${sql.join(sets.map(setOf))})`);
}

/** Names of the columns that the levels' codes come in. */
export function levelsOf({ dimensions }: Cube): string[] {
  return dimensions.flatMap(({ levels }, index) => levels.map((_, level) => levelName(index, level)));
}

function levelName(dimension: number, level: number): string {
  return `d${dimension}_${level}`;
}

function keysOf({ dimensions }: Cube): string[] {
  return ['place', ...dimensions.map((_, index) => `d${index}`)];
}

function setOf(names: readonly string[]): RawBuilder<unknown> {
  return names.length === 0 ? sql`()` : sql`(${sql.join(names.map((name) => sql.ref(name)))})`;
}

/** Joins the codes of each level to a value. */
function mappings(codes: readonly DimensionCodes[]): RawBuilder<unknown> {
  const joins = codes.map(({ raw, levels }, index) => {
    const names = ['raw', ...levels.map((_, level) => levelName(index, level))];
    const lists = [raw, ...levels].map((list) => sql`${list}::text[]`);
    const alias = `codes${index}`;
    return sql`join unnest(${sql.join(lists)}) as ${sql.ref(alias)} (${sql.join(names.map((name) => sql.ref(name)))})
      on ${sql.ref(`${alias}.raw`)} = ${sql.ref(`d${index}`)}`;
  });
  return sql.join(joins, sql` `);
}

/** A row for each unit that is counted: place, d0, d1 …, contributor, payment. */
function unitsOf(cube: Cube, options: CompileOptions): RawBuilder<unknown> {
  const parts = cube.sources.map((source) =>
    source.kind === 'dataset' ? datasetUnits(cube, source, options) : usageUnits(cube, source, options),
  );
  return sql.join(parts, sql` union all `);
}

function datasetUnits(cube: Cube, source: DatasetSource, { referenceDate }: CompileOptions): RawBuilder<unknown> {
  const dataset = datasetOf(source.of);
  const column = (field: string): RawBuilder<unknown> => sql.ref(`row.${columnOf(dataset, field)}`);
  const division = sql.ref(`row.${dataset.divisionColumn!}`);
  const noTown = sql`${division} || '000'`;
  const place =
    cube.place === 'city'
      ? sql`'150600'`
      : cube.place === 'division'
        ? division
        : sql`case when left(${column(source.town!)}, 6) = ${division} then ${column(source.town!)} else ${noTown} end`;
  const values = cube.dimensions.map(({ field }, index) => {
    const value = valueOf(source.dimensions[field]!, column, referenceDate);
    return sql`coalesce(${value}, ${unknownCode}) as ${sql.ref(`d${index}`)}`;
  });
  const contributor = source.contributor === null ? sql`row.id` : column(source.contributor);
  const payment = payOf(source, column);
  const conditions = [
    // What has no place in the city is in no figure: else it could be read off the city's less those of its divisions.
    sql`${division} = any(${banners}::text[])`,
    ...source.where.map((it) => holds(it, column)),
    ...pastAlone(source, column, referenceDate),
    ...(dataset.publishedUntilColumn === null
      ? []
      : [sql`coalesce(${sql.ref(`row.${dataset.publishedUntilColumn}`)} >= ${referenceDate}::date, true)`]),
  ];
  return sql`select ${place} as place, ${sql.join(values)}, ${contributor} as contributor, ${payment} as payment
      from ${sql.id(dataset.schema, dataset.table)} as row where ${sql.join(conditions, sql` and `)}`;
}

function payOf(
  { money, moneyWhere }: DatasetSource,
  column: (field: string) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  if (money === null) return sql`null::numeric`;
  if (moneyWhere.length === 0) return column(money);
  return sql`case when ${sql.join(
    moneyWhere.map((it) => holds(it, column)),
    sql` and `,
  )} then ${column(money)} end`;
}

/** What is dated after the reference date is not counted yet. */
function pastAlone(
  { dimensions }: DatasetSource,
  column: (field: string) => RawBuilder<unknown>,
  referenceDate: string,
): RawBuilder<unknown>[] {
  return Object.values(dimensions).flatMap((binding) =>
    'as' in binding && binding.as !== 'code'
      ? [sql`coalesce(${column(binding.field)}::date <= ${referenceDate}::date, true)`]
      : [],
  );
}

const timeFormats = { year: 'YYYY', month: 'YYYY-MM', day: 'YYYY-MM-DD' } as const;

function valueOf(
  binding: Binding,
  column: (field: string) => RawBuilder<unknown>,
  referenceDate: string,
): RawBuilder<unknown> {
  if ('constant' in binding) return sql`${binding.constant}::text`;
  const value = column(binding.field);
  if (binding.as === 'code') return sql`${value}::text`;
  if (binding.as === 'age') {
    const age = sql`extract(year from age(${referenceDate}::date, ${value}))::int`;
    return sql`width_bucket(${age}, ${binding.bounds}::int[])::text`;
  }
  return sql`to_char(${value}, ${timeFormats[binding.as]})`;
}

function holds(
  { field, in: included, notIn }: Condition,
  column: (field: string) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [];
  if (included) parts.push(sql`coalesce(${column(field)}::text = any(${included}::text[]), false)`);
  if (notIn) parts.push(sql`coalesce(${column(field)}::text <> all(${notIn}::text[]), true)`);
  return sql.join(parts, sql` and `);
}

/** A use: an answered query and a library that it touched, by the types of its plan's nodes. */
function usageUnits(
  cube: Cube,
  source: UsageLogSource,
  { referenceDate, libraryOfType }: CompileOptions,
): RawBuilder<unknown> {
  const local = sql`(record.occurred_at at time zone 'Asia/Shanghai')`;
  const values = {
    day: sql`to_char(${local}, 'YYYY-MM-DD')`,
    month: sql`to_char(${local}, 'YYYY-MM')`,
    department: sql`coalesce(record.department, ${unknownCode})`,
    library: sql`used.library`,
  };
  const columns = cube.dimensions.map(
    ({ field }, index) => sql`${values[source.dimensions[field]!]} as ${sql.ref(`d${index}`)}`,
  );
  const types = [...libraryOfType.keys()];
  return sql`select '150600' as place, ${sql.join(columns)}, record.id as contributor, null::numeric as payment
      from citygraph.usage_record as record
      join citygraph.usage_plan as plan on plan.hash = record.plan_id
     cross join lateral (
       select distinct of_type.library
         from json_array_elements(plan.description -> 'nodes') as touched (node)
         join unnest(${types}::text[], ${[...libraryOfType.values()]}::text[]) as of_type (type, library) on of_type.type = touched.node ->> 'type'
     ) as used
     where record.kind = 'query' and record.outcome = 'answered' and ${local}::date <= ${referenceDate}::date`;
}

function columnOf(dataset: Dataset, name: string): string {
  const field = dataset.fields.get(name);
  if (field?.kind === 'column') return field.column;
  if (field?.kind === 'subject') return field.idColumn;
  throw new CitygraphError('DECLARATION_INVALID', `a cube over ${dataset.name} names ${name}, which is no column`);
}

function compile(statement: RawBuilder<unknown>): Statement {
  const { sql: text, parameters } = statement.compile(compiler);
  return { text, values: parameters };
}
