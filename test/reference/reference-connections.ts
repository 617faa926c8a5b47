/**
 * Fields of a portrait that are more than rows about its subject: the relation graph, owners in the end, peers, provenance; and the
 * parts of answers that they are made of.
 */
import { departments } from '../../src/model/code-lists/departments.js';
import type { Peers, RelationField } from '../../src/model/declaration.js';
import type { Portrait } from '../../src/model/portrait.js';
import { sectionProvenance } from '../../src/model/provenance.js';
import type { Registry } from '../../src/model/registry.js';
import { type GraphField, type GraphLink, graphLimits, type OwnersField } from '../../src/model/relation-graph.js';
import type { SubjectKind } from '../../src/model/subject-kind.js';
import { findGraph, type Graph, type GraphEdge, type GraphNode } from './find-graph.js';
import { findOwners, type Owner } from './find-owners.js';
import { propertyOf, type Row } from './list-request.js';
import {
  asKey,
  asPortrait,
  type FieldOfReference,
  type FieldsOfType,
  list,
  readColumn,
  type Resolve,
  serve,
  type SubjectRef,
} from './reference-fields.js';
import { Denial, Refusal } from './refusal.js';
import { type ByKey, hasEnded, type RowSource } from './row-source.js';
import { mayBeAskedFor, mayExist, mayRead, mayReadPlain, type ReferenceContext } from './rules.js';

const nobody = '0';

/** A field of a part of an answer, decided by what its structure names. */
function part<Parent>(
  coordinate: string,
  read: (parent: Parent, context: ReferenceContext) => unknown,
): FieldOfReference {
  return {
    checks: [mayRead(coordinate)],
    resolve: (parent: Parent, _args, context) => serve(context, coordinate, read(parent, context)),
  };
}

/** A field that leads from a part of an answer to a portrait. */
function partOfPortrait<Parent>(
  coordinate: string,
  portrait: Portrait,
  subjectOf: (parent: Parent) => string | null,
): FieldOfReference {
  return {
    checks: [mayRead(coordinate), mayExist(portrait.name)],
    resolve: (parent: Parent, _args, context) => serve(context, coordinate, asPortrait(subjectOf(parent))),
  };
}

interface GraphArguments {
  readonly steps?: number | null;
  readonly kinds?: readonly (string | null)[] | null;
}

export function describeGraph(registry: Registry, portrait: Portrait, field: GraphField): FieldOfReference {
  return {
    checks: [mayRead(`${portrait.name}.${field.name}`)],
    resolve: async ({ subject }: SubjectRef, args: GraphArguments, context, coordinate, { path }) => {
      const { kinds, steps } = args;
      if (kinds && (kinds.length === 0 || kinds.includes(null))) context.refuse(new Refusal('BAD_USER_INPUT'));
      const asked = field.links.filter(({ kind }) => !kinds || kinds.includes(kind));
      const { links, closed } = separate(registry, asked, context);
      for (const denial of closed) context.denyBeside(path, denial);
      if (links.length === 0) return null;
      const given = steps ?? 2;
      if (given < 1 || given > graphLimits.steps) context.refuse(new Refusal('LIMIT_EXCEEDED'));
      if (context.rows.isRehearsal) return rehearseGraph(links);
      return serve(
        context,
        coordinate,
        await findGraph(context.rows, links, { subject, kind: portrait.subject }, given),
      );
    },
  };
}

/** Kinds that may be followed; and of those that may not, the first coordinate that is closed, each once. */
function separate(
  registry: Registry,
  asked: readonly GraphLink[],
  { decide }: ReferenceContext,
): { links: GraphLink[]; closed: Denial[] } {
  const closed = new Map<string, Denial>();
  const links = asked.filter(({ from, to, coordinates }) => {
    const portraits = [from, to].map(({ subject }) => registry.portraitOf(subject).name);
    const coordinate = [...portraits, ...coordinates].find((it) => decide(it).kind !== 'allow');
    if (coordinate === undefined) return true;
    const { level, reason } = decide(coordinate);
    closed.set(coordinate, new Denial('FIELD_DENIED', coordinate, level, reason));
    return false;
  });
  return { links, closed: [...closed.values()] };
}

function rehearseGraph([link]: readonly GraphLink[]): Graph {
  return {
    nodes: [{ subject: nobody, kind: 'every', step: 0, number: 0 }],
    edges: [{ link: link!, row: {}, from: 0, to: 0 }],
    isTruncated: false,
  };
}

/** The types of a graph, its nodes and its edges. */
export function describeGraphTypes(
  registry: Registry,
  { graph, node, edge, links }: GraphField,
): [string, FieldsOfType][] {
  const subject = (name: string, kind: SubjectKind): FieldOfReference =>
    partOfPortrait(`${node.name}.${name}`, registry.portraitOf(kind), (it: GraphNode) =>
      it.kind === kind || it.kind === 'every' ? it.subject : null,
    );
  const shown = new Map(links.flatMap(({ shows }) => shows.map((field) => [field.name, field] as const)));
  return [
    [
      graph.name,
      {
        nodes: part(`${graph.name}.nodes`, (it: Graph) => it.nodes),
        edges: part(`${graph.name}.edges`, (it: Graph) => it.edges),
        isTruncated: part(`${graph.name}.isTruncated`, (it: Graph) => it.isTruncated),
      },
    ],
    [
      node.name,
      {
        number: part(`${node.name}.number`, (it: GraphNode) => it.number),
        step: part(`${node.name}.step`, (it: GraphNode) => it.step),
        legalPerson: subject('legalPerson', 'legal-person'),
        person: subject('person', 'person'),
      },
    ],
    [
      edge.name,
      {
        kind: part(`${edge.name}.kind`, (it: GraphEdge) => it.link.kind),
        from: part(`${edge.name}.from`, (it: GraphEdge) => it.from),
        to: part(`${edge.name}.to`, (it: GraphEdge) => it.to),
        ...Object.fromEntries(
          [...shown].map(([name, field]) => {
            const coordinate = `${edge.name}.${name}`;
            return [
              name,
              part(coordinate, ({ link, row }: GraphEdge, context) =>
                link.shows.includes(field) ? readColumn(context, coordinate, field, row) : null,
              ),
            ];
          }),
        ),
      },
    ],
  ];
}

