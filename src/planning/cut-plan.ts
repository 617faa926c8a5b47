/**
 * Cuts a plan where a relation leaves its database: what stays together is one statement, and what was cut off is a part of its own, asked
 * for by the keys that the rest has found. On a distributed database a relation also leaves where its rows do not lie with the subject.
 *
 * INVARIANT: nothing is decided here. Parts hold the outputs of the plan as they are, with every predicate of the row scope, which stands
 * on columns beside each subject id; so no part has to ask another database whom it may show. It must not know addresses, nor SQL.
 */
import type {
  ConnectionOutput,
  ConnectionPlan,
  CutKey,
  EdgesPlan,
  EntityGroupPlan,
  GraphPlan,
  JoinPlan,
  ObjectPlan,
  Output,
  OwnersPlan,
  Plan,
  ProvenancePlan,
  RootPlan,
  TableRef,
} from './plan.js';

/** Where tables are. */
export interface Placement {
  /** Of the subject index. */
  readonly index: string;
  databaseOf(library: string): string;
  /** The column by whose value a table's rows are spread; null where they are not, or stand on every node. */
  spreadBy(table: TableRef): string | null;
  /** Whether its tables are spread over several machines. */
  isDistributed(database: string): boolean;
}

export interface CutPlan {
  /** The plan's roots by database, each a plan for one statement; on a distributed database each for itself. */
  readonly roots: readonly { readonly database: string; readonly plan: Plan }[];
  readonly parts: readonly CutPart[];
  readonly slots: readonly CutSlot[];
}

/** Outputs of one object that stand in one database and are asked for by one key. */
export interface CutPart {
  readonly database: string;
  readonly keys: 'bigint' | 'text';
  /** On a distributed database a statement asks for one key, so that it can go to one shard. */
  readonly oneByOne: boolean;
  /** Whether all that it reads lies with the key. */
  readonly oneShard: boolean;
  readonly slots: readonly number[];
}

export interface CutSlot {
  readonly part: number;
  readonly output: PartOutput;
  /** Of the error entry where it can't be read. */
  readonly path: readonly string[];
  /** Whether it is within a root list. */
  readonly ofList: boolean;
}

export type PartOutput =
  | Extract<Output, { kind: 'identifier' | 'one' | 'many' | 'graph' | 'owners' }>
  | { readonly kind: 'collected-at'; readonly key: string; readonly table: TableRef; readonly column: string };

/** Where the walk stands: what can be read here without leaving. */
interface Here {
  readonly database: string;
  /** Whether rows of the object's subject lie where those that the statement is at do. */
  readonly anchored: boolean;
  /** On a distributed database: whether that subject is the key that the statement asks by. */
  readonly keyed: boolean;
  readonly path: readonly string[];
  readonly inList: boolean;
}

/** @returns null where one statement on the database of the subject index reads it all */
export function cutPlan(plan: Plan, placement: Placement): CutPlan | null {
  const cutter = new Cutter(placement);
  const roots: { database: string; own: RootPlan[] }[] = [];
  for (const root of plan.roots) {
    for (const [database, cut] of cutter.root(root)) {
      const known = placement.isDistributed(database) ? undefined : roots.find((it) => it.database === database);
      if (known) known.own.push(cut);
      else roots.push({ database, own: [cut] });
    }
  }
  const { index } = placement;
  const isWhole = cutter.slots.length === 0 && roots.every(({ database }) => database === index);
  if (isWhole && !placement.isDistributed(index)) return null;
  return {
    roots: roots.map(({ database, own }) => ({ database, plan: { ...plan, roots: own } })),
    parts: cutter.parts,
    slots: cutter.slots,
  };
}

class Cutter {
  readonly parts: (Omit<CutPart, 'slots'> & { readonly slots: number[] })[] = [];
  readonly slots: CutSlot[] = [];
  /** Whether the root that is cut is a list. */
  private ofList = false;

  constructor(private readonly placement: Placement) {}

  /** Entities of several databases are a root of each. */
  root(root: RootPlan): [database: string, root: RootPlan][] {
    const { index } = this.placement;
    this.ofList = root.kind === 'list';
    const at = { path: [root.key], inList: false };
    switch (root.kind) {
      case 'lookup':
      case 'refetch': {
        const anchored = !this.placement.isDistributed(index);
        return [
          [index, { ...root, object: this.object(root.object, { ...at, database: index, anchored, keyed: false }) }],
        ];
      }
      case 'keyed': {
        const here = this.hereOf(root.table, at, false);
        return [[here.database, { ...root, object: this.object(root.object, here) }]];
      }
      case 'list': {
        const here = this.hereOf(root.connection.table, at, false);
        return [[here.database, { ...root, connection: this.connection(root.connection, here) }]];
      }
      case 'entities':
        return this.entities(root);
      default:
        return [];
    }
  }

