/**
 * What each database role may touch, as SQL made from the declarations: a new column is covered by its level, a new table by its kind.
 *
 * INVARIANT: nothing is granted that is not named here. All else is taken away first, from PUBLIC too, so that a grant made by hand or by
 * an older version does not stay.
 */
import type { EntityMetadata } from '@mikro-orm/core';
import type { Dataset, DatasetField } from '../model/declaration.js';
import { databaseRoles } from './role-names.js';

export interface GrantedTables {
  readonly datasets: readonly Dataset[];
  readonly subjects: readonly EntityMetadata[];
  readonly policy: readonly EntityMetadata[];
  readonly usageLog: readonly EntityMetadata[];
}

const { reader, readerL4, logger, policy, sequencer, indexer, publisher, auditor, watcher } = databaseRoles;
const everyone = ['public', ...Object.values(databaseRoles)].join(', ');
/** The subject index's own L4 column: whoever looks a subject up does so by digest. */
const L4_SUBJECT_COLUMNS = new Set(['subject_identifier.value']);
const SHARED_SCHEMA = 'citygraph';

/** Functions that a role may call; what they touch, they touch as their owner. */
const FUNCTIONS: readonly { readonly signature: string; readonly roles: readonly string[] }[] = [
  { signature: 'bigrams(text)', roles: [reader, readerL4] },
  { signature: 'divisions_within(text)', roles: [reader, readerL4] },
  { signature: 'usage_append(citygraph.usage_given[], json)', roles: [logger] },
  { signature: 'usage_count_refusals(json)', roles: [logger] },
  { signature: 'usage_make_partitions()', roles: [logger] },
  { signature: 'use_assertion(text, text, timestamptz)', roles: [logger] },
  { signature: 'usage_note_enumeration(json)', roles: [logger] },
  { signature: 'usage_uncommitted(bigint[])', roles: [sequencer] },
  { signature: 'usage_index_next(int)', roles: [indexer, watcher] },
  { signature: 'usage_count_days()', roles: [watcher] },
];

/** INVARIANT: nobody may change a leaf or a checkpoint, and none but the sequencer adds one. A tile and the tree's size only grow. */
const TREE_GRANTS: readonly { readonly table: string; readonly rights: string; readonly roles: readonly string[] }[] = [
  { table: 'usage_queue', rights: 'select, delete', roles: [sequencer] },
  { table: 'usage_waiting', rights: 'select', roles: [auditor] },
  { table: 'usage_leaf', rights: 'select, insert', roles: [sequencer] },
  { table: 'usage_tile', rights: 'select, insert, update (hashes)', roles: [sequencer] },
  { table: 'usage_tree', rights: 'select, update (size)', roles: [sequencer] },
  { table: 'usage_checkpoint', rights: 'select, insert', roles: [sequencer] },
  { table: 'usage_cosignature', rights: 'select, insert', roles: [sequencer] },
  ...['usage_leaf', 'usage_tile', 'usage_tree', 'usage_checkpoint', 'usage_cosignature'].map((table) => ({
    table,
    rights: 'select',
    roles: [publisher],
  })),
];

/**
 * INVARIANT: canaries are known to the detectors alone, and so is whom a consumer was shown on a day. The watcher adds to what it found and
 * alters nothing of the log, of the grants, or of what was done about an alert.
 */
