/**
 * What an emergency switch closes, by one snapshot of the policy. A consumer, a grant or everything is refused whole; of a library no
 * coordinate is readable, nor what is computed from it.
 *
 * Pure. Officials go on: they see no library data, and one of them must be able to lift the switch.
 */
import { CitygraphError } from '../errors.js';
import type { CoordinateEntry } from '../model/registry.js';
import type { Grant, Principal } from './access.js';
import type { SwitchScope } from './emergency-switch.entity.js';

export interface EmergencySwitches {
  readonly everything: boolean;
  readonly consumers: ReadonlySet<string>;
  readonly grants: ReadonlySet<string>;
  readonly libraries: ReadonlySet<string>;
}

export function readSwitches(
  rows: readonly { readonly scope: SwitchScope; readonly target: string }[],
): EmergencySwitches {
  const of = (scope: SwitchScope): ReadonlySet<string> =>
    new Set(rows.filter((row) => row.scope === scope).map(({ target }) => target));
  return Object.freeze({
    everything: of('everything').size > 0,
    consumers: of('consumer'),
    grants: of('grant'),
    libraries: of('library'),
  });
}

/** @throws SWITCHED_OFF, which says neither what was switched off nor why */
export function requireNotSwitchedOff(
  switches: EmergencySwitches,
  principal: Principal,
  grants: readonly Grant[],
): void {
  if (principal.kind === 'official') return;
  const off =
    switches.everything ||
    (principal.kind === 'consumer' && switches.consumers.has(principal.name)) ||
    grants.some(({ code }) => switches.grants.has(code));
  if (off)
    throw new CitygraphError(
      'SWITCHED_OFF',
      'expected access that is open, but it has been switched off for now; ask the data centre',
    );
}

/** Whether a coordinate is of a library that is switched off, or made from one. */
export function closesLibrary(
  { libraries }: EmergencySwitches,
  coordinates: ReadonlyMap<string, CoordinateEntry>,
): (entry: CoordinateEntry) => boolean {
  if (libraries.size === 0) return () => false;
  const isOff = (entry: CoordinateEntry): boolean =>
    (entry.library !== undefined && libraries.has(entry.library)) ||
    [...(entry.madeFrom ?? []), ...entry.derivedFrom].some((source) => {
      const found = coordinates.get(source);
      return found !== undefined && found !== entry && isOff(found);
    });
  return isOff;
}
