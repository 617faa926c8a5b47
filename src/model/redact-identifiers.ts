/** Official identifiers and telephone numbers, wherever a text that a caller wrote may hold one: aliases, names, messages, search words. */

/** Whether a text holds what may be a resident ID number, a credit code or a telephone number, in full-width characters too. */
export function holdsIdentifier(text: string): boolean {
  return redactIdentifiers(text) !== text;
}

/** INVARIANT: no message and no usage record repeats an identifier, not even one that a caller put where none belongs. */
export function redactIdentifiers(text: string): string {
  return text.replace(/[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]{11,}/g, redactWord);
}

function redactWord(word: string): string {
  return (word.match(/[0-9０-９]/g)?.length ?? 0) >= 8 ? '…' : word;
}

const date = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
/** Resident ID number of 18 or 15 characters; mobile telephone, with or without the country's code. */
const personNumbers = new RegExp(
  `(?<!\\d)(?:[1-9]\\d{5}(?:18|19|20)\\d{2}${date}\\d{3}[\\dXx]|[1-9]\\d{7}${date}\\d{3}|(?:86)?1[3-9]\\d{9})(?![\\dXx])`,
);

/**
 * Whether a text holds what has the form of a person's own number, however its digits are parted and written: for texts in which other long
 * numbers are to be expected.
 */
export function holdsPersonNumber(text: string): boolean {
  const plain = text.normalize('NFKC');
  return personNumbers.test(plain) || personNumbers.test(plain.replace(/(?<=[\dXx])[^\p{L}\p{N}]+(?=[\dXx])/gu, ''));
}
