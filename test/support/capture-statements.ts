/** What this process says to PostgreSQL, on its way to the server: nothing is mocked. */
import { Client } from 'pg';

export interface CapturedStatement {
  /** Of the service: reader, readerL4, logger, policy, auditor; or who else of this process speaks to PostgreSQL. */
  readonly purpose: string;
  readonly database: string;
  /** Of the server that it goes to. */
  readonly port: number;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** @returns every statement from now on, until `stop` */
export function captureStatements(): { readonly statements: CapturedStatement[]; stop(): void } {
  const statements: CapturedStatement[] = [];
  watchers.add(statements);
  watchClients();
  return { statements, stop: () => void watchers.delete(statements) };
}

export interface Captured<T> {
  readonly result: T;
  readonly statements: readonly CapturedStatement[];
  /** Of these, what the reader pools asked of the libraries. */
  readonly libraryStatements: readonly CapturedStatement[];
}

export async function captureDuring<T>(work: () => Promise<T>): Promise<Captured<T>> {
  const { statements, stop } = captureStatements();
  try {
    const result = await work();
    return { result, statements, libraryStatements: statements.filter(isLibraryStatement) };
  } finally {
    stop();
  }
}

/** Whether it reads from the libraries, and is not of the connection's own housekeeping. */
export function isLibraryStatement({ purpose, text }: CapturedStatement): boolean {
  return /^reader/.test(purpose) && !/^(select current_user|deallocate )/.test(text);
}

const watchers = new Set<CapturedStatement[]>();
let watching = false;

/** Every statement of every pool of this process passes `Client.query`, and nothing but statements does. */
function watchClients(): void {
  if (watching) return;
  watching = true;
  const query = Client.prototype.query as (this: Client, ...args: unknown[]) => unknown;
  Client.prototype.query = function (this: Client, ...args: unknown[]) {
    const given = args[0] as string | { text?: string; values?: unknown[] };
    const text = typeof given === 'string' ? given : (given.text ?? '');
    const values = (typeof given === 'string' ? undefined : given.values) ?? (Array.isArray(args[1]) ? args[1] : []);
    for (const statements of watchers)
      statements.push({ purpose: purposeOf(this), database: this.database ?? '', port: this.port, text, values });
    return query.apply(this, args);
  } as typeof Client.prototype.query;
}

function purposeOf(client: Client): string {
  const { application_name: name } = (client as unknown as { connectionParameters: { application_name?: string } })
    .connectionParameters;
  return (name ?? '').replace(/^citygraph /, '');
}
