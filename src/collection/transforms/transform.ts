/**
 * What a transform is: a pure step from one text to a value, or a reason why not.
 *
 * A transform sees one present text at a time (missing values never reach it), keeps no state between rows and reads no clock, file or
 * database: what it needs to know of the city comes in as its vocabulary when the mapping is read.
 */
import type { CodeEntry, CodeList } from '../../model/code-lists/code-list.js';
import type { Town } from '../../model/code-lists/towns.js';
import type { MappingNode } from '../mapping-node.js';
import { type Reason, type ReasonCode, reasons } from '../reasons.js';

export type Value = string | number | boolean;

export type TransformResult =
  { readonly ok: true; readonly value: Value | null } | { readonly ok: false; readonly reason: Reason };

export interface TransformContext {
  readonly line: number;
  readonly column: string;
}

export type Transform = (value: string, context: TransformContext) => TransformResult;

/** What transforms know of the city. */
export interface Vocabulary {
  codeList(name: string): CodeList | undefined;
  /** The nine, without the city itself. */
  readonly divisions: readonly CodeEntry[];
  readonly towns: readonly Town[];
}

export interface TransformDefinition {
  readonly name: string;
  /** `text` may be followed by another transform; anything else ends the chain. */
  readonly yields: 'text' | 'number' | 'boolean';
  /** Reads the arguments as a mapping writes them. Throws MAPPING_INVALID. */
  build(args: MappingNode, vocabulary: Vocabulary): Transform;
}

export function taken(value: Value | null): TransformResult {
  return { ok: true, value };
}

export function refused(reason: ReasonCode | Reason): TransformResult {
  return { ok: false, reason: typeof reason === 'string' ? reasons[reason] : reason };
}
