/** A typed client in a few lines: a document knows its variables and its answer. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';

export interface Credentials {
  readonly consumers: Readonly<Record<string, { readonly token: string; readonly description: string }>>;
  readonly samples: { readonly idNumbers: readonly string[]; readonly creditCodes: readonly string[] };
}

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

export interface Answer<Data> {
  readonly data: Data | null;
  readonly errors?: readonly AnswerError[];
  readonly extensions: { readonly usage: { readonly recordId: string } };
}

export function readCredentials(): Credentials {
  const file = join(process.env['DATA_DIR'] ?? '.data', 'demo-credentials.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Credentials;
}

export async function ask<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  token: string,
): Promise<Answer<Data>> {
  const address = process.env['CITYGRAPH_URL'] ?? 'http://127.0.0.1:4000/graphql';
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: print(document), variables }),
  });
  return (await response.json()) as Answer<Data>;
}
