/** Traces, sent to a receiver of this test's own: a request with its stages, under the caller's trace, and nothing of what was asked. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DemoService, startDemoService } from '../support/demo-service.js';

interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly status: { readonly code?: number };
}

const bodies: string[] = [];
const headers: unknown[] = [];
let receiver: Server;
let demo: DemoService;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      bodies.push(body);
      headers.push([request.url, request.headers['x-collector']]);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  demo = await startDemoService({
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-collector=a%20b',
      OTEL_SERVICE_NAME: 'citygraph-test',
    },
  });
});
afterAll(async () => {
  await demo.stop();
  await new Promise((resolve) => receiver.close(resolve));
});

test('a request is one trace under the caller’s, with plan, statement and record, and with no value in it', async () => {
  const [id] = demo.credentials.samples.idNumbers as [string];
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const query = `query Zhang($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name idNumber } } }`;
  const traced = { traceparent: `00-${traceId}-b7ad6b7169203331-01`, 'x-user': 'Zhang', 'x-case': 'C-1' };
  const { data, codes, recordId } = await demo.ask('portrait-app', query, { id }, traced);
  expect(codes).toEqual([]);
  await demo.ask('no-grant-app', query, { id });
  await demo.ask('portrait-app', query, { id: `${id}9` });
  await demo.ask('token:not-a-token', query, { id });
  // What is left is sent when the service ends.
  await demo.stopService();

  const spans = bodies.flatMap((body) => {
    const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[] };
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  });
  const own = spans.filter((span) => span.traceId === traceId);
  expect(own.map(({ name }) => name).sort()).toEqual(['log', 'plan', 'request', 'statement']);
  const root = own.find(({ name }) => name === 'request')!;
  expect(root.parentSpanId).toBe('b7ad6b7169203331');
  for (const span of own) if (span !== root) expect(span.parentSpanId).toBe(root.spanId);
  const attributes = Object.fromEntries(root.attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
  expect(attributes).toEqual({
    ...{ 'citygraph.outcome': 'answered', 'citygraph.code': 'OK', 'citygraph.record': recordId },
  });
  const outcomes = spans.filter(({ name }) => name === 'request').map(({ attributes: [outcome] }) => outcome!.value);
  expect(outcomes).toHaveLength(4);

  const text = bodies.join('');
  const name = String(data.personPortrait.registration.name);
  for (const secret of [id, name, 'Zhang', 'C-1', 'portrait-app', 'not-a-token', demo.tokenOf('portrait-app')!])
    expect(text).not.toContain(secret);
  expect(text).toContain('citygraph-test');
  expect(new Set(headers.map((it) => JSON.stringify(it)))).toEqual(new Set(['["/v1/traces","a b"]']));
});
