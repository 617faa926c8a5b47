/**
 * A dataset is one class in one file; a line per column carries its table column, its GraphQL field and its classification.
 *
 * The decorators here collect those lines, refuse to start on a gap, and pass each on to MikroORM (table, migrations, writing)
 * and type-graphql (schema). Everything else - shields, compiled SQL, catalogue, CSVs in `schema/` - reads the declarations.
 * A column without a level does not compile; with a contradictory one it does not start.
 * This file must not know any dataset, principal or grant.
 */
import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Extensions, Field, ID, ObjectType } from 'type-graphql';
import { CitygraphError } from '../errors.js';
import { type Category, type Classification, type Level, type OpenType, type SharingType, findClassificationFault } from './classification.js';
import {
  type ColumnField,
  type Dataset as DatasetDeclaration,
  type DatasetField,
  type Described,
  type FieldCore,
  type LibraryRow,
  type SubjectField,
} from './declaration.js';
import { connectionTypeOf } from './connection-type.js';
import { enumTypeOf } from './enum-type.js';
import type { Mask } from './mask.js';
import { code, type EnumDeclaration, moment, text, type ValueType } from './value-type.js';
import { type IdentifierKind, identifierKinds } from './identifier-kind.js';
import { portraitClassOf, type SubjectKind } from './subject-kind.js';
import { describe } from './description.js';
import { divisions } from './code-lists/divisions.js';

/** The dataset's own sharing and open type hold for each field that does not say otherwise. */
interface ClassificationOptions {
  readonly level: Level;
  readonly sharing?: SharingType;
  readonly open?: OpenType;
  readonly category?: Category;
}

export interface ColumnOptions extends Described, ClassificationOptions {
  readonly type: ValueType;
  /** How the value looks to who may have it masked alone; without one, a masked grant is refused for this column. */
  readonly mask?: Mask;
  readonly required?: boolean;
  /** Indexed, and therefore offered in filters and orders. */
  readonly find?: boolean;
  readonly unit?: string;
  readonly standard?: string;
}

export interface IdentifierOptions extends Described, ClassificationOptions {
  readonly kind: IdentifierKind;
  readonly mask?: Mask;
}

export interface SubjectKeyOptions extends Described, ClassificationOptions {
  readonly kind: SubjectKind;
  /** One row a subject. */
  readonly unique?: boolean;
  readonly required?: boolean;
  /** Its division is the row's place, and is a field of its own with this classification. Just one key of a dataset has it. */
  readonly division?: Described & ClassificationOptions;
}

export interface DatasetOptions extends Described {
  readonly library: string;
  readonly table: string;
  /** The root field that lists it. */
  readonly list: string;
  readonly provider: string;
  /** Code of the information resource in the catalogue. */
  readonly resource: string;
  /** How sensitive it is that a row exists at all. */
  readonly existence: Level;
  readonly sharing: SharingType;
  readonly open: OpenType;
  readonly category: Category;
  /** What names a row in the provider's own books: loading again finds it by this. */
  readonly key: readonly string[];
}

type Drafts = (
  | { kind: 'column'; name: string; options: ColumnOptions }
  | { kind: 'identifier'; name: string; options: IdentifierOptions }
  | { kind: 'subject'; name: string; options: SubjectKeyOptions }
)[];

const drafts = new Map<object, Drafts>();
const datasets = new Map<object, DatasetDeclaration>();

function draftOf(prototype: object): Drafts {
  const found = drafts.get(prototype) ?? [];
  drafts.set(prototype, found);
  return found;
}

/** One column of the dataset. */
export function Column(options: ColumnOptions): PropertyDecorator {
  return (prototype, name) => void draftOf(prototype).push({ kind: 'column', name: String(name), options });
}

/** An official identifier of the row's subject: it stands in the subject index, not in the library. */
export function Identifier(options: IdentifierOptions): PropertyDecorator {
  return (prototype, name) => void draftOf(prototype).push({ kind: 'identifier', name: String(name), options });
}

/** The person or legal person a row is about. The subject's division and protection are copied beside its id. */
export function SubjectKey(options: SubjectKeyOptions): PropertyDecorator {
  return (prototype, name) => void draftOf(prototype).push({ kind: 'subject', name: String(name), options });
}

/** Declares the class a dataset: table, GraphQL type and fields come from it. */
export function Dataset(options: DatasetOptions) {
  return (target: abstract new () => LibraryRow): void => {
    const dataset = declareDataset(target as new () => LibraryRow, options);
    datasets.set(target, dataset);
    mapTable(dataset);
    mapType(dataset);
  };
}

