/**
 * Who is tied to whom by shares and offices: the graph around a legal person, and who owns it in the end.
 *
 * Both are followed when they are asked for and kept nowhere, for what they may pass through depends on who asks: an edge is a row of
 * a dataset, and a row, a kind of edge or a subject that is hidden from the caller is not passed. Declared on a portrait by naming the
 * datasets whose rows are edges; this file knows none of them.
 */
import { GraphQLBoolean, GraphQLInt } from 'graphql';
import { CitygraphError } from '../errors.js';
import { type Classification, findClassificationFault } from './classification.js';
import type { ColumnField, Dataset, Described, FieldCore, LibraryRow, SubjectField } from './declaration.js';
import { datasetOf } from './dataset.js';
import { enumTypeOf } from './enum-type.js';
import { DecimalScalar } from './scalars.js';
import { defineStructure, type Structure } from './structure.js';
import { portraitClassOf, type SubjectKind } from './subject-kind.js';
import type { EnumDeclaration } from './value-type.js';

type RowClass = new () => LibraryRow;

/** Steps from the subject, at most: both fields are bounded whatever the data is. */
export const graphLimits = { steps: 4, nodesPerStep: 50, edges: 500, ownershipSteps: 6, owners: 100 } as const;
/** A chain of holdings that comes to less than this part of the whole is not followed further, so that there are never many. */
export const smallestOwnedPart = '0.001';

export interface GraphLinkOptions extends Described {
  /** Name of the kind of edge. */
  readonly kind: string;
  readonly of: () => RowClass;
  /** Subject keys of the dataset: who holds, and what is held. */
  readonly from: string;
  readonly to: string;
  /** A date by which the edge has ended. */
  readonly until?: string;
  /** Columns that an edge of this kind shows, by the name of the edge's field. */
  readonly shows?: readonly string[];
}

export interface GraphOptions extends Described {
  readonly classification: Classification;
  readonly links: readonly GraphLinkOptions[];
}

export interface OwnersOptions extends Described {
  readonly classification: Classification;
  /** Each link's rows have a share in per cent in this column. */
  readonly links: readonly (Omit<GraphLinkOptions, 'shows' | 'until' | keyof Described> & { readonly share: string })[];
}

/** Rows of a dataset as edges between two subjects. */
export interface GraphLink extends Described {
  readonly kind: string;
  readonly dataset: Dataset;
  readonly from: SubjectField;
  readonly to: SubjectField;
  readonly until: ColumnField | null;
  readonly shows: readonly ColumnField[];
  /** What must be readable in plain for such an edge to be passed. */
  readonly coordinates: readonly string[];
}

export interface GraphField extends FieldCore {
  readonly kind: 'graph';
  readonly links: readonly GraphLink[];
  readonly kinds: EnumDeclaration;
  readonly graph: Structure;
  readonly node: Structure;
  readonly edge: Structure;
}

export interface OwnershipLink {
  readonly dataset: Dataset;
  readonly from: SubjectField;
  readonly to: SubjectField;
  readonly share: ColumnField;
}

export interface OwnersField extends FieldCore {
  readonly kind: 'owners';
  readonly links: readonly OwnershipLink[];
  /** What must be readable in plain, all of it. */
  readonly derivedFrom: readonly string[];
  readonly owner: Structure;
}

/** @throws DECLARATION_INVALID */
export function declareGraph(portrait: string, name: string, options: GraphOptions): GraphField {
  const coordinate = `${portrait}.${name}`;
  checkClassification(coordinate, options.classification);
  const links = options.links.map((link) => declareLink(coordinate, link));
  const { zh, en, classification } = options;
  const kinds: EnumDeclaration = {
    name: 'RelationKind',
    zh: '关联关系类型',
    en: 'Kind of relation between two subjects',
    values: Object.fromEntries(links.map((link) => [link.kind, { zh: link.zh, en: link.en }])),
  };
  const node = nodeStructure(coordinate);
  const edge = edgeStructure(coordinate, links, kinds);
  const graph = defineStructure(
    {
      name: 'RelationGraph',
      zh: '关联关系图谱',
      en: 'Subjects that are tied to a legal person, and how',
      decidedBy: coordinate,
    },
    [
      { name: 'nodes', type: () => [node.typeClass], zh: '主体，由近及远', en: 'Subjects, nearest first' },
      { name: 'edges', type: () => [edge.typeClass], zh: '关系', en: 'Edges between these subjects' },
      {
        name: 'isTruncated',
        type: () => GraphQLBoolean,
        zh: `是否因上限而不完整（每步 ${graphLimits.nodesPerStep} 个主体，共 ${graphLimits.edges} 条关系）`,
        en: `Whether there is more than is shown: ${graphLimits.nodesPerStep} subjects a step and ${graphLimits.edges} edges in all are`,
      },
    ],
  );
  return { kind: 'graph', name, zh, en, classification, links, kinds, graph, node, edge };
}

