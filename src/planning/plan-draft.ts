/**
 * A plan in the making: what is gathered while an operation is walked, and the few ways to add to it. Verdicts are asked for and put down
 * here alone, so that none is used without being on record.
 */
import type { SelectionSetNode } from 'graphql';
import { CitygraphError } from '../errors.js';
import { compareLevels, type Level } from '../model/classification.js';
import type { ColumnField, Dataset, SubjectField } from '../model/declaration.js';
import type { Registry } from '../model/registry.js';
import type { Verdict } from '../model/verdict.js';
import type { FieldGroup, SelectionContext } from './collect-fields.js';
import type {
  CostPage,
  CostPart,
  Denial,
  LoggedArgument,
  PlanNode,
  ScopePlan,
  SubjectColumns,
  TableRef,
} from './plan.js';

/** How verdicts are asked for: the shields, behind one door. */
export interface Decider {
  field(coordinate: string): Promise<Verdict>;
  match(coordinate: string): Promise<Verdict>;
}

export interface PlanRequest extends SelectionContext {
  readonly selectionSet: SelectionSetNode;
  readonly scope: ScopePlan;
  /** Objects and lists that the operation may have. */
  readonly maximumNodes: number;
}

/** Mutable while planning, and only here. */
export interface Draft extends PlanRequest {
  readonly registry: Registry;
  readonly decider: Decider;
  readonly nodes: { path: string; type: string; fields: PlanNode['fields'][number][] }[];
  readonly denials: Denial[];
  readonly usedInArguments: Set<string>;
  readonly arguments: LoggedArgument[];
  readonly cost: { readonly pages: CostPage[]; readonly parts: CostPart[] };
  readsL4: boolean;
}

/** Where in the answer the planner stands: response keys from the root; errors end at the outermost list. */
export interface Place {
  readonly path: readonly string[];
  readonly errorPath: readonly string[];
  readonly inList: boolean;
  /** The page whose rows it stands in, by its number in the draft's cost; -1 outside of any. */
  readonly page: number;
}

export function rootPlace(key: string): Place {
  return { path: [key], errorPath: [key], inList: false, page: -1 };
}

/** Whether rows of the type may be known to exist. */
export async function isVisible(draft: Draft, type: string, place: Place): Promise<boolean> {
  const verdict = await draft.decider.field(type);
  if (verdict.kind === 'allow') return true;
  deny(draft, 'FIELD_DENIED', place, type, verdict);
  return false;
}

export async function isReadable(draft: Draft, node: number, coordinate: string, place: Place): Promise<boolean> {
  return (await readVerdict(draft, node, coordinate, place)) !== null;
}

/** The verdict on a selected field, put down for the log; null, with an error entry, where it may not be read. */
export async function readVerdict(
  draft: Draft,
  node: number,
  coordinate: string,
  place: Place,
): Promise<Verdict | null> {
  const verdict = await draft.decider.field(coordinate);
  const { kind, reason, level } = verdict;
  const known = draft.nodes[node]!.fields;
  const name = coordinate.slice(coordinate.indexOf('.') + 1);
  if (!known.some((field) => field.name === name)) known.push({ name, verdict: kind, reason, level });
  if (kind === 'allow' || kind === 'mask') return verdict;
  deny(draft, 'FIELD_DENIED', place, coordinate, verdict);
  return null;
}

export function deny(draft: Draft, code: Denial['code'], place: Place, coordinate: string, verdict: Verdict): void {
  const { level, reason } = verdict;
  const shown = reason === 'switched-off' ? 'SWITCHED_OFF' : code;
  draft.denials.push({ code: shown, path: place.errorPath, coordinate, level, reason });
}

/**
 * Each is a join or more, and PostgreSQL's time to plan a statement grows with the square of them, so their number is limited besides what
 * they cost.
 *
 * @param each what one of them costs
 * @throws COST_EXCEEDED
 */
export function openNode(draft: Draft, place: Place, type: string, each = 1): number {
  const { maximumNodes } = draft;
  if (draft.nodes.length >= maximumNodes) {
    const came = draft.nodes.length + 1;
    throw new CitygraphError(
      'COST_EXCEEDED',
      `expected an operation over at most ${maximumNodes} objects and lists, got ${came} or more`,
      { limit: 'nodes', maximum: maximumNodes, came },
    );
  }
  const path = place.path.join('.');
  draft.cost.parts.push({ path, type, within: place.page, each });
  return draft.nodes.push({ path, type, fields: [] }) - 1;
}

/** The place of the rows of a list that stands here. */
export function openPage(
  draft: Draft,
  place: Place,
  size: CostPage['size'],
  fanOut: number | null,
  counted = false,
): Place {
  const page = { within: place.page, size, fanOut, ...(counted && { counted }) };
  return { ...place, inList: true, page: draft.cost.pages.push(page) - 1 };
}

export function descend(place: Place, key: string): Place {
  const path = [...place.path, key];
  return { path, errorPath: place.inList ? place.errorPath : path, inList: place.inList, page: place.page };
}

export function selectionSets(group: FieldGroup): SelectionSetNode[] {
  return group.flatMap((field) => (field.selectionSet ? [field.selectionSet] : []));
}

export function subjectColumnsOf(field: SubjectField): SubjectColumns {
  return {
    id: field.idColumn,
    division: field.divisionColumn,
    protectedUntil: field.protectedColumn,
    primary: field.primary,
  };
}

export function tableOf(dataset: Dataset): TableRef {
  const subjects = [...dataset.fields.values()].flatMap((field) =>
    field.kind === 'subject' ? [subjectColumnsOf(field)] : [],
  );
  const { library, schema, table, divisionColumn, publishedUntilColumn } = dataset;
  return { library, schema, table, subjects, division: divisionColumn, publishedUntil: publishedUntilColumn };
}

/**
 * INVARIANT: what is L4 by its declaration or by a re-grading is read under the role for L4. The database's column rights follow the
 * declaration, so what was re-graded down from L4 can't be read otherwise; what was re-graded up must not be.
 */
export function noteLevels(draft: Draft, field: ColumnField, verdict: Verdict): void {
  if (field.classification.level === 'L4' || verdict.level === 'L4') draft.readsL4 = true;
}

/** Whether the log keeps a value of this level as a digest alone. */
export function isSensitive(level: Level | null): boolean {
  return level !== null && compareLevels(level, 'L3') >= 0;
}