/** The declaration of a dataset's class. */
export function datasetOf(entity: object): DatasetDeclaration {
  const found = datasets.get(entity);
  if (!found) throw new CitygraphError('DECLARATION_INVALID', `expected a class with @Dataset, got ${String(entity).slice(0, 40)}`);
  return found;
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function declareDataset(entity: new () => LibraryRow, options: DatasetOptions): DatasetDeclaration {
  const name = entity.name;
  const classify = (field: string, given: ClassificationOptions): Classification => {
    const it = {
      level: given.level,
      sharing: given.sharing ?? options.sharing,
      // A dataset that is open does not open its sensitive items: these are closed unless they say otherwise.
      open: given.open ?? (given.level === 'L1' ? options.open : options.open === 'open' ? 'not-open' : options.open),
      category: given.category ?? options.category,
    };
    const fault = findClassificationFault(it);
    if (fault) throw new CitygraphError('DECLARATION_INVALID', `${name}.${field}: ${fault}`);
    return it;
  };
  const existence = classify('(existence)', { level: options.existence });
  const fields = new Map<string, DatasetField>();
  const add = (field: DatasetField): void => {
    if (fields.has(field.name)) throw new CitygraphError('DECLARATION_INVALID', `${name}.${field.name} is declared twice`);
    if (!field.zh || !field.en) throw new CitygraphError('DECLARATION_INVALID', `${name}.${field.name} needs zh and en`);
    fields.set(field.name, field);
  };

  add({ kind: 'id', name: 'id', zh: '对调用方封装的标识', en: 'Id, sealed for the caller', classification: existence });
  for (const draft of draftOf(entity.prototype as object)) {
    const classification = classify(draft.name, draft.options);
    const core = { name: draft.name, zh: draft.options.zh, en: draft.options.en, classification };
    if (draft.kind === 'subject') {
      for (const field of declareSubjectFields(core, draft.options, classify)) add(field);
    } else if (draft.kind === 'identifier') {
      add({ ...core, kind: 'identifier', identifier: draft.options.kind, mask: draft.options.mask ?? null });
    } else {
      add(declareColumn(core, draft.options));
    }
  }
  for (const field of provenanceFields(existence)) add(field);

  const subjects = [...fields.values()].filter((field) => field.kind === 'subject');
  if (subjects.length > 0 && subjects.filter((field) => field.primary).length !== 1) {
    throw new CitygraphError('DECLARATION_INVALID', `${name}: just one subject key carries the row's division`);
  }
  for (const part of options.key) {
    if (!fields.has(part)) throw new CitygraphError('DECLARATION_INVALID', `${name}: its key names ${part}, which is no field`);
  }
  return {
    kind: 'dataset',
    name,
    entity,
    library: options.library,
    schema: options.library.replaceAll('-', '_'),
    table: options.table,
    list: options.list,
    provider: options.provider,
    resource: options.resource,
    zh: options.zh,
    en: options.en,
    existence,
    key: options.key,
    fields,
  };
}

function declareColumn(core: FieldCore, options: ColumnOptions): ColumnField {
  const column = snakeCase(core.name);
  const notes = [options.unit && `unit ${options.unit}`, options.standard, options.type.codeList?.standard].filter(Boolean).join('; ');
  return {
    ...core,
    en: notes ? `${core.en} (${notes})` : core.en,
    kind: 'column',
    column,
    type: options.type,
    mask: options.mask ?? null,
    maskedColumn: options.mask ? `${column}_masked` : null,
    required: options.required ?? false,
    find: options.find ?? false,
    control: false,
    provenance: false,
  };
}

function declareSubjectFields(
  core: FieldCore,
  options: SubjectKeyOptions,
  classify: (field: string, given: ClassificationOptions) => Classification,
): DatasetField[] {
  const base = snakeCase(core.name);
  const key: SubjectField = {
    ...core,
    kind: 'subject',
    subject: options.kind,
    idColumn: `${base}_id`,
    divisionColumn: `${base}_division`,
    protectedColumn: `${base}_protected_until`,
    primary: options.division !== undefined,
    unique: options.unique ?? false,
    required: options.required ?? false,
  };
  if (!options.division) return [key];
  const { zh, en } = options.division;
  const division: ColumnField = {
    name: 'division',
    zh,
    en: `${en} (${divisions.standard})`,
    classification: classify('division', options.division),
    kind: 'column',
    column: key.divisionColumn,
    type: code(divisions),
    mask: null,
    maskedColumn: null,
    required: false,
    find: true,
    control: true,
    provenance: false,
  };
  return [key, division];
}

/** Who sees the row sees where it came from. */
function provenanceFields(existence: Classification): ColumnField[] {
  const field = (name: string, type: ValueType, zh: string, en: string): ColumnField => ({
    name,
    zh,
    en,
    classification: existence,
    kind: 'column',
    column: snakeCase(name),
    type,
    mask: null,
    maskedColumn: null,
    required: true,
    find: false,
    control: false,
    provenance: true,
  });
  return [
    field('provider', text(60), '数据提供部门代码', 'Code of the department that provided the row'),
    field('resource', text(60), '来源信息资源代码', 'Code of the information resource it came with'),
    field('collectedAt', moment, '归集时间', 'When it was last collected'),
  ];
}

/** MikroORM: the table, with masked columns generated from the plain ones. */
function mapTable(dataset: DatasetDeclaration): void {
  const prototype = dataset.entity.prototype as object;
  PrimaryKey({ type: 'bigint', autoincrement: true })(prototype, 'id');
  const rowDivision = [...dataset.fields.values()].find((field) => field.kind === 'subject' && field.primary);
  const divisionColumn = rowDivision?.kind === 'subject' ? rowDivision.divisionColumn : 'null';
  for (const field of dataset.fields.values()) {
    if (field.kind === 'subject') mapSubjectKey(dataset, field);
    if (field.kind !== 'column' || [...dataset.fields.values()].some((it) => it.kind === 'subject' && it.divisionColumn === field.column)) continue;
    Property({
      fieldName: field.column,
      columnType: field.type.sql,
      type: ormTypeOf(field.type),
      nullable: !field.required,
      ...(field.find && isText(field.type) && byCodePoint),
    })(prototype, field.name);
    if (field.mask && field.maskedColumn) {
      // INVARIANT: the masked value is made by the database from its own row; the service never sees the plain one.
      const expression = field.mask.expression(`"${field.column}"`, divisionColumn);
      Property({ fieldName: field.maskedColumn, columnType: 'text', type: 'string', nullable: true, generated: `(${expression}) stored` })(prototype, `${field.name}Masked`);
    }
    if (field.find) mapFindIndex(dataset, field);
  }
  Unique({ properties: [...dataset.key], name: `${dataset.table}_key` } as never)(dataset.entity as never);
  Entity({ schema: dataset.schema, tableName: dataset.table, comment: `${dataset.zh} ${dataset.en}` })(dataset.entity);
}

function mapSubjectKey(dataset: DatasetDeclaration, field: SubjectField): void {
  const prototype = dataset.entity.prototype as object;
  const division = `${field.name}Division`;
  Property({ fieldName: field.idColumn, type: 'bigint', nullable: !field.required })(prototype, field.name);
  Property({ fieldName: field.divisionColumn, columnType: 'varchar(6)', type: 'string', nullable: true, ...byCodePoint })(prototype, division);
  Property({ fieldName: field.protectedColumn, columnType: 'date', type: 'string', default: '-infinity' })(prototype, `${field.name}ProtectedUntil`);
  const isWholeKey = dataset.key.length === 1 && dataset.key[0] === field.name;
  const constraint = { name: `${dataset.table}_${field.idColumn}_${field.unique ? 'unique' : 'index'}`, properties: [field.name] };
  if (field.unique && !isWholeKey) Unique(constraint as never)(dataset.entity as never);
  if (!field.unique) Index(constraint as never)(dataset.entity as never);
  if (field.primary) Index({ name: `${dataset.table}_${field.divisionColumn}_index`, properties: [division] } as never)(dataset.entity as never);
}

/** Order and ranges of prefixes by code point, whatever the server's locale: an index then serves both. */
const byCodePoint = { collation: 'C' } as const;

function isText(type: ValueType): boolean {
  return type.sql.startsWith('varchar');
}

function mapFindIndex(dataset: DatasetDeclaration, field: ColumnField): void {
  Index({ name: `${dataset.table}_${field.column}_index`, properties: [field.name] } as never)(dataset.entity as never);
  if (field.type.filter !== 'text') return;
  // Two characters are a word in Chinese, which pg_trgm can't find: an index over the text's bigrams can.
  Index({
    name: `${dataset.table}_${field.column}_bigrams`,
    expression: `create index "${dataset.table}_${field.column}_bigrams" on "${dataset.schema}"."${dataset.table}" using gin (citygraph.bigrams("${field.column}"))`,
  } as never)(dataset.entity as never);
}

function ormTypeOf(type: ValueType): string {
  if (type.sql === 'boolean') return 'boolean';
  if (type.sql === 'int') return 'integer';
  if (type.sql === 'bigint') return 'bigint';
  if (type.sql === 'double precision') return 'double';
  if (type.sql.startsWith('numeric')) return 'decimal';
  if (type.sql.startsWith('timestamptz')) return 'datetime';
  return type.sql === 'date' ? 'date' : 'string';
}

/** type-graphql: the object type. Every field is nullable, for a denial is null. */
function mapType(dataset: DatasetDeclaration): void {
  const prototype = dataset.entity.prototype as object;
  ObjectType(dataset.name, { description: describe(dataset) })(dataset.entity);
  connectionTypeOf(dataset.name, () => dataset.entity);
  for (const field of dataset.fields.values()) {
    const type = graphqlTypeOf(field);
    Field(type as never, { nullable: true, description: describe(field) })(prototype, field.name);
    Extensions({ classification: field.classification })(prototype, field.name, undefined as never);
  }
}

function graphqlTypeOf(field: DatasetField): () => unknown {
  if (field.kind === 'id') return () => ID;
  if (field.kind === 'subject') return () => portraitClassOf(field.subject);
  const type = field.kind === 'identifier' ? identifierKinds[field.identifier].scalar : (field.type.scalar ?? enumTypeOf(field.type.enum as EnumDeclaration));
  return () => type;
}