function nodeStructure(decidedBy: string): Structure {
  const subject = (name: string, kind: SubjectKind, zh: string, en: string) => ({
    name,
    type: () => portraitClassOf(kind),
    subject: kind,
    zh,
    en,
  });
  return defineStructure({ name: 'RelationGraphNode', zh: '图谱中的主体', en: 'A subject of the graph', decidedBy }, [
    { name: 'number', type: () => GraphQLInt, zh: '图中编号，从 0 起', en: 'Its number in this graph, from 0' },
    {
      name: 'step',
      type: () => GraphQLInt,
      zh: '距中心的步数',
      en: 'Steps from the subject in the middle, which is at 0',
    },
    subject('legalPerson', 'legal-person', '法人画像（为法人时）', 'Portrait, where a legal person'),
    subject('person', 'person', '人口画像（为自然人时）', 'Portrait, where a person'),
  ]);
}

function edgeStructure(decidedBy: string, links: readonly GraphLink[], kinds: EnumDeclaration): Structure {
  const shown = new Map(
    links.flatMap(({ dataset, shows }) => shows.map((field) => [field.name, { dataset, field }] as const)),
  );
  return defineStructure({ name: 'RelationGraphEdge', zh: '图谱中的关系', en: 'An edge of the graph', decidedBy }, [
    { name: 'kind', type: () => enumTypeOf(kinds), zh: '关系类型', en: 'Kind of relation' },
    { name: 'from', type: () => GraphQLInt, zh: '持有方或任职者的编号', en: 'Number of who holds the share or office' },
    { name: 'to', type: () => GraphQLInt, zh: '被持有方的编号', en: 'Number of the legal person it is held in' },
    ...[...shown].map(([name, { dataset, field }]) => ({
      name,
      type: () => field.type.scalar ?? enumTypeOf(field.type.enum!),
      zh: field.zh,
      en: field.en,
      decidedBy: `${dataset.name}.${name}`,
    })),
  ]);
}

/** @throws DECLARATION_INVALID */
export function declareOwners(portrait: string, name: string, options: OwnersOptions): OwnersField {
  const coordinate = `${portrait}.${name}`;
  checkClassification(coordinate, options.classification);
  const links = options.links.map((link) => {
    const { dataset, from, to } = declareLink(coordinate, { zh: '', en: '', ...link });
    return { dataset, from, to, share: columnOf(coordinate, dataset, link.share) };
  });
  const derivedFrom = [
    ...new Set(
      links.flatMap(({ dataset, from, to, share }) => [
        dataset.name,
        ...[from, to, share].map((field) => `${dataset.name}.${field.name}`),
      ]),
    ),
  ];
  const owner = defineStructure(
    {
      name: 'BeneficialOwner',
      zh: '受益所有人（按持股）',
      en: 'A person who owns a part of a legal person in the end, by shares',
      decidedBy: coordinate,
    },
    [
      {
        name: 'person',
        type: () => portraitClassOf('person'),
        subject: 'person',
        zh: '人口画像',
        en: 'Portrait of the person',
      },
      {
        name: 'sharePercent',
        type: () => DecimalScalar,
        zh: '合计持股比例（%，四位小数）：各条持股链乘积之和',
        en: 'Share owned in all, in per cent with four decimals: the sum over chains of holdings of the product along each',
      },
      {
        name: 'directPercent',
        type: () => DecimalScalar,
        zh: '其中直接持股比例（%，四位小数）',
        en: 'Part of it that is held directly, in per cent with four decimals',
      },
      { name: 'chainCount', type: () => GraphQLInt, zh: '持股链条数', en: 'Number of chains of holdings' },
      { name: 'steps', type: () => GraphQLInt, zh: '最短持股链的步数', en: 'Steps of the shortest chain; 1 is direct' },
    ],
  );
  const { zh, en, classification } = options;
  return { kind: 'owners', name, zh, en, classification, links, derivedFrom, owner };
}

function declareLink(coordinate: string, options: GraphLinkOptions): GraphLink {
  const dataset = datasetOf(options.of());
  const from = subjectOf(coordinate, dataset, options.from);
  const to = subjectOf(coordinate, dataset, options.to);
  const until = options.until === undefined ? null : columnOf(coordinate, dataset, options.until);
  const used = [from, to, ...(until ? [until] : [])];
  return {
    kind: options.kind,
    zh: options.zh,
    en: options.en,
    dataset,
    from,
    to,
    until,
    shows: (options.shows ?? []).map((name) => columnOf(coordinate, dataset, name)),
    coordinates: [dataset.name, ...used.map((field) => `${dataset.name}.${field.name}`)],
  };
}

function subjectOf(coordinate: string, dataset: Dataset, name: string): SubjectField {
  const field = dataset.fields.get(name);
  if (field?.kind === 'subject') return field;
  throw new CitygraphError('DECLARATION_INVALID', `${coordinate}: ${dataset.name}.${name} is no key to a subject`);
}

function columnOf(coordinate: string, dataset: Dataset, name: string): ColumnField {
  const field = dataset.fields.get(name);
  if (field?.kind === 'column') return field;
  throw new CitygraphError('DECLARATION_INVALID', `${coordinate}: ${dataset.name}.${name} is no column`);
}

function checkClassification(coordinate: string, classification: Classification): void {
  const fault = findClassificationFault(classification);
  if (fault) throw new CitygraphError('DECLARATION_INVALID', `${coordinate}: ${fault}`);
}
