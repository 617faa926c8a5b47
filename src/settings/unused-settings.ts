/** Variables that look like settings and are none: a limit with a letter wrong is a limit that does not hold. */
import type { Environment } from './read-setting.js';

/** Beginnings that our settings have and hardly anyone else's. */
const ours =
  /^(?:CITYGRAPH|LIMIT|RATE|BURST|CONCURRENCY|LOOKUPS?|MISSES|ANOMALY|ALERT_WEBHOOK|OIDC|GATEWAY|READER|METRICS|READY|SHUTDOWN|GRAPHIQL|KEYRING|STATEMENT|TRUSTED)_/;
/** Of the tests and the examples. */
const others = /^CITYGRAPH_(?:TEST_|URL$|OPERATIONS|CALLERS$|CRASH_ROUNDS$|WRITE_CASES$|EXPLAIN_)/;

/** @param asked the names that were looked for while the settings were read */
export function findUnusedSettings(env: Environment, asked: ReadonlySet<string>): string[] {
  return Object.keys(env)
    .filter((name) => ours.test(name) && !others.test(name) && !asked.has(name))
    .sort()
    .map((name) => {
      const meant = findAlike(name.replace(/^CITYGRAPH_/, ''), asked);
      return `${name}: no setting of this name is read${meant ? `; ${meant} is meant?` : '; README.md has them all'}`;
    });
}

function findAlike(name: string, known: ReadonlySet<string>): string | null {
  let best: string | null = null;
  let least = 3;
  for (const other of known) {
    const distance = Math.abs(other.length - name.length) >= least ? least : editDistance(name, other);
    if (distance < least) [best, least] = [other, distance];
  }
  return best;
}

/** Levenshtein's; names are short. */
function editDistance(one: string, two: string): number {
  let row = Array.from({ length: two.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= two.length; j += 1)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (one[i - 1] === two[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[two.length]!;
}