const ANOMALY_GRANTS: typeof TREE_GRANTS = [
  {
    table: 'usage_record',
    rights: 'select (occurred_at, id, kind, principal_kind, principal, subjects, row_counts, error_codes, outcome)',
    roles: [watcher],
  },
  ...['enumeration_event', 'access_grant', 'access_grant_item'].map((table) => ({
    table,
    rights: 'select',
    roles: [watcher],
  })),
  /* Of the index, what it has counted by what many records have in common. It may have it go on, and writes none of it. */
  ...['usage_hour', 'usage_shape', 'usage_footprint', 'usage_footprint_item', 'usage_index'].map((table) => ({
    table,
    rights: 'select',
    roles: [watcher],
  })),
  { table: 'usage_entry', rights: 'select (occurred_at, id, shape_id, row_count)', roles: [watcher] },
  { table: 'usage_index_day', rights: 'select, delete', roles: [watcher] },
  { table: 'usage_leaf', rights: 'select (leaf_index, record_id, occurred_at)', roles: [watcher] },
  { table: 'usage_waiting', rights: 'select (queue_id, record_id, occurred_at)', roles: [watcher] },
  { table: 'usage_tree', rights: 'select', roles: [watcher] },
  /* How far the log has come and whether the database is of this version, for those who run the service. */
  { table: 'usage_checkpoint', rights: 'select (size, signed_at)', roles: [watcher] },
  { table: 'migrations', rights: 'select (name)', roles: [watcher] },
  { table: 'consumer', rights: 'select (id, name, department, status)', roles: [watcher] },
  { table: 'subject_identifier', rights: 'select (subject_id, kind, digest)', roles: [watcher] },
  { table: 'canary', rights: 'select', roles: [watcher] },
  { table: 'alert', rights: 'select, insert, update (status, window_end, evidence)', roles: [watcher] },
  { table: 'alert_action', rights: 'select, insert', roles: [watcher] },
  { table: 'alert_delivery', rights: 'select, insert, update', roles: [watcher] },
  { table: 'anomaly_progress', rights: 'select, update', roles: [watcher] },
  { table: 'usage_day', rights: 'select, insert, update', roles: [watcher] },
  { table: 'usage_day_consumer', rights: 'select, delete', roles: [watcher] },
  { table: 'usage_day_subject', rights: 'select, delete', roles: [watcher] },
  { table: 'grant_use', rights: 'select, insert, update', roles: [watcher] },
  ...['alert', 'alert_action', 'alert_delivery', 'anomaly_progress', 'usage_day', 'grant_use'].map((table) => ({
    table,
    rights: 'select',
    roles: [auditor],
  })),
];

/** To be run in one transaction: between taking away and giving, nobody may read anything. */
export function grantStatements(tables: GrantedTables): string[] {
  const management = [...tables.subjects, ...tables.policy, ...tables.usageLog];
  const librarySchemas = unique(tables.datasets.map(({ schema }) => schema));
  const schemas = unique([SHARED_SCHEMA, ...librarySchemas, ...management.map(schemaOf)]);
  return [
    ...schemas.flatMap(revokeAll),
    ...schemas.map((schema) => `grant usage on schema ${quote(schema)} to ${rolesUsing(schema, librarySchemas)}`),
    ...FUNCTIONS.map(
      ({ signature, roles }) => `grant execute on function ${SHARED_SCHEMA}.${signature} to ${roles.join(', ')}`,
    ),
    ...tables.datasets.flatMap(grantDataset),
    ...tables.subjects.flatMap(grantSubjectTable),
    ...tables.policy.map(grantPolicyTable),
    ...tables.policy.map((meta) => `grant select on ${tableOf(meta)} to ${policy}`),
    `grant select on ${SHARED_SCHEMA}.policy_version to ${logger}`,
    ...tables.usageLog.map((meta) => `grant select on ${tableOf(meta)} to ${auditor}`),
    ...[...TREE_GRANTS, ...ANOMALY_GRANTS].map(
      ({ table, rights, roles }) => `grant ${rights} on ${SHARED_SCHEMA}.${table} to ${roles.join(', ')}`,
    ),
    ...['alert_id_seq', 'alert_action_id_seq'].map(
      (sequence) => `grant usage on sequence ${SHARED_SCHEMA}.${sequence} to ${watcher}`,
    ),
  ];
}

/**
 * In a database of some libraries alone: their tables for the readers, and nothing else for anybody. Tables of others are there, empty, as
 * every database has the same migrations; what a plan would look for in the wrong place is refused and not found empty.
 */
