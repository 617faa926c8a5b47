/**
 * A place in a mapping file: the value found there, and the way to it for the error that says what was expected and what came.
 *
 * Whoever reads a part of a mapping asks a node for what it needs and so never forgets the file or the path in a message.
 */
import { CitygraphError } from '../errors.js';

export class MappingNode {
  constructor(
    readonly file: string,
    readonly path: string,
    readonly value: unknown,
  ) {}

  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  fail(expected: string, came: string = describe(this.value)): never {
    throw new CitygraphError(
      'MAPPING_INVALID',
      `${this.file}: ${this.path || 'the file'}: expected ${expected}, got ${came}`,
      {
        file: this.file,
        path: this.path,
      },
    );
  }

  /** Every entry of a mapping (`key: value`), each as a node of its own. */
  entries(expected = 'names with their values'): [string, MappingNode][] {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.fail(expected);
    return Object.entries(value).map(([key, inner]) => [key, this.child(key, inner)]);
  }

  get(key: string): MappingNode {
    const { value } = this;
    const inner =
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined;
    return this.child(key, inner);
  }

  /** Refuses every key but these, so that a misspelt one is not passed over. */
  allow(...keys: string[]): this {
    if (!this.present) return this;
    for (const [key, node] of this.entries(`some of ${keys.join(', ')}`)) {
      if (!keys.includes(key))
        node.fail(keys.length === 0 ? 'no arguments' : `one of the names ${keys.join(', ')}`, `the name '${key}'`);
    }
    return this;
  }

  list(expected = 'a list'): MappingNode[] {
    if (!Array.isArray(this.value)) this.fail(expected);
    return this.value.map((inner, index) => new MappingNode(this.file, `${this.path}[${index}]`, inner));
  }

  /** One text, or a list of them. */
  texts(expected = 'a text or a list of texts'): string[] {
    if (Array.isArray(this.value) && this.value.length > 0) return this.list(expected).map((node) => node.text());
    if (Array.isArray(this.value)) this.fail(expected);
    return [this.text(expected)];
  }

  text(expected = 'a text'): string {
    if (typeof this.value !== 'string' || this.value === '') this.fail(expected);
    return this.value;
  }

  oneOf<T extends string>(choices: readonly T[], otherwise?: T): T {
    if (!this.present && otherwise !== undefined) return otherwise;
    const expected = `one of ${choices.join(', ')}`;
    const found = choices.find((choice) => choice === this.value);
    return found ?? this.fail(expected);
  }

  flag(otherwise: boolean): boolean {
    if (!this.present) return otherwise;
    if (typeof this.value !== 'boolean') this.fail('true or false');
    return this.value;
  }

  count(otherwise: number): number {
    if (!this.present) return otherwise;
    if (typeof this.value !== 'number' || !Number.isSafeInteger(this.value) || this.value < 0)
      this.fail('a whole number, 0 or more');
    return this.value;
  }

  /** The same place with another value: for a name of an entry that is read as one. */
  withValue(value: unknown): MappingNode {
    return new MappingNode(this.file, this.path, value);
  }

  private child(key: string, inner: unknown): MappingNode {
    return new MappingNode(this.file, this.path === '' ? key : `${this.path}.${key}`, inner);
  }
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'names with values';
  return typeof value === 'string' ? `'${value}'` : `${typeof value} ${JSON.stringify(value)}`;
}
