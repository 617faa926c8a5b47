/** What departments supply: neither computed from the pool nor counted from the service's own records. */
import type { Dataset } from '../../src/model/declaration.js';

export function isSupplied({ derivedFrom, loweredBy }: Dataset): boolean {
  return derivedFrom.length === 0 && loweredBy === null;
}
