/** A page as sections of cells: what an answer holds, what was denied of it and why, and where it came from. No HTML here. */
import type { AnswerError } from '../graphql-client.js';

type Cell = string | number | boolean | null | undefined;

/** Every row of every library says who provided it and when it was collected. */
interface Provenance {
  readonly provider?: string | null;
  readonly collectedAt?: string | null;
}

export interface Denial {
  readonly coordinate: string;
  readonly level: string;
  readonly reasonZh: string;
  readonly remedy: string;
}

export interface Section {
  readonly zh: string;
  readonly en: string;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** `provider, day`, each once. */
  readonly provenance: readonly string[];
  /** Set where the whole section was denied. */
  readonly denied: Denial | null;
  /** Single fields of it that were. */
  readonly withheld: readonly Denial[];
}

export type Column<Node> = readonly [header: string, cell: (node: Node) => Cell];

/** Sections of one portrait; `root` is the field of the answer that holds it. */
export function createSections(root: string, errors: readonly AnswerError[]) {
  return function section<Node extends Provenance>(
    field: string,
    [zh, en]: readonly [string, string],
    nodes: readonly Node[] | Node | null | undefined,
    columns: readonly Column<Node>[],
  ): Section {
    const list: readonly Node[] = nodes === null || nodes === undefined ? [] : isList(nodes) ? nodes : [nodes];
    const own = errors.filter(({ path }) => path?.[0] === root && path[1] === field);
    // What is denied is null; what is there and empty is a list of none.
    const isDenied = (nodes === null || nodes === undefined) && own.length > 0;
    return {
      zh,
      en,
      headers: columns.map(([header]) => header),
      rows: list.map((node) => columns.map(([, cell]) => text(cell(node)))),
      provenance: [...new Set(list.map(provenanceOf).filter((it) => it !== ''))],
      denied: isDenied ? denialOf(own[0]!) : null,
      withheld: isDenied ? [] : own.map(denialOf),
    };
  };
}

function isList<T>(it: readonly T[] | T): it is readonly T[] {
  return Array.isArray(it);
}

function text(cell: Cell): string {
  if (cell === null || cell === undefined) return '—';
  return typeof cell === 'boolean' ? (cell ? '是' : '否') : String(cell);
}

function provenanceOf({ provider, collectedAt }: Provenance): string {
  return provider ? `${provider}, ${collectedAt?.slice(0, 10) ?? ''}` : '';
}

/** Every code has a message; a denial says its level, why, and what would give access. */
export function denialOf({ message, extensions }: AnswerError): Denial {
  const say = (name: string): string => (typeof extensions[name] === 'string' ? extensions[name] : '');
  return {
    coordinate: say('coordinate') || say('code'),
    level: say('level'),
    reasonZh: say('reasonZh') || message,
    remedy: say('remedy'),
  };
}
