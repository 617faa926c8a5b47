/**
 * The plan of an operation: what is left to be read after every verdict has been given. Frozen data, and the only thing that
 * `sql/` and `execution/` get to see.
 *
 * INVARIANT: a denied field stands here as a null, a masked one as its masked column. No verdict, grant or principal is in it, so
 * nothing after planning can bring a denied column back.
 */
import type { IdentifierKind } from '../model/identifier-kind.js';
import type { JsonForm } from '../model/value-type.js';

/** Where a parameter's value comes from when the plan is run. */
export type ParameterSource =
  | { readonly from: 'variable'; readonly path: readonly (string | number)[] }
  | { readonly from: 'constant'; readonly value: unknown }
  | { readonly from: 'list'; readonly items: readonly ParameterSource[] }
  /** The divisions of the request's grants. */
  | { readonly from: 'divisions' }
  /** Of the representations in a variable, those of a type by a key, or all: what they are known by, their places, how many they are. */
  | {
      readonly from: 'entities';
      readonly what: 'values' | 'places' | 'count';
      readonly path: readonly (string | number)[];
      readonly type: string | null;
      readonly key: string | null;
    }
  /** The mark that stands before a value to be sealed on its way out. */
  | { readonly from: 'seal-mark' }
  /** What a part of a cut plan is asked for by (`cut-plan.ts`). */
  | { readonly from: 'keys' };

export type ParameterForm =
  | { readonly as: 'value' }
  | { readonly as: 'list' }
  | { readonly as: 'page-size'; readonly plus: 0 | 1 }
  | { readonly as: 'between'; readonly minimum: number; readonly maximum: number }
  | { readonly as: 'search-word' }
  | { readonly as: 'contains-pattern' }
  | { readonly as: 'prefix' }
  | { readonly as: 'prefix-end' }
  | { readonly as: 'identifier-digest'; readonly identifier: IdentifierKind }
  | { readonly as: 'identifier-digests'; readonly identifier: IdentifierKind }
  | { readonly as: 'sealed-id' | 'sealed-ids'; readonly type: string }
  | { readonly as: 'cursor'; readonly scope: string; readonly position: number };

export interface Parameter {
  readonly source: ParameterSource;
  readonly form: ParameterForm;
  /** SQL type it is cast to. */
  readonly sql: string;
  /** What the caller named it by, for error texts. */
  readonly label: string;
}

/** A table and the control columns by which its rows are in or out of scope. */
export interface TableRef {
  readonly library: string;
  readonly schema: string;
  readonly table: string;
  /** Every subject a row is about. */
  readonly subjects: readonly SubjectColumns[];
  /** The row's place: its primary subject's division, or its own; null where it has none. */
  readonly division: string | null;
  /** A date after which the row is there no more. */
  readonly publishedUntil: string | null;
}

/** A column of the table that a relation leads to, and what it equals: the subject of the object it starts from, or a column there. */
export interface JoinPlan {
  readonly column: string;
  readonly equals: 'subject' | { readonly column: string };
  /** The value is a division's code, and those within it count as well. */
  readonly within?: boolean;
  /** Of the rows there, the one with the greatest value of this column. */
  readonly latestBy?: string | null;
  /** Not the subject's own rows, but those of others that share a value with one of its own. */
  readonly peers?: PeersPlan | null;
  /** On a distributed database: the key that the statement asks by is named again, so that one shard is asked. */
  readonly repeatsKey?: boolean;
}

export interface PeersPlan {
  readonly table: TableRef;
  /** What both rows have the same value in. */
  readonly through: string;
  /** A date by which a row has ended. */
  readonly until: string | null;
}

export interface SubjectColumns {
  readonly id: string;
  readonly division: string;
  readonly protectedUntil: string;
  readonly primary: boolean;
}

/** Predicates of the row scope, applied at every path to a subject. */
export interface ScopePlan {
  readonly byDivision: boolean;
  readonly hideProtected: boolean;
}

export interface ColumnRef {
  readonly column: string;
  readonly sql: string;
  readonly nullable: boolean;
}

export type Condition =
  | {
      readonly kind: 'compare';
      readonly column: ColumnRef;
      readonly operator: '=' | '<' | '<=' | '>' | '>=';
      readonly parameter: Parameter;
    }
  | { readonly kind: 'any'; readonly column: ColumnRef; readonly parameter: Parameter }
  | { readonly kind: 'contains'; readonly column: ColumnRef; readonly word: Parameter; readonly pattern: Parameter }
  | { readonly kind: 'prefix'; readonly column: ColumnRef; readonly start: Parameter; readonly end: Parameter }
  | { readonly kind: 'null'; readonly column: ColumnRef; readonly isNull: boolean }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition };

export interface OrderTerm {
  readonly column: ColumnRef;
  readonly descending: boolean;
}

