/**
 * In which order jest runs test files. It knows how long each took the last time; where there was none, those that say `@long` in their first
 * comment go first, so that no core waits at the end for another.
 */
import Sequencer from '@jest/test-sequencer';
import { isMarked } from './first-comment.mjs';

export default class LongFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isLong = new Map(sorted.map((test) => [test, test.duration == null && isMarked(test.path, '@long')]));
    return [...sorted.filter((test) => isLong.get(test)), ...sorted.filter((test) => !isLong.get(test))];
  }
}