  private entities(root: Extract<RootPlan, { kind: 'entities' }>): [database: string, root: RootPlan][] {
    const { index } = this.placement;
    const at = { path: [root.key], inList: true };
    const anchored = !this.placement.isDistributed(index);
    const byDatabase = new Map<string, EntityGroupPlan[]>();
    for (const group of root.groups) {
      const here: Here =
        group.by.kind === 'keyed'
          ? this.hereOf(group.by.table, at, false)
          : { ...at, database: index, anchored, keyed: false };
      const groups = byDatabase.get(here.database) ?? [];
      byDatabase.set(here.database, [...groups, { ...group, object: this.object(group.object, here) }]);
    }
    return [...byDatabase].map(([database, groups]) => [database, { ...root, groups }]);
  }

  private object(object: ObjectPlan, here: Here): ObjectPlan {
    const parts = new Map<string, number>();
    const outputs = object.outputs.map((output) => this.output(object, output, here, parts));
    return { ...object, outputs };
  }

  private output(object: ObjectPlan, output: Output, here: Here, parts: Map<string, number>): Output {
    const at = into(here, output.key);
    const cutOff = (database: string, by: CutKey, read: PartOutput, oneShard: boolean): Output => {
      const slot = this.open(parts, { database, by, oneShard }, read, at.path);
      return { kind: 'cut', key: output.key, slot, by };
    };
    switch (output.kind) {
      case 'identifier': {
        const { index } = this.placement;
        if (here.database === index && !this.placement.isDistributed(index)) return output;
        if (object.of === 'portrait') return cutOff(index, 'subject', output, false);
        return object.primarySubject
          ? cutOff(index, { column: object.primarySubject, text: false }, output, false)
          : { kind: 'null', key: output.key };
      }
      case 'portrait': {
        const same = !this.isSpread(here) || object.primarySubject === output.subject.id;
        const [anchored, keyed] = [here.anchored && same, here.keyed && same];
        return { ...output, object: this.object(output.object, { ...at, anchored, keyed }) };
      }
      case 'one': {
        const { table, join } = output;
        const stays = this.stays(here, table, join);
        const liesByKey = this.liesByKey(table, join);
        const there = this.hereOf(table, at, liesByKey && (stays ? here.keyed : true));
        const read = { ...output, object: this.object(output.object, there) };
        if (stays) return { ...read, join: this.joined(here, table, join) };
        return cutOff(there.database, keyOf(join), { ...read, join: byKey(join) }, liesByKey);
      }
      case 'many': {
        const { join } = output;
        const { table } = output.connection;
        const stays = this.stays(here, table, join);
        const liesByKey = this.liesByKey(table, join);
        const there = this.hereOf(table, at, liesByKey && (stays ? here.keyed : true));
        const read = { ...output, connection: this.connection(output.connection, there) };
        if (stays) return { ...read, join: this.joined(here, table, join) };
        return cutOff(there.database, keyOf(join), { ...read, join: byKey(join) }, liesByKey);
      }
      case 'graph': {
        const there = this.edgesAt(output.graph.edges, at);
        const read = { ...output, graph: this.graph(output.graph, there) };
        return here.database === there.database ? read : cutOff(there.database, 'subject', read, false);
      }
      case 'owners': {
        const there = this.edgesAt(output.owners.edges, at);
        const read = { ...output, owners: this.owners(output.owners, there) };
        return here.database === there.database ? read : cutOff(there.database, 'subject', read, false);
      }
      case 'provenance':
        return { ...output, provenance: this.provenance(output.provenance, at, parts) };
      default:
        return output;
    }
  }

  private connection(plan: ConnectionPlan, here: Here): ConnectionPlan {
    const at = { ...here, inList: true };
    const outputs = plan.outputs.map((output): ConnectionOutput => {
      if (output.kind === 'nodes') return { ...output, object: this.object(output.object, at) };
      if (output.kind !== 'edges') return output;
      const edges = output.outputs.map((it) =>
        it.kind === 'node' ? { ...it, object: this.object(it.object, at) } : it,
      );
      return { ...output, outputs: edges };
    });
    return { ...plan, outputs };
  }

  private graph(plan: GraphPlan, here: Here): GraphPlan {
    const outputs = plan.outputs.map((output) => {
      if (output.kind !== 'nodes') return output;
      const at = { ...into(here, output.key), inList: true };
      return {
        ...output,
        outputs: output.outputs.map((it) =>
          it.kind === 'subject' ? { ...it, object: this.object(it.object, at) } : it,
        ),
      };
    });
    return { ...plan, outputs };
  }

