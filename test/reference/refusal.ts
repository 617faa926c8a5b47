/** A fault that refuses the whole operation, told by its code. */
export class Refusal extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** A selection that is denied: null, and an entry beside the data. */
export class Denial extends Error {
  /** Up to the outermost list; whoever denies knows where it is. */
  place: readonly string[] = [];

  constructor(
    readonly code: 'FIELD_DENIED' | 'ARGUMENT_DENIED',
    readonly coordinate: string,
    readonly level: string | null,
    readonly reason: string,
  ) {
    super(`${coordinate}: ${reason}`);
  }
}