export function describeOwners(registry: Registry, portrait: Portrait, field: OwnersField): FieldOfReference {
  const kinds = new Set(field.links.map(({ from }) => from.subject));
  return {
    checks: [
      mayRead(`${portrait.name}.${field.name}`),
      ...[...kinds].map((kind) => mayExist(registry.portraitOf(kind).name)),
    ],
    resolve: async ({ subject }: SubjectRef, { threshold }: { threshold?: string | null }, context, coordinate) => {
      const least = threshold ?? '25';
      if (Number(least) < 0.1 || Number(least) > 100) context.refuse(new Refusal('LIMIT_EXCEEDED'));
      if (context.rows.isRehearsal) return [{ subject: nobody }];
      return serve(context, coordinate, await findOwners(context.rows, field.links, subject, least));
    },
  };
}

export function describeOwnerType(registry: Registry, { owner }: OwnersField): [string, FieldsOfType] {
  const own = (name: keyof Owner): FieldOfReference => part(`${owner.name}.${name}`, (it: Owner) => it[name]);
  return [
    owner.name,
    {
      person: partOfPortrait(`${owner.name}.person`, registry.portraitOf('person'), (it: Owner) => it.subject),
      sharePercent: own('sharePercent'),
      directPercent: own('directPercent'),
      chainCount: own('chainCount'),
      steps: own('steps'),
    },
  ];
}

/** Rows of others that agree with one of the subject's own, neither of which has ended. */
export function describePeers(portrait: Portrait, relation: RelationField, peers: Peers): FieldOfReference {
  const { target, by } = relation;
  const { through, until } = peers;
  // That two rows agree tells in what, and whose they are.
  const told = [by, through.name, ...(until ? [until.name] : [])].map((name) => mayReadPlain(`${target.name}.${name}`));
  const property = through.kind === 'subject' ? through.name : propertyOf(through);
  return {
    checks: [
      mayRead(`${portrait.name}.${relation.name}`),
      ...(relation.ownClassification ? [mayExist(target.name)] : []),
      ...told,
      mayBeAskedFor(target),
    ],
    resolve: list(
      target,
      async ({ subject }: SubjectRef, rows) => {
        const lasting = async (key: ByKey | null): Promise<Row[]> =>
          (await rows.findRows(target, key)).filter((row) => !hasEnded(rows, until, row));
        const own = await lasting({ key: by, value: subject });
        const keys = new Map(own.map((row) => asKey(property, row[property])).map((key) => [key?.value, key]));
        const same = await Promise.all([...keys.values()].map(lasting));
        return same.flat().filter((row) => asKey(by, row[by])?.value !== subject);
      },
      (row) => row,
    ),
  };
}

interface Line {
  readonly relation: RelationField;
  readonly collectedAt: string | null;
}

export function describeProvenance(portrait: Portrait): FieldOfReference {
  const coordinate = `${portrait.name}.provenance`;
  const resolve: Resolve = async ({ subject }: SubjectRef, _args, context) => {
    if (context.rows.isRehearsal) return [{}];
    const lines = [...portrait.fields.values()].map(async (field): Promise<Line[]> => {
      if ((field.kind !== 'one' && field.kind !== 'many') || field.peers) return [];
      const coordinates = [`${portrait.name}.${field.name}`, field.target.name];
      if (coordinates.some((it) => context.decide(it).kind !== 'allow')) return [];
      return [{ relation: field, collectedAt: await findLastCollection(context.rows, field, subject) }];
    });
    return serve(context, coordinate, (await Promise.all(lines)).flat());
  };
  return { checks: [mayRead(coordinate)], resolve };
}

async function findLastCollection(
  rows: RowSource,
  { target, by }: RelationField,
  subject: string,
): Promise<string | null> {
  const found = await rows.findRows(target, { key: by, value: subject });
  const moments = found.map((row) => (row['collectedAt'] as Date).getTime());
  return moments.length === 0 ? null : new Date(Math.max(...moments)).toISOString();
}

export function describeProvenanceType(): [string, FieldsOfType] {
  const { name } = sectionProvenance;
  const own = (field: string, read: (line: Line) => unknown): [string, FieldOfReference] => [
    field,
    part(`${name}.${field}`, (line: Line, { rows }) => (rows.isRehearsal ? null : read(line))),
  ];
  return [
    name,
    Object.fromEntries([
      own('section', ({ relation }) => relation.name),
      own('provider', ({ relation }) => relation.target.provider),
      own('providerName', ({ relation }) => departments.find(relation.target.provider)!.zh),
      own('resource', ({ relation }) => relation.target.resource),
      own('collectedAt', ({ collectedAt }) => collectedAt),
    ]),
  ];
}
