/**
 * A portrait page of an application. `npm run example -- portrait-page` serves it on 127.0.0.1:4100;
 * `npm run example -- portrait-page person clinic-app 0` writes one page to standard output.
 *
 * Identifiers of persons are posted and stand in no address, and a page asks the service anew each time: nothing is kept.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { type Credentials, readCredentials } from './graphql-client.js';
import { escape, renderDocument } from './portrait-page/html.js';
import { enterprisePage, personPage } from './portrait-page/pages.js';

const kinds = ['person', 'enterprise'] as const;
type Kind = (typeof kinds)[number];

const credentials = readCredentials();
const [kind, consumer = 'portrait-app', sample = '0'] = process.argv.slice(2);
if (kind === undefined) serve();
else process.stdout.write(await writePage(kind, consumer, Number(sample)));

/** @param sample which of the demo's identifiers */
function writePage(kind: string, consumer: string, sample: number): Promise<string> {
  const found = credentials.consumers[consumer];
  if (!found) throw new Error(`expected one of the consumers ${Object.keys(credentials.consumers).join(', ')}`);
  const caller = { name: consumer, token: found.token };
  const identifier = samplesOf(kind, credentials)[sample];
  if (identifier === undefined) throw new Error(`expected the number of a sample, 0 to 19`);
  return kind === 'person' ? personPage(caller, identifier) : enterprisePage(caller, identifier);
}

function samplesOf(kind: string, { samples }: Credentials): readonly string[] {
  if (!kinds.includes(kind as Kind)) throw new Error(`expected person or enterprise, got ${kind}`);
  return kind === 'person' ? samples.idNumbers : samples.creditCodes;
}

function serve(): void {
  const port = Number(process.env['EXAMPLE_PORT'] ?? 4100);
  const server = createServer((request, response) => {
    const answer = (status: number, html: string): void => {
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(html);
    };
    pageFor(request).then(
      (html) => answer(200, html),
      (error: unknown) => answer(500, renderDocument('Error', `<p>${escape((error as Error).message)}</p>`)),
    );
  });
  server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));
}

async function pageFor(request: IncomingMessage): Promise<string> {
  if (request.method !== 'POST') return renderIndex();
  const form = new URLSearchParams(await readBody(request));
  return writePage(form.get('kind') ?? '', form.get('consumer') ?? '', Number(form.get('sample')));
}

const mostBytes = 1_000;

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    body += chunk.toString();
    if (body.length > mostBytes) throw new Error('expected a small form');
  }
  return body;
}

/** A button for each kind of page, caller and some samples. */
function renderIndex(): string {
  const button = (kind: Kind, consumer: string, sample: number): string =>
    `<form method="post"><input type="hidden" name="kind" value="${kind}"><input type="hidden" name="consumer" value="${escape(consumer)}"><button name="sample" value="${sample}">${sample + 1}</button></form>`;
  const parts = Object.entries(credentials.consumers).map(([consumer, { description }]) => {
    const buttons = kinds.map((kind) => {
      const title = kind === 'person' ? '人口画像 Person' : '企业画像 Enterprise';
      return `<p>${title}: ${[0, 1, 2, 3, 4].map((sample) => button(kind, consumer, sample)).join('')}</p>`;
    });
    return `<section class="wide"><h2>${escape(consumer)} <small>${escape(description)}</small></h2>${buttons.join('')}</section>`;
  });
  return renderDocument(
    '画像示例',
    `<header><h1>画像示例 Portrait pages</h1><p>同一主体，不同的调用方 The same subjects, seen by different callers</p></header><main>${parts.join('')}</main>`,
  );
}
