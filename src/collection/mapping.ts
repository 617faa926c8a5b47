/**
 * The mapping file: how the rows of a source become rows of a dataset. Reading one checks it whole; a mapping that was read can be run.
 *
 * ```yaml
 * dataset: Enterprise                  # a dataset of the registry
 * format: { type: csv, encoding: utf-8, delimiter: ',', header: true }    # header: true, or the field names; type: jsonl has none
 * key: [creditCode]                    # columns that name a row: loading again finds it by them
 * missing: [N/A, 空, '-']              # spellings of no value, beside the empty text
 * columns:
 *   name: { from: 企业名称, transforms: [trim], required: true }
 *   address: { from: [省, 市, 地址], join: '' }
 *   capital: { from: 注册资金, transforms: [{ money: { as: amount, currency: CNY } }], default: '0', invalid: empty }
 *   division:
 *     first:                           # the first alternative that gives a value
 *       - { from: 地址, transforms: [division-of-address] }
 *       - { from: 信用代码, transforms: [division-of-credit-code] }
 * ```
 *
 * A subject is mapped by its official identifier: to the dataset's own identifier (`creditCode`), or, where it has none for that subject,
 * to the subject key (`person: { from: 身份证号, transforms: [resident-id-number] }`). The key names the columns by which the dataset itself
 * knows its rows, a subject key by the column that names the subject.
 *
 * It must not know where a file lies, what runs it or how rows are written.
 */
import { parseDocument } from 'yaml';
import { CitygraphError } from '../errors.js';
import { MappingNode } from './mapping-node.js';
import { trimBlanks } from './transforms/text.js';
import type { Transform, TransformDefinition, Value, Vocabulary } from './transforms/transform.js';
import { transforms } from './transforms/registry.js';

/** What a mapping has to know of a dataset. */
export interface TargetColumn {
  readonly name: string;
  readonly required: boolean;
}

export interface TargetDataset {
  readonly name: string;
  readonly columns: readonly TargetColumn[];
}

export interface MappingSurroundings {
  dataset(name: string): TargetDataset | undefined;
  readonly vocabulary: Vocabulary;
}

export interface RecordFormat {
  readonly type: 'csv' | 'jsonl';
  readonly encoding: Encoding;
  /** CSV alone. */
  readonly delimiter: string;
  /** Field names in order where the file has no header line; null where the first line names them. CSV alone. */
  readonly fieldNames: readonly string[] | null;
}

export interface SourceMapping {
  readonly fields: readonly string[];
  readonly join: string;
  readonly transforms: readonly Transform[];
}

export interface ColumnMapping {
  readonly column: string;
  /** The first that gives a value is taken; none for a column that is its default alone. */
  readonly alternatives: readonly SourceMapping[];
  readonly default: Value | null;
  readonly required: boolean;
  /** What a value that cannot be read does: refuse the row, or leave the column empty and be counted. */
  readonly invalid: 'reject' | 'empty';
  /** Whether a value that the pool holds already gives way: what is only inferred must not write over what a department supplied. */
  readonly existing: 'replace' | 'keep';
}

export interface Mapping {
  readonly file: string;
  readonly dataset: string;
  readonly format: RecordFormat;
  readonly key: readonly string[];
  readonly missing: ReadonlySet<string>;
  readonly columns: readonly ColumnMapping[];
  /** Every field of the source that some column reads. */
  readonly fields: readonly string[];
}

export const encodings = ['utf-8', 'gb18030', 'gbk', 'utf-16le'] as const;
export type Encoding = (typeof encodings)[number];

/**
 * Reads a mapping from its text. `file` names it in messages.
 * @throws CitygraphError MAPPING_INVALID with the file, the path in it, what was expected and what came.
 */
export function parseMapping(text: string, file: string, surroundings: MappingSurroundings): Mapping {
  const root = new MappingNode(file, '', parseYaml(text, file)).allow('dataset', 'format', 'key', 'missing', 'columns');
  const datasetNode = root.get('dataset');
  const dataset =
    surroundings.dataset(datasetNode.text('the name of a dataset')) ?? datasetNode.fail('the name of a dataset');
  const columns = readColumns(root.get('columns'), dataset, surroundings.vocabulary);
  const format = readFormat(root.get('format'));
  const fields = [...new Set(columns.flatMap(({ alternatives }) => alternatives.flatMap((it) => it.fields)))];
  const unnamed = fields.find((field) => format.fieldNames?.includes(field) === false);
  if (unnamed !== undefined)
    root.get('format').get('header').fail(`every field that a column reads, '${unnamed}' too`, 'a list without it');
  return Object.freeze({
    file,
    dataset: dataset.name,
    format,
    key: readKey(root.get('key'), columns),
    missing: new Set(
      root.get('missing').present
        ? root
            .get('missing')
            .list()
            .map((node) => trimBlanks(node.text()))
        : [],
    ),
    columns,
    fields,
  });
}

function parseYaml(text: string, file: string): unknown {
  const document = parseDocument(text, { uniqueKeys: true });
  const [fault] = document.errors;
  const at = fault?.linePos ? `line ${fault.linePos[0].line}, column ${fault.linePos[0].col}` : 'the file';
  if (fault)
    throw new CitygraphError(
      'MAPPING_INVALID',
      `${file}: ${at}: expected YAML, got ${fault.code}`,
      { file },
      { cause: fault },
    );
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new CitygraphError(
      'MAPPING_INVALID',
      `${file}: the file: expected YAML, got aliases that cannot be resolved`,
      { file },
      { cause },
    );
  }
}