export type Output =
  | { readonly kind: 'null'; readonly key: string }
  | { readonly kind: 'typename'; readonly key: string; readonly value: string }
  | { readonly kind: 'id'; readonly key: string; readonly type: string }
  | { readonly kind: 'column'; readonly key: string; readonly column: string; readonly json: JsonForm }
  | {
      readonly kind: 'identifier';
      readonly key: string;
      readonly identifier: IdentifierKind;
      readonly column: 'value' | 'value_masked' | 'open_value';
    }
  | { readonly kind: 'portrait'; readonly key: string; readonly subject: SubjectColumns; readonly object: ObjectPlan }
  | {
      readonly kind: 'one';
      readonly key: string;
      readonly table: TableRef;
      readonly join: JoinPlan;
      readonly object: ObjectPlan;
    }
  | { readonly kind: 'many'; readonly key: string; readonly join: JoinPlan; readonly connection: ConnectionPlan }
  | { readonly kind: 'graph'; readonly key: string; readonly graph: GraphPlan }
  | { readonly kind: 'owners'; readonly key: string; readonly owners: OwnersPlan }
  | { readonly kind: 'provenance'; readonly key: string; readonly provenance: ProvenancePlan }
  /** Read elsewhere (`cut-plan.ts`): here stands a mark with the key that it is asked for by there. */
  | { readonly kind: 'cut'; readonly key: string; readonly slot: number; readonly by: CutKey };

/** The subject of the object that it stands in, or a column of the row. */
export type CutKey = 'subject' | { readonly column: string; readonly text: boolean };

/** An object of the answer: a row of a dataset, or the portrait of a subject. */
export interface ObjectPlan {
  readonly type: string;
  /** Its number among the plan's nodes. */
  readonly node: number;
  readonly of: 'row' | 'portrait';
  /** Subject ids that a row of it releases. */
  readonly subjectColumns: readonly string[];
  /** The column of the row's primary subject, by which its identifiers are found. */
  readonly primarySubject: string | null;
  readonly outputs: readonly Output[];
}

/** Rows of a table as edges between two subjects. */
export interface EdgesPlan {
  readonly kind: string;
  readonly table: TableRef;
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
  readonly until: string | null;
}

export interface EdgeEnd extends SubjectColumns {
  readonly subjectKind: string;
}

/** The subjects around one, step by step: only along edges and through subjects that the plan's verdicts leave. */
export interface GraphPlan {
  /** What the graph itself releases, whatever is selected of its nodes. */
  readonly node: number;
  /** Kind of the subject in the middle. */
  readonly subjectKind: string;
  readonly steps: ParameterSource;
  readonly edges: readonly EdgesPlan[];
  readonly outputs: readonly GraphOutput[];
}
export type GraphOutput =
  | { readonly kind: 'null' | 'truncated'; readonly key: string }
  | { readonly kind: 'typename'; readonly key: string; readonly value: string }
  | { readonly kind: 'nodes'; readonly key: string; readonly outputs: readonly GraphNodeOutput[] }
  | { readonly kind: 'edges'; readonly key: string; readonly outputs: readonly GraphEdgeOutput[] };
export type GraphNodeOutput =
  | { readonly kind: 'null' | 'number' | 'step'; readonly key: string }
  | { readonly kind: 'typename'; readonly key: string; readonly value: string }
  | SubjectOutput;
/** The portrait of a part's subject, where it is of this kind. */
export interface SubjectOutput {
  readonly kind: 'subject';
  readonly key: string;
  readonly subjectKind: string;
  readonly object: ObjectPlan;
}
export type GraphEdgeOutput =
  | { readonly kind: 'null' | 'kind' | 'from' | 'to'; readonly key: string }
  | { readonly kind: 'typename'; readonly key: string; readonly value: string }
  /** A column of the edges of these kinds; null for others. */
  | {
      readonly kind: 'column';
      readonly key: string;
      readonly column: string;
      readonly sql: string;
      readonly json: JsonForm;
      readonly kinds: readonly string[];
    };

/** Who owns a subject in the end: products of shares along chains of holdings, summed. */
export interface OwnersPlan {
  readonly node: number;
  readonly threshold: Parameter;
  readonly edges: readonly (EdgesPlan & { readonly share: string })[];
  readonly outputs: readonly OwnerOutput[];
}
export type OwnerOutput =
  | {
      readonly kind: 'null' | 'sharePercent' | 'directPercent' | 'chainCount' | 'steps';
      readonly key: string;
    }
  | { readonly kind: 'typename'; readonly key: string; readonly value: string }
  | SubjectOutput;

export interface ProvenancePlan {
  readonly node: number;
  readonly sections: readonly {
    readonly name: string;
    readonly provider: string;
    readonly providerName: string;
    readonly resource: string;
    readonly table: TableRef;
    readonly column: string;
    /** Where the last collection is read elsewhere. */
    readonly slot?: number;
  }[];
  readonly outputs: readonly (
    | { readonly kind: 'typename'; readonly key: string; readonly value: string }
    | {
        readonly kind: 'null' | 'section' | 'provider' | 'providerName' | 'resource' | 'collectedAt';
        readonly key: string;
      }
  )[];
}

