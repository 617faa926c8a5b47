import { readFileSync } from 'node:fs';

/** Whether the comment that opens a file holds a mark such as `@long`. */
export function isMarked(file, mark) {
  const [comment] = /^\s*\/\*\*[^]*?\*\//.exec(readFileSync(file, 'utf8')) ?? [''];
  return comment.includes(mark);
}