  private owners(plan: OwnersPlan, here: Here): OwnersPlan {
    const at = { ...here, inList: true };
    const outputs = plan.outputs.map((it) =>
      it.kind === 'subject' ? { ...it, object: this.object(it.object, at) } : it,
    );
    return { ...plan, outputs };
  }

  /** A section that stands elsewhere tells from there when it was collected last. */
  private provenance(plan: ProvenancePlan, here: Here, parts: Map<string, number>): ProvenancePlan {
    if (!plan.outputs.some(({ kind }) => kind === 'collectedAt')) return plan;
    const at = { ...here, inList: true };
    const sections = plan.sections.map((section) => {
      const { table, column, name } = section;
      if (this.stays(here, table, { column, equals: 'subject' })) return section;
      const database = this.placement.databaseOf(table.library);
      const oneShard = this.liesByKey(table, { column, equals: 'subject' });
      const read = { kind: 'collected-at', key: name, table, column } as const;
      return { ...section, slot: this.open(parts, { database, by: 'subject', oneShard }, read, at.path) };
    });
    return { ...plan, sections };
  }

  /** Outputs of one object that go to one database by one key are one part; what is spread over all shards is one of its own. */
  private open(
    parts: Map<string, number>,
    { database, by, oneShard }: { database: string; by: CutKey; oneShard: boolean },
    output: PartOutput,
    path: readonly string[],
  ): number {
    const oneByOne = this.placement.isDistributed(database);
    const keys = by !== 'subject' && by.text ? 'text' : 'bigint';
    const slot = this.slots.length;
    const name = `${database} ${by === 'subject' ? '' : by.column} ${oneByOne && !oneShard ? slot : ''}`;
    let part = parts.get(name);
    if (part === undefined) {
      part = this.parts.push({ database, keys, oneByOne, oneShard: oneByOne && oneShard, slots: [] }) - 1;
      parts.set(name, part);
    }
    this.slots.push({ part, output, path, ofList: this.ofList });
    this.parts[part]!.slots.push(slot);
    return slot;
  }

  private stays(here: Here, table: TableRef, join: JoinPlan): boolean {
    const database = this.placement.databaseOf(table.library);
    if (database !== here.database) return false;
    if (!this.placement.isDistributed(database)) return true;
    const spread = this.placement.spreadBy(table);
    // A table that stands whole on every node is joined to anything.
    if (spread === null) return true;
    return here.anchored && join.equals === 'subject' && join.column === spread && !join.peers;
  }

  /** Whether rows that are found by the key lie with it. */
  private liesByKey(table: TableRef, join: JoinPlan): boolean {
    return join.equals === 'subject' && !join.peers && join.column === this.placement.spreadBy(table);
  }

  private joined(here: Here, table: TableRef, join: JoinPlan): JoinPlan {
    return here.keyed && this.isSpread(here) && this.placement.spreadBy(table) !== null
      ? { ...join, repeatsKey: true }
      : join;
  }

  private isSpread(here: Here): boolean {
    return this.placement.isDistributed(here.database);
  }

  /** @param liesByKey whether the row's primary subject is the key that the statement asks by */
  private hereOf(table: TableRef, at: Pick<Here, 'path' | 'inList'>, liesByKey: boolean): Here {
    const database = this.placement.databaseOf(table.library);
    const spread = this.placement.spreadBy(table);
    const primary = table.subjects.find((subject) => subject.primary)?.id ?? null;
    const anchored = !this.placement.isDistributed(database) || (spread !== null && spread === primary);
    return { path: at.path, inList: at.inList, database, anchored, keyed: liesByKey && spread === primary };
  }

  /** All kinds of edges stand in one database (`requirePlaceable`). A subject that they lead to lies anywhere. */
  private edgesAt(edges: readonly EdgesPlan[], at: Pick<Here, 'path' | 'inList'>): Here {
    const database = this.placement.databaseOf(edges[0]!.table.library);
    const anchored = !this.placement.isDistributed(database);
    return { path: at.path, inList: at.inList, database, anchored, keyed: false };
  }
}

function into<At extends Pick<Here, 'path' | 'inList'>>(at: At, key: string): At {
  return at.inList ? at : { ...at, path: [...at.path, key] };
}

function keyOf(join: JoinPlan): CutKey {
  return join.equals === 'subject' ? 'subject' : { column: join.equals.column, text: true };
}

/** In a part the key itself stands where the subject stood. */
function byKey(join: JoinPlan): JoinPlan {
  return { ...join, equals: 'subject' };
}
