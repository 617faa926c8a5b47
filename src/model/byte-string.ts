/**
 * A text in UTF-8 as a string in which each character is one byte. V8 keeps such a string in as many bytes, so what is put together of several
 * is written, hashed and sent by copying; one Chinese character makes the whole of a text two bytes a character, which are encoded anew each
 * time.
 *
 * It is for whoever writes bytes (`latin1`), never for a reader: to it `é` and `Ã©` are alike.
 */
export function toByteString(text: string): string {
  return Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1');
}
