/** Official identifiers and telephone numbers, wherever a text that a caller wrote may hold one: aliases, names, messages, search words. */

/** Whether a text holds what may be a resident ID number, a credit code or a telephone number, in full-width characters too. */
export function holdsIdentifier(text: string): boolean {
  return redactIdentifiers(text) !== text;
}

/** INVARIANT: no message and no usage record repeats an identifier, not even one that a caller put where none belongs. */
export function redactIdentifiers(text: string): string {
  return text.replace(/[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]{11,}/g, (word) =>
    (word.match(/[0-9０-９]/g)?.length ?? 0) >= 8 ? '…' : word,
  );
}
