/** Telephone numbers that look like mobile ones and reach nobody: prefix 154 is given to no operator's subscribers. */
import { type Draw, streamOf } from './draw.js';

const stream = streamOf('telephone');

export function drawTelephone(draw: Draw, index: number): string {
  return `154${String(draw.below(stream, index, 100_000_000)).padStart(8, '0')}`;
}
