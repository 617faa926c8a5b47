/** From the decorated lines of a class to its declaration: defaults filled in, faults refused. Pure; nothing is registered anywhere. */
import { CitygraphError } from '../errors.js';
import { type Classification, compareLevels, findClassificationFault } from './classification.js';
import { divisions } from './code-lists/divisions.js';
import type {
  ColumnOptions,
  ClassificationOptions,
  DatasetOptions,
  Draft,
  SubjectKeyOptions,
} from './dataset-options.js';
import type { ColumnField, Dataset, DatasetField, FieldCore, LibraryRow, SubjectField } from './declaration.js';
import { snakeCase } from './snake-case.js';
import { code, moment, text, type ValueType } from './value-type.js';

/** @throws DECLARATION_INVALID naming the line that is wrong */
export function declareDataset(
  entity: new () => LibraryRow,
  options: DatasetOptions,
  drafts: readonly Draft[],
): Dataset {
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
    if (fields.has(field.name))
      throw new CitygraphError('DECLARATION_INVALID', `${name}.${field.name} is declared twice`);
    if (!field.zh || !field.en)
      throw new CitygraphError('DECLARATION_INVALID', `${name}.${field.name} needs zh and en`);
    fields.set(field.name, field);
  };

  add({ kind: 'id', name: 'id', zh: '对调用方封装的标识', en: 'Id, sealed for the caller', classification: existence });
  for (const draft of drafts) {
    const classification = classify(draft.name, draft.options);
    const core = { name: draft.name, zh: draft.options.zh, en: draft.options.en, classification };
    if (draft.kind === 'subject') {
      for (const field of declareSubjectFields(core, draft.options, classify)) add(field);
    } else if (draft.kind === 'place') {
      add(declareDivision(core, snakeCase(draft.name)));
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
  const place = drafts.filter((draft) => draft.kind === 'place');
  if (place.length > (subjects.length > 0 ? 0 : 1)) {
    throw new CitygraphError('DECLARATION_INVALID', `${name}: a row has one place: that of its subject, or one @Place`);
  }
  const publishedUntil = options.publishedUntil === undefined ? null : fields.get(options.publishedUntil);
  if (publishedUntil === undefined || (publishedUntil?.kind === 'column' && publishedUntil.type.name !== 'date')) {
    throw new CitygraphError('DECLARATION_INVALID', `${name}: publishedUntil names a date column of the dataset`);
  }
  for (const part of options.key) {
    if (!fields.has(part))
      throw new CitygraphError('DECLARATION_INVALID', `${name}: its key names ${part}, which is no field`);
  }
  for (const field of fields.values()) checkToldBy(name, field, fields);
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
    divisionColumn:
      subjects.find((field) => field.primary)?.divisionColumn ?? (place[0] ? snakeCase(place[0].name) : null),
    publishedUntilColumn: publishedUntil?.kind === 'column' ? publishedUntil.column : null,
    rowCost: positive(options.rowCost ?? 1, `${name}: rowCost`),
    derivedFrom: options.derivedFrom ?? [],
    loweredBy: options.loweredBy ?? null,
    fields,
  };
}

/** What tells a masked value may not be open to whoever has no right to a value of that level. */
function checkToldBy(dataset: string, field: DatasetField, fields: ReadonlyMap<string, DatasetField>): void {
  if (field.kind !== 'column') return;
  for (const group of field.toldBy) {
    const telling = group.map((name) => fields.get(name));
    const where = `${dataset}.${field.name}: toldBy ${group.join(', ')}`;
    if (!field.mask || group.length === 0 || !telling.every((it) => it !== undefined && it !== field))
      throw new CitygraphError('DECLARATION_INVALID', `${where} names other fields that tell a masked value`);
    if (telling.every((it) => compareLevels(it!.classification.level, field.classification.level) < 0))
      throw new CitygraphError('DECLARATION_INVALID', `${where} are all below ${field.classification.level}`);
  }
}

/** @throws DECLARATION_INVALID: what costs nothing would be limited by nothing */
export function positive(value: number, where: string): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new CitygraphError('DECLARATION_INVALID', `${where}: expected a whole number from 1, got ${value}`);
}

function declareColumn(core: FieldCore, options: ColumnOptions): ColumnField {
  const column = snakeCase(core.name);
  const notes = [options.unit && `unit ${options.unit}`, options.standard, options.type.codeList?.standard]
    .filter(Boolean)
    .join('; ');
  return {
    ...core,
    en: notes ? `${core.en} (${notes})` : core.en,
    kind: 'column',
    column,
    type: options.type,
    mask: options.mask ?? null,
    maskedColumn: options.mask ? `${column}_masked` : null,
    toldBy: options.toldBy ?? [],
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
  return [
    key,
    declareDivision(
      { name: 'division', zh, en, classification: classify('division', options.division) },
      key.divisionColumn,
    ),
  ];
}

/** The row's place, by which it is in or out of a grant's divisions. */
function declareDivision(core: FieldCore, column: string): ColumnField {
  return {
    ...core,
    en: `${core.en} (${divisions.standard})`,
    kind: 'column',
    column,
    type: code(divisions),
    mask: null,
    maskedColumn: null,
    toldBy: [],
    required: false,
    find: true,
    control: true,
    provenance: false,
  };
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
    toldBy: [],
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
