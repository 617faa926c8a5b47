/**
 * Bytes to text in the declared encoding. What is plainly no text (a workbook, an archive, an image) is refused at once; a character
 * here and there that the encoding does not have becomes U+FFFD, and the row that holds it is refused by who reads rows.
 */
import { CitygraphError } from '../errors.js';
import type { Encoding } from './mapping.js';

export type ByteSource = AsyncIterable<Uint8Array>;

const magic: readonly (readonly [string, readonly number[]])[] = [
  ['an Excel workbook or another ZIP archive; save it as CSV first', [0x50, 0x4b, 0x03, 0x04]],
  ['an old Excel workbook; save it as CSV first', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a gzip file; unpack it first', [0x1f, 0x8b]],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46]],
];

/** @throws CitygraphError BAD_USER_INPUT when the beginning is not text of that encoding. */
export async function* decodeText(source: ByteSource, encoding: Encoding, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let first = true;
  for await (const bytes of source) {
    if (bytes.length === 0) continue;
    if (first) refuseKnownFormats(bytes, name);
    const text = decoder.decode(bytes, { stream: true });
    if (first) refuseOtherEncodings(text, encoding, name);
    first = false;
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

function refuseKnownFormats(bytes: Uint8Array, name: string): void {
  const found = magic.find(([, start]) => start.every((byte, index) => bytes[index] === byte));
  if (found) throw new CitygraphError('BAD_USER_INPUT', `${name}: expected a text file, got ${found[0]}`);
}

function refuseOtherEncodings(text: string, encoding: Encoding, name: string): void {
  const strange = text.match(/[\0\uFFFD]/g)?.length ?? 0;
  if (strange === 0 || (strange * 100 < text.length && !text.includes('\0'))) return;
  throw new CitygraphError(
    'BAD_USER_INPUT',
    `${name}: expected text in ${encoding}, got bytes that are not; is it another encoding?`,
  );
}
