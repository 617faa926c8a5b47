/**
 * A text in UTF-8 as a string in which each character is one byte. V8 keeps such a string in as many bytes, so what is put together of several
 * is written, hashed and sent by copying; one Chinese character makes the whole of a text two bytes a character, which are encoded anew each
 * time.
 *
 * It is for whoever writes bytes (`latin1`), never for a reader: to it `é` and `Ã©` are alike. JSON in it is parsed and written as in any text, for
 * all that JSON is made of is ASCII.
 */
export type ByteString = string & { readonly [bytes]: true };
declare const bytes: unique symbol;

/** Fields of a row, as a database sends them. */
export type RowFields = readonly (ByteString | null)[];

export function toByteString(text: string): ByteString {
  return (Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1')) as ByteString;
}