export function libraryGrantStatements(tables: GrantedTables, isHere: (dataset: Dataset) => boolean): string[] {
  const management = [...tables.subjects, ...tables.policy, ...tables.usageLog];
  const all = unique([SHARED_SCHEMA, ...tables.datasets.map(({ schema }) => schema), ...management.map(schemaOf)]);
  const here = tables.datasets.filter(isHere);
  const schemas = unique([SHARED_SCHEMA, ...here.map(({ schema }) => schema)]);
  return [
    ...all.flatMap(revokeAll),
    ...schemas.map((schema) => `grant usage on schema ${quote(schema)} to ${reader}, ${readerL4}`),
    ...FUNCTIONS.filter(({ roles }) => roles.includes(reader)).map(
      ({ signature, roles }) => `grant execute on function ${SHARED_SCHEMA}.${signature} to ${roles.join(', ')}`,
    ),
    ...here.flatMap(grantDataset),
  ];
}

function revokeAll(schema: string): string[] {
  const kinds = ['schema', 'all tables in schema', 'all sequences in schema', 'all routines in schema'];
  return kinds.map((kind) => `revoke all on ${kind} ${quote(schema)} from ${everyone}`);
}

function rolesUsing(schema: string, librarySchemas: readonly string[]): string {
  return (librarySchemas.includes(schema) ? [reader, readerL4] : Object.values(databaseRoles)).join(', ');
}

function grantDataset(dataset: Dataset): string[] {
  const table = `${quote(dataset.schema)}.${quote(dataset.table)}`;
  const columns = [...dataset.fields.values()].flatMap(columnsBelowL4);
  return [grantColumns(columns, table, reader), `grant select on ${table} to ${readerL4}`];
}

/** INVARIANT: the plain column of an L4 field is never among them. */
function columnsBelowL4(field: DatasetField): string[] {
  switch (field.kind) {
    case 'id':
      return ['id'];
    case 'identifier':
    case 'link':
    case 'links':
      return [];
    case 'subject':
      return [field.idColumn, field.divisionColumn, field.protectedColumn];
    case 'column': {
      const plain = field.control || field.classification.level !== 'L4' ? [field.column] : [];
      return field.maskedColumn === null ? plain : [...plain, field.maskedColumn];
    }
  }
}

function grantSubjectTable(meta: EntityMetadata): string[] {
  const columns = columnsOf(meta).filter((column) => !L4_SUBJECT_COLUMNS.has(`${meta.tableName}.${column}`));
  return [grantColumns(columns, tableOf(meta), reader), `grant select on ${tableOf(meta)} to ${readerL4}`];
}

function grantPolicyTable(meta: EntityMetadata): string {
  const secret = new Set(
    meta.props.filter((property) => property.hidden || isBinary(property.columnTypes)).flatMap(fieldNames),
  );
  const columns = columnsOf(meta).filter((column) => !secret.has(column));
  return grantColumns(columns, tableOf(meta), auditor);
}

function grantColumns(columns: readonly string[], table: string, role: string): string {
  return `grant select (${unique(columns).map(quote).join(', ')}) on ${table} to ${role}`;
}

function columnsOf(meta: EntityMetadata): string[] {
  return meta.props.filter((property) => property.persist !== false).flatMap(fieldNames);
}

function fieldNames(property: EntityMetadata['props'][number]): string[] {
  return property.fieldNames ?? [];
}

/** Hashes of tokens and keys are kept as bytes; nothing else of the policy is. */
function isBinary(columnTypes: readonly string[] | undefined): boolean {
  return (columnTypes ?? []).includes('bytea');
}

function schemaOf(meta: EntityMetadata): string {
  return meta.schema ?? SHARED_SCHEMA;
}

function tableOf(meta: EntityMetadata): string {
  return `${quote(schemaOf(meta))}.${quote(meta.tableName)}`;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