export type EdgeOutput =
  | { readonly kind: 'cursor'; readonly key: string }
  | { readonly kind: 'typename'; readonly key: string; readonly value: string }
  | { readonly kind: 'node'; readonly key: string; readonly object: ObjectPlan };
export type PageInfoOutput =
  | { readonly kind: 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor'; readonly key: string }
  | { readonly kind: 'typename'; readonly key: string; readonly value: string };
export type ConnectionOutput =
  | { readonly kind: 'typename'; readonly key: string; readonly value: string }
  | { readonly kind: 'nodes'; readonly key: string; readonly object: ObjectPlan }
  | { readonly kind: 'edges'; readonly key: string; readonly outputs: readonly EdgeOutput[] }
  | { readonly kind: 'pageInfo'; readonly key: string; readonly outputs: readonly PageInfoOutput[] };

export interface ConnectionPlan {
  /** Its own number among the plan's nodes: what the page itself releases, whatever its nodes select. */
  readonly node: number;
  readonly table: TableRef;
  readonly filter: Condition | null;
  readonly order: readonly OrderTerm[];
  readonly pageSize: ParameterSource;
  /** What follows this cursor; its parameters are the order's values and the row id. */
  readonly after: readonly Parameter[] | null;
  /** Binds a cursor to the list and the order it was made for. */
  readonly cursorScope: string;
  readonly outputs: readonly ConnectionOutput[];
}

export type RootPlan =
  | { readonly kind: 'null'; readonly key: string }
  | { readonly kind: 'typename'; readonly key: string; readonly value: string }
  /** A root field with a resolver of its own; graphql-js runs it. */
  | { readonly kind: 'resolver'; readonly key: string; readonly field: string }
  | {
      readonly kind: 'lookup';
      readonly key: string;
      readonly identifier: IdentifierKind;
      readonly digest: Parameter;
      readonly object: ObjectPlan;
    }
  | {
      readonly kind: 'refetch';
      readonly key: string;
      readonly subjectKind: string;
      readonly id: Parameter;
      readonly object: ObjectPlan;
    }
  /** The one row with this code. */
  | {
      readonly kind: 'keyed';
      readonly key: string;
      readonly table: TableRef;
      readonly column: string;
      readonly value: Parameter;
      readonly object: ObjectPlan;
    }
  | { readonly kind: 'list'; readonly key: string; readonly connection: ConnectionPlan }
  /** A list in the order of the representations; without a group there is nothing but nulls in it, and nothing runs. */
  | {
      readonly kind: 'entities';
      readonly key: string;
      readonly count: ParameterSource;
      readonly groups: readonly EntityGroupPlan[];
    };

/** Representations of one type by one key: what they are found by, and where in the list they stand. */
export interface EntityGroupPlan {
  readonly by:
    | { readonly kind: 'lookup'; readonly identifier: IdentifierKind; readonly values: Parameter }
    | { readonly kind: 'refetch'; readonly subjectKind: string; readonly values: Parameter }
    | { readonly kind: 'keyed'; readonly table: TableRef; readonly column: string; readonly values: Parameter };
  readonly places: Parameter;
  readonly object: ObjectPlan;
}

/** One node of the plan as the usage log keeps it: where, which fields, with which verdicts. */
export interface PlanNode {
  readonly path: string;
  readonly type: string;
  readonly fields: readonly {
    readonly name: string;
    readonly verdict: string;
    readonly reason: string;
    readonly level: string | null;
  }[];
}

/** An entry beside the data for a selection that was denied. */
export interface Denial {
  /** SWITCHED_OFF in place of either, where an emergency switch is why. */
  readonly code: 'FIELD_DENIED' | 'ARGUMENT_DENIED' | 'SWITCHED_OFF';
  readonly path: readonly string[];
  readonly coordinate: string;
  readonly level: string | null;
  readonly reason: string;
}

/** An argument as the log may keep it: plain below L3, else a keyed digest. */
export interface LoggedArgument {
  readonly label: string;
  readonly source: ParameterSource;
  readonly sensitive: boolean;
}

/** A page of rows: it stands within another, or at the root (-1). */
export interface CostPage {
  readonly within: number;
  readonly size: ParameterSource;
  readonly fanOut: number | null;
  /** The size is a number that came, not one that was asked for: it counts as it is. */
  readonly counted?: boolean;
}

export interface CostPart {
  readonly path: string;
  readonly type: string;
  /** The page whose every row has one of these; -1: once. */
  readonly within: number;
  readonly each: number;
}

/** The shape of an operation's cost; page sizes are filled in for each request. */
export interface CostPlan {
  readonly pages: readonly CostPage[];
  readonly parts: readonly CostPart[];
}

export interface Plan {
  readonly roots: readonly RootPlan[];
  readonly scope: ScopePlan;
  readonly nodes: readonly PlanNode[];
  readonly denials: readonly Denial[];
  /** Coordinates used in filters, orders and look-ups. */
  readonly usedInArguments: readonly string[];
  readonly arguments: readonly LoggedArgument[];
  readonly cost: CostPlan;
  /** Whether a plain column of level L4 is read: such a plan runs under another database role. */
  readonly readsL4: boolean;
}