function readFormat(node: MappingNode): RecordFormat {
  const type = node
    .allow('type', 'encoding', 'delimiter', 'header')
    .get('type')
    .oneOf(['csv', 'jsonl'] as const);
  const encoding = node.get('encoding').oneOf(encodings, 'utf-8');
  const [delimiter, header] = [node.get('delimiter'), node.get('header')];
  if (type === 'jsonl') {
    for (const it of [delimiter, header]) if (it.present) it.fail('nothing, for format jsonl has none');
    return { type, encoding, delimiter: '', fieldNames: null };
  }
  const separator = delimiter.present ? delimiter.text() : ',';
  if ([...separator].length !== 1 || /["\r\n]/.test(separator))
    delimiter.fail('one character, no quotation mark and no line end');
  return {
    type,
    encoding,
    delimiter: separator,
    fieldNames: header.present && header.value !== true ? readFieldNames(header) : null,
  };
}

function readFieldNames(header: MappingNode): string[] {
  const expected = 'true, or the list of field names';
  const names = header.list(expected).map((node) => node.text());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) header.fail('every field once', `'${twice}' twice`);
  return names.length > 0 ? names : header.fail(expected);
}

function readKey(node: MappingNode, columns: readonly ColumnMapping[]): string[] {
  const key = node.texts('the columns that name a row');
  const known = columns.map(({ column }) => column);
  const unmapped = key.find((column) => !known.includes(column));
  if (unmapped !== undefined) node.fail(`columns mapped below (${known.join(', ')})`, `'${unmapped}'`);
  return key;
}

function readColumns(node: MappingNode, dataset: TargetDataset, vocabulary: Vocabulary): ColumnMapping[] {
  const entries = node.entries('the columns of the dataset, each with its source');
  if (entries.length === 0) node.fail('at least one column');
  const columns = entries.map(([name, inner]) => {
    const target =
      dataset.columns.find((column) => column.name === name) ??
      inner.fail(`a column of ${dataset.name} (${dataset.columns.map((it) => it.name).join(', ')})`, `'${name}'`);
    return readColumn(name, inner, target.required, vocabulary);
  });
  const left = dataset.columns.find(({ name, required }) => required && !columns.some(({ column }) => column === name));
  if (left) node.fail(`the required column ${left.name} of ${dataset.name}`, 'no entry for it');
  return columns;
}

function readColumn(
  column: string,
  node: MappingNode,
  requiredByDataset: boolean,
  vocabulary: Vocabulary,
): ColumnMapping {
  node.allow('from', 'join', 'transforms', 'first', 'default', 'required', 'invalid', 'existing');
  const first = node.get('first');
  const fallback = node.get('default');
  let alternatives: SourceMapping[] = [];
  if (first.present) {
    for (const name of ['from', 'join', 'transforms'])
      if (node.get(name).present) node.get(name).fail('nothing beside first');
    alternatives = first
      .list('a list of alternatives')
      .map((it) => readSource(it.allow('from', 'join', 'transforms'), vocabulary));
    if (alternatives.length === 0) first.fail('at least one alternative');
  } else if (node.get('from').present) {
    alternatives = [readSource(node, vocabulary)];
  } else if (!fallback.present) {
    node.fail('from, first or default', 'none of them');
  }
  return {
    column,
    alternatives,
    default: fallback.present ? readDefault(fallback) : null,
    required: requiredByDataset || node.get('required').flag(false),
    invalid: node.get('invalid').oneOf(['reject', 'empty'], 'reject'),
    existing: node.get('existing').oneOf(['replace', 'keep'], 'replace'),
  };
}

function readSource(node: MappingNode, vocabulary: Vocabulary): SourceMapping {
  const join = node.get('join');
  const chain = node.get('transforms');
  return {
    fields: node.get('from').texts('a field of the source, or a list of fields'),
    join: join.present ? (join.value === '' ? '' : join.text()) : '',
    transforms: chain.present ? readTransforms(chain.list('a list of transforms'), vocabulary) : [],
  };
}

function readTransforms(nodes: readonly MappingNode[], vocabulary: Vocabulary): Transform[] {
  return nodes.map((node, index) => {
    const { definition, args } = readTransform(node);
    if (definition.yields !== 'text' && index < nodes.length - 1)
      node.fail(`a transform that yields a text, since another follows`, `'${definition.name}'`);
    return definition.build(args, vocabulary);
  });
}

/** `name`, or `name: { arguments }`. */
function readTransform(node: MappingNode): { definition: TransformDefinition; args: MappingNode } {
  const expected = `a transform (${[...transforms.keys()].join(', ')})`;
  const [name, args] =
    typeof node.value === 'string'
      ? [node.value, new MappingNode(node.file, `${node.path}.${node.value}`, undefined)]
      : soleEntry(node, expected);
  return { definition: transforms.get(name) ?? node.fail(expected, `'${name}'`), args };
}

function soleEntry(node: MappingNode, expected: string): [string, MappingNode] {
  const [entry, ...more] = node.entries(expected);
  return entry !== undefined && more.length === 0
    ? entry
    : node.fail('one transform with its arguments', `${more.length === 0 ? 'none' : more.length + 1}`);
}

function readDefault(node: MappingNode): Value {
  const { value } = node;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : node.fail('a text, a number, true or false');
}
