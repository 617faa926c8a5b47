/**
 * GraphiQL at `/graphiql`, to look around with: served from the installed package's own files, for there need be no internet where this runs.
 *
 * It is a page like any client: it holds no right, and sees the schema and the data of whose token is typed into it. INVARIANT: neither the
 * token nor a query nor its variables stay in the browser: its storage is replaced by memory.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ServiceLog } from './service-log.js';

/** What the package gives; it has types for its page alone, which puts everything inline. */
interface GraphiqlFiles {
  readonly js: string;
  readonly css: string;
  readonly editorWorkerService: string;
  readonly graphqlWorker: string;
  readonly jsonWorker: string;
}

interface Asset {
  readonly path: string;
  readonly type: string;
  readonly gzipped: Buffer;
  readonly text: string;
}

const page = '/graphiql';
const forEver = 'public, max-age=31536000, immutable';
const packageFiles = '@graphql-yoga/render-graphiql/graphiql';

export async function registerGraphiql(fastify: FastifyInstance, log: ServiceLog): Promise<void> {
  const files = await loadFiles(log);
  if (!files) return;
  // Packed when it is first asked for: 9 MB take half a second.
  let assets: Promise<ReadonlyMap<string, Asset>> | null = null;
  const known = new Map(describeAssets(files).map((asset) => [asset.path, asset]));
  const html = renderPage([...known.values()]);
  fastify.get(page, (_request, reply) =>
    guard(reply).header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(html),
  );
  fastify.get(`${page}/:file`, async (request, reply) => {
    const { file } = request.params as { file: string };
    if (!known.has(`${page}/${file}`)) return reply.code(404).type('text/plain; charset=utf-8').send('not found\n');
    assets ??= pack([...known.values()]);
    const asset = (await assets).get(`${page}/${file}`)!;
    guard(reply).header('cache-control', forEver).header('vary', 'accept-encoding').type(asset.type);
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(asset.text);
    return reply.header('content-encoding', 'gzip').send(asset.gzipped);
  });
}

async function loadFiles(log: ServiceLog): Promise<GraphiqlFiles | null> {
  try {
    return (await import(packageFiles)) as GraphiqlFiles;
  } catch (error) {
    log.warn({ err: error }, 'GraphiQL is not installed: npm ci --include=optional brings it');
    return null;
  }
}

/** Scripts come from here and from nowhere else, none stands in the page, and the page speaks to this service alone. */
const policy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `worker-src 'self'`,
  // The editor sets its colours in elements of its own making.
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data:`,
  `font-src 'self' data:`,
  `connect-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');

function guard(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
  });
}

function describeAssets(files: GraphiqlFiles): Omit<Asset, 'gzipped'>[] {
  const script = 'text/javascript; charset=utf-8';
  const workers: [string, string, string][] = [
    ['editor.worker.js', script, files.editorWorkerService],
    ['graphql.worker.js', script, files.graphqlWorker],
    ['json.worker.js', script, files.jsonWorker],
  ];
  const fixed: [string, string, string][] = [
    ...workers,
    ['graphiql.css', 'text/css; charset=utf-8', files.css],
    ['graphiql.js', script, files.js],
  ];
  const named = fixed.map(([name, type, text]) => ({ path: addressOf(name, text), type, text }));
  const setUp = renderSetUp(named.slice(0, workers.length).map(({ path }) => path));
  return [...named, { path: addressOf('start.js', startScript), type: script, text: startScript }].concat({
    ...{ path: addressOf('set-up.js', setUp), type: script, text: setUp },
  });
}

/** What is at an address stays what it is. */
function addressOf(name: string, text: string): string {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  return `${page}/${name.replace(/\.(?=\w+$)/, `-${hash}.`)}`;
}

async function pack(assets: readonly Omit<Asset, 'gzipped'>[]): Promise<ReadonlyMap<string, Asset>> {
  const packed = await Promise.all(
    assets.map(async (asset) => ({ ...asset, gzipped: await promisify(gzip)(asset.text) })),
  );
  return new Map(packed.map((asset) => [asset.path, asset]));
}

function renderPage(assets: readonly { readonly path: string }[]): string {
  const at = (name: string): string => assets.find(({ path }) => path.startsWith(`${page}/${name}-`))!.path;
  return `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Citygraph GraphiQL</title>
    <link rel="stylesheet" href="${at('graphiql')}" />
    <link rel="icon" href="data:," />
    <style>
      html, body, #root { height: 100%; margin: 0; }
    </style>
  </head>
  <body>
    <div id="root"></div>
    <script src="${at('set-up')}"></script>
    <script src="${assets.find(({ path }) => /\/graphiql-[\w-]+\.js$/.test(path))!.path}"></script>
    <script src="${at('start')}"></script>
  </body>
</html>
`;
}

/** Before the editor: its workers, and a storage that forgets. */
function renderSetUp([editor, graphql, json]: readonly string[]): string {
  return `'use strict';
(() => {
  const memory = () => {
    const items = new Map();
    return {
      get length() { return items.size; },
      key: (at) => [...items.keys()][at] ?? null,
      getItem: (name) => items.get(String(name)) ?? null,
      setItem: (name, value) => void items.set(String(name), String(value)),
      removeItem: (name) => void items.delete(String(name)),
      clear: () => items.clear(),
    };
  };
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { value: memory(), configurable: false });
  const workers = ${JSON.stringify({ editorWorkerService: editor, graphql, json })};
  self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, label) => workers[label] };
})();
`;
}

const startScript = `'use strict';
YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
  endpoint: '/graphql',
  method: 'POST',
  title: 'Citygraph',
  headers: '{}',
  defaultEditorToolsVisibility: 'headers',
  shouldPersistHeaders: false,
  defaultQuery: '# 令牌填入下方 Headers，再点左侧刷新；不填则为公众。\\n# A token goes into Headers below, then refetch the schema on the left; without one you are the public:\\n# { "Authorization": "Bearer …" }\\n{\\n  enterpriseRegistrations(first: 3) {\\n    nodes {\\n      name\\n    }\\n  }\\n}\\n',
});
`;
