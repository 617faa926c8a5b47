/** `citygraph consumer documents …`: the documents that are registered for a consumer, and whether it may send any other. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { registry } from '../app.js';
import { readProcessConfig } from '../config.js';
import { CitygraphError } from '../errors.js';
import { createDocumentStore } from '../planning/document.js';
import { documentIdPrefix, hashDocument, hashOfDocumentId } from '../policy/document-id.js';
import { buildApiSchema } from '../server/api-schema.js';
import { changePolicy, type Reasoned, reasoned } from './policy-command.js';

export function addDocumentCommands(consumer: Command): void {
  const documents = consumer.command('documents').description('可信查询文档 trusted documents of a consumer');
  reasoned(
    documents.command('register <name> <files...>'),
    '登记文件中的查询文档，输出其标识 register the documents of files (.graphql: one; .json: an object of ids and documents); prints their ids',
  ).action(async (name: string, files: string[], options: Reasoned) => {
    const texts = (await Promise.all(files.map(readDocuments))).flat();
    checkDocuments(texts);
    const told = { documents: texts.map(hashDocument), reason: options.reason };
    const hashes = await changePolicy(`consumer documents register ${name}`, options, told, (policy) =>
      policy.registerDocuments(name, texts, options.reason),
    );
    for (const hash of hashes) console.log(`${documentIdPrefix}${hash}`);
  });
  reasoned(documents.command('withdraw <name> <ids...>'), '撤回 withdraw documents, by their ids').action(
    async (name: string, ids: string[], options: Reasoned) => {
      const hashes = ids.map((id) => hashOfDocumentId(id, 'ids'));
      const told = { documents: hashes, reason: options.reason };
      await changePolicy(`consumer documents withdraw ${name}`, options, told, (policy) =>
        policy.withdrawDocuments(name, hashes, options.reason),
      );
    },
  );
  reasoned(
    documents.command('only <name> <on|off>'),
    '是否只可使用已登记的文档 whether it may send registered documents alone',
  ).action(async (name: string, given: string, options: Reasoned) => {
    if (given !== 'on' && given !== 'off')
      throw new CitygraphError('BAD_USER_INPUT', 'only: expected on or off, got another text');
    const only = given === 'on';
    await changePolicy(`consumer documents only ${name}`, options, { only, reason: options.reason }, (policy) =>
      policy.setTrustedDocumentsOnly(name, only, options.reason),
    );
  });
}

/** A file is a document, byte for byte; or a manifest as generators of clients write it, whose ids must be the hashes of its documents. */
async function readDocuments(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  if (!file.endsWith('.json')) return [text];
  const entries = readManifest(text, file);
  for (const [id, document] of entries) {
    const hash = id.startsWith(documentIdPrefix) ? id.slice(documentIdPrefix.length) : id;
    if (typeof document !== 'string' || hashDocument(document) !== hash)
      throw new CitygraphError('BAD_USER_INPUT', `${file}: expected documents by their SHA-256, got one by another id`);
  }
  return entries.map(([, document]) => document as string);
}

function readManifest(text: string, file: string): [string, unknown][] {
  const expected = `${file}: expected a JSON object of ids and documents, got another text`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CitygraphError('BAD_USER_INPUT', expected, {}, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new CitygraphError('BAD_USER_INPUT', expected);
}

/** @throws GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED, LIMIT_EXCEEDED: what would refuse each request of it */
function checkDocuments(texts: readonly string[]): void {
  const store = createDocumentStore(buildApiSchema(registry), readProcessConfig().limits);
  for (const text of texts) store.prepare(text);
}
