/**
 * A prepared statement that gives at most one row, of texts: what every compiled plan is. It is never described: names and types of its
 * columns are known, and to be told them again with every row takes both sides longer than a small row. What is submitted in one turn of the
 * event loop is written at once.
 *
 * Built on the `Query` of pg, which hands it the messages that come in answer.
 */
import { type Connection, type PoolClient, Query } from 'pg';

export type RowFields = readonly (string | null)[];

/** @param name null: prepared for this once */
export function queryRow(
  client: PoolClient,
  name: string | null,
  text: string,
  values: readonly unknown[],
): Promise<RowFields | null> {
  return new Promise((resolve, reject) => {
    client.query(new SingleRowQuery({ name: name ?? undefined, text, values: values as unknown[] }, resolve, reject));
  });
}

type Submit = (this: Query, connection: Connection) => Error | null;

class SingleRowQuery extends Query {
  private row: RowFields | null = null;

  constructor(
    config: { name: string | undefined; text: string; values: unknown[] },
    private readonly resolve: (row: RowFields | null) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    // What it reports in its own way is never called, but must be there.
    super(config, undefined, () => undefined);
  }

  handleRowDescription(): void {}

  handleDataRow({ fields }: { readonly fields: RowFields }): void {
    this.row = fields;
  }

  handleCommandComplete(): void {}

  /** Of the server, or of the connection that was lost; only the first of them counts. */
  handleError(error: unknown): void {
    this.reject(error);
  }

  /** After an error too, when nothing is left to be told. */
  handleReadyForQuery(): void {
    this.resolve(this.row);
  }
}

const submit = (Query.prototype as unknown as { submit: Submit }).submit;

SingleRowQuery.prototype.submit = function (connection) {
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
