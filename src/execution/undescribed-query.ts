/**
 * A statement whose rows are of texts, as all compiled plans are. It is never described: names and types of its columns are known, and to be
 * told them again with every answer takes both sides longer than a small row. What is submitted in one turn of the event loop is written at
 * once.
 *
 * Built on the `Query` of pg, which hands it the messages that come in answer.
 */
import { type Connection, type PoolClient, Query } from 'pg';

export type RowFields = readonly (string | null)[];

/** @param name null: prepared for this once */
export function queryFields(
  client: PoolClient,
  name: string | null,
  text: string,
  values: readonly unknown[],
): Promise<readonly RowFields[]> {
  return new Promise((resolve, reject) => {
    client.query(new UndescribedQuery({ name: name ?? undefined, text, values: values as unknown[] }, resolve, reject));
  });
}

type Submit = (this: Query, connection: Connection) => Error | null;

class UndescribedQuery extends Query {
  /** Not `rows`, by which pg knows how many are wanted at once. */
  private readonly found: RowFields[] = [];

  constructor(
    config: { name: string | undefined; text: string; values: unknown[] },
    private readonly resolve: (rows: readonly RowFields[]) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    // What it reports in its own way is never called, but must be there.
    super(config, undefined, () => undefined);
  }

  handleRowDescription(): void {}

  handleDataRow({ fields }: { readonly fields: RowFields }): void {
    this.found.push(fields);
  }

  handleCommandComplete(): void {}

  /** Of the server, or of the connection that was lost; only the first of them counts. */
  handleError(error: unknown): void {
    this.reject(error);
  }

  /** After an error too, when nothing is left to be told. */
  handleReadyForQuery(): void {
    this.resolve(this.found);
  }
}

const submit = (Query.prototype as unknown as { submit: Submit }).submit;

UndescribedQuery.prototype.submit = function (connection) {
  writeTogether(connection);
  return submit.call(this, withoutDescribe(connection));
};

const undescribed = new WeakMap<Connection, Connection>();

/** The connection itself, but for one message that it does not send. */
function withoutDescribe(connection: Connection): Connection {
  let quiet = undescribed.get(connection);
  if (!quiet)
    undescribed.set(
      connection,
      (quiet = Object.create(connection, { describe: { value: () => undefined } }) as Connection),
    );
  return quiet;
}

const corked = new WeakSet<Connection>();

function writeTogether(connection: Connection): void {
  if (corked.has(connection)) return;
  corked.add(connection);
  connection.stream.cork();
  process.nextTick(() => {
    corked.delete(connection);
    connection.stream.uncork();
  });
}
