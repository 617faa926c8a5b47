/**
 * A statement whose rows are of texts, as all compiled plans are. It is never described: names and types of its columns are known, and to be
 * told them again with every answer takes both sides longer than a small row. What is submitted in one turn of the event loop is written at
 * once.
 *
 * It stands in the place of a `Query` of pg, which hands it the messages that come in answer; a pipeline takes nothing else. Of what a
 * `Query` makes for itself (copied options, a result with its parsers) it needs nothing, and making it takes longer than a small row.
 */
import pg, { type PoolClient, Query } from 'pg';
import { type RowFields, toByteString } from '../model/byte-string.js';

/** @param name null: prepared for this once */
export function queryFields(
  client: PoolClient,
  name: string | null,
  text: string,
  values: readonly unknown[],
): Promise<readonly RowFields[]> {
  return new Promise((resolve, reject) => {
    client.query(new UndescribedQuery(name ?? '', text, values, resolve, reject) as unknown as Query);
  });
}

/** What pg's own queries use of a connection, beside its types. */
interface Wire {
  readonly stream: {
    cork(): void;
    uncork(): void;
    write(bytes: Buffer): void;
    /** Of a socket that keeps rows by itself (`database/message-socket.ts`). */
    takeRows?(): RowFields[];
  };
  /** Texts by name: of statements that the server has parsed, and of those that it was sent. */
  readonly parsedStatements: Readonly<Record<string, string>>;
  readonly submittedNamedStatements: Record<string, string>;
  parse(statement: { readonly name: string; readonly text: string }): void;
  bind(portal: {
    readonly statement: string;
    readonly values: readonly unknown[];
    readonly valueMapper: (value: unknown) => unknown;
  }): void;
  close(statement: { readonly type: 'S'; readonly name: string }): void;
  sync(): void;
}

/** From a value to what stands for it on the wire; its types do not know it. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue(this: void, value: unknown): unknown } }).utils;

/** Execute of the unnamed portal, all rows, and Sync (PostgreSQL, 54.7): the same for every statement. */
const executeAndSync = Buffer.from('450000000900000000005300000004', 'hex');

class UndescribedQuery {
  private readonly found: RowFields[] = [];
  private stream: Wire['stream'] | null = null;

  constructor(
    readonly name: string,
    readonly text: string,
    private readonly values: readonly unknown[],
    private readonly resolve: (rows: readonly RowFields[]) => void,
    private readonly reject: (error: unknown) => void,
  ) {}

  /** @returns null: all is sent; or why nothing was */
  submit(wire: Wire): Error | null {
    const { name, text, values } = this;
    const known = name === '' ? undefined : (wire.parsedStatements[name] ?? wire.submittedNamedStatements[name]);
    if (known !== undefined && known !== text) return new Error(`expected one statement of the name ${name}, got two`);
    writeTogether(wire);
    this.stream = wire.stream;
    if (known === undefined) {
      wire.parse({ name, text });
      if (name !== '') wire.submittedNamedStatements[name] = text;
    }
    try {
      wire.bind({ statement: name, values, valueMapper: prepareValue });
    } catch (error) {
      wire.close({ type: 'S', name });
      wire.sync();
      this.reject(error);
      return null;
    }
    wire.stream.write(executeAndSync);
    return null;
  }

  handleRowDescription(): void {}

  /** Of a socket that keeps no rows. */
  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.found.push(fields.map((field) => (field === null ? null : toByteString(field))));
  }

  handleCommandComplete(): void {}

  /** Of the server, or of the connection that was lost; only the first of them counts. */
  handleError(error: unknown): void {
    this.reject(error);
  }

  /** After an error too, when nothing is left to be told. */
  handleReadyForQuery(): void {
    this.resolve(this.stream?.takeRows?.() ?? this.found);
  }
}

// For the messages that are never expected in answer, and for the pipeline; without what its constructor does.
Object.setPrototypeOf(UndescribedQuery.prototype, Query.prototype);

const corked = new WeakSet<Wire>();

/** Until all who came in this turn of the event loop have been heard: by `nextTick` each would be written alone, for each comes by an event of its own. */
function writeTogether(wire: Wire): void {
  if (corked.has(wire)) return;
  corked.add(wire);
  wire.stream.cork();
  setImmediate(() => {
    corked.delete(wire);
    wire.stream.uncork();
  });
}
