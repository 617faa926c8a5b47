/**
 * What the database marked in a JSON text, on the way out: ids and cursors are sealed in their places, and what an object releases for a node of
 * the plan (a member with the number of the node in its key, and the subjects for a value) is taken out, for the usage log.
 *
 * INVARIANT: nothing of a mark leaves. It is random and new with each process, so no stored text can imitate it, and every mark that is found is
 * either understood whole or nothing of the answer is released. It must not know plans, nor what is selected.
 */
import { randomBytes } from 'node:crypto';
import { CitygraphError } from '../errors.js';
import type { Sealer } from './seal.js';

/** Of letters that JSON writes as they are; short, for it stands in a text hundreds of times. */
export const sealMark = `~${randomBytes(9).toString('base64url')}`;

/** The key of a member that tells what a node releases. */
export function traceKeyOf(node: number): string {
  return `${sealMark}t${node}`;
}

/** For each node of a plan: rows by comma, a row's subjects by plus; empty where it released nothing. */
export class ReleasedSubjects {
  private readonly rows: (string | null)[];

  constructor(nodes: number) {
    this.rows = Array<string | null>(nodes).fill(null);
  }

  add(node: number, rows: string): void {
    const before = this.rows[node];
    if (before === undefined) notUnderstood();
    this.rows[node] = before === null ? rows : `${before},${rows}`;
  }

  list(): readonly string[] {
    return this.rows.map((rows) => rows ?? '');
  }
}

/**
 * What stands behind a mark. Of a trace: up to the next member; its subjects are a number or a text, or null where there are none. Objects made of
 * rows are written without spaces.
 */
const trace = /t(\d+)" ?: ?(?:(\d+)|"([\d+,]*)"|null)(?:, ?)?/y;
const sealed = /([ic]):([A-Za-z0-9_-]+):([0-9a-f]+);/y;

/**
 * @param released where traces go, in the order in which they stand
 * @throws INTERNAL where a mark is not understood
 */
export function readMarked(text: string, sealer: Sealer, released: ReleasedSubjects): string {
  let read = '';
  let from = 0;
  // By hand: one expression for all, replaced by a callback, takes half as long again.
  for (let at = text.indexOf(sealMark); at >= 0; at = text.indexOf(sealMark, from)) {
    const behind = at + sealMark.length;
    const isTrace = text[behind] === 't';
    const form = isTrace ? trace : sealed;
    form.lastIndex = behind;
    const [, first, second, third] = form.exec(text) ?? notUnderstood();
    if (isTrace) {
      // Without the quotation mark before its key.
      read += text.slice(from, at - 1);
      const subjects = second ?? third;
      if (subjects !== undefined) released.add(Number(first), subjects);
    } else {
      read +=
        text.slice(from, at) + (first === 'i' ? sealer.sealId(second!, third!) : sealer.sealCursor(second!, third!));
    }
    from = form.lastIndex;
  }
  return from === 0 ? text : read + text.slice(from);
}

function notUnderstood(): never {
  throw new CitygraphError('INTERNAL', 'expected marks of the plan in what the database gave, got another');
}
