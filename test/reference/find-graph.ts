/** Whom a legal person is tied to, by breadth-first search over rows in memory: step by step, never through what is not there for the caller. */
import { type GraphLink, graphLimits } from '../../src/model/relation-graph.js';
import type { SubjectField } from '../../src/model/declaration.js';
import type { SubjectKind } from '../../src/model/subject-kind.js';
import type { Row } from './list-request.js';
import { hasEnded, type RowSource } from './row-source.js';

export interface GraphNode {
  readonly subject: string;
  /** Of a rehearsal's node it is every kind at once. */
  readonly kind: SubjectKind | 'every';
  readonly step: number;
  readonly number: number;
}

export interface GraphEdge {
  readonly link: GraphLink;
  readonly row: Row;
  readonly from: number;
  readonly to: number;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly isTruncated: boolean;
}

export async function findGraph(
  rows: RowSource,
  links: readonly GraphLink[],
  middle: { readonly subject: string; readonly kind: SubjectKind },
  steps: number,
): Promise<Graph> {
  const nodes: GraphNode[] = [{ ...middle, step: 0, number: 0 }];
  let isCut = false;
  for (let step = 1, last = nodes.slice(); step <= steps; step += 1) {
    const near = await findNeighbours(rows, links, last);
    for (const { subject } of nodes) near.delete(subject);
    const fresh = [...near].sort(([a], [b]) => compareIds(a, b));
    if (fresh.length > graphLimits.nodesPerStep) isCut = true;
    last = fresh
      .slice(0, graphLimits.nodesPerStep)
      .map(([subject, kind], index) => ({ subject, kind, step, number: nodes.length + index }));
    nodes.push(...last);
  }
  const edges = await findEdges(rows, links, nodes);
  return {
    nodes,
    edges: edges.slice(0, graphLimits.edges),
    isTruncated: isCut || edges.length > graphLimits.edges,
  };
}

async function findNeighbours(
  rows: RowSource,
  links: readonly GraphLink[],
  nodes: readonly GraphNode[],
): Promise<Map<string, SubjectKind>> {
  const found = new Map<string, SubjectKind>();
  const ways = links.flatMap((link) => [
    { link, near: link.from, far: link.to },
    { link, near: link.to, far: link.from },
  ]);
  await Promise.all(
    nodes.flatMap((node) =>
      ways.map(async ({ link, near, far }) => {
        for (const row of await edgeRowsOf(rows, link, near, node)) {
          const subject = rows.subjectOf(row, far);
          if (subject !== null) found.set(subject, far.subject);
        }
      }),
    ),
  );
  return found;
}

async function findEdges(
  rows: RowSource,
  links: readonly GraphLink[],
  nodes: readonly GraphNode[],
): Promise<GraphEdge[]> {
  const numbers = new Map(nodes.map(({ subject, number }) => [subject, number]));
  const found = await Promise.all(
    nodes.flatMap((node) =>
      links.map(async (link) => {
        const own = await edgeRowsOf(rows, link, link.from, node);
        return own.flatMap((row): GraphEdge[] => {
          const to = numbers.get(rows.subjectOf(row, link.to) ?? '');
          return to === undefined ? [] : [{ link, row, from: node.number, to }];
        });
      }),
    ),
  );
  return found
    .flat()
    .sort(
      (a, b) =>
        a.from - b.from ||
        a.to - b.to ||
        links.indexOf(a.link) - links.indexOf(b.link) ||
        compareIds(String(a.row['id']), String(b.row['id'])),
    );
}

/** Rows that are there, have not ended, and have the node at this end. */
async function edgeRowsOf(rows: RowSource, link: GraphLink, end: SubjectField, node: GraphNode): Promise<Row[]> {
  if (node.kind !== end.subject) return [];
  const found = await rows.findRows(link.dataset, { key: end.name, value: node.subject });
  return found.filter((row) => !hasEnded(rows, link.until, row));
}

export function compareIds(a: string, b: string): number {
  return BigInt(a) < BigInt(b) ? -1 : Number(BigInt(a) > BigInt(b));
}
