/** Responses are coded as the caller accepts, and nothing else about them changes; coded requests are refused. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { brotliDecompressSync, gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib';
import { readConfig } from '../../src/config.js';
import { codeBody, selectCoding } from '../../src/server/content-coding.js';
import { toByteString } from '../../src/model/byte-string.js';
import { keyedDigest } from '../../src/model/keyed-digest.js';
import { openKeyring } from '../../src/keyring.js';
import { type DemoService, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
beforeAll(async () => {
  demo = await startDemoService();
});
afterAll(() => demo.stop());

interface Raw {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** As bytes: `fetch` would undo the coding. */
function post(query: string, headers: Readonly<Record<string, string>>, body?: Buffer): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      `${demo.address}/graphql`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${demo.tokenOf('portrait-app')!}`,
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body ?? JSON.stringify({ query }));
  });
}

const nodes = '(first: 50) { nodes { registration { name status establishedOn } } }';
/** So long that it is encoded once for its record and for its way out (`server/request-record.ts`). */
const large = `{ enterprises${nodes} again: enterprises${nodes} }`;
const decoders: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  zstd: zstdDecompressSync,
  br: brotliDecompressSync,
  gzip: gunzipSync,
};

describe('a coding is chosen', () => {
  test.each([
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['zstd', 'zstd'],
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['zstd;q=0.1, br;q=0.2, gzip;q=0.3', 'gzip'],
    ['zstd;q=0, *', 'br'],
    ['*', 'zstd'],
    ['GZIP', 'gzip'],
    ['identity, gzip;q=0.5', null],
    ['gzip;q=0', null],
    ['gzip;q=x', null],
    ['*;q=0', null],
    ['identity', null],
    ['deflate, compress', null],
    ['', null],
    [undefined, null],
  ])('of %j: %s', (accepted, coding) => expect(selectCoding(accepted)).toBe(coding));
});

describe('a response', () => {
  test.each(['zstd', 'br', 'gzip'])('is coded as %s, smaller, and is the same text within', async (coding) => {
    const plain = await post(large, {});
    const coded = await post(large, { 'accept-encoding': coding });
    expect(coded.headers).toMatchObject({ 'content-encoding': coding, vary: 'Accept-Encoding' });
    expect(coded.headers['content-length']).toBe(String(coded.body.length));
    expect(coded.body.length).toBeLessThan(plain.body.length / 2);
    const [one, other] = [plain.body, decoders[coding]!(coded.body)].map(
      (body) => JSON.parse(body.toString()) as { data: unknown; extensions: { usage: { recordId: string } } },
    );
    expect(other!.data).toEqual(one!.data);
    expect(other!.extensions.usage.recordId).not.toBe(one!.extensions.usage.recordId);
  });

  test.each(['br', 'identity'])('has size and digest on record as it was before it was coded: %s', async (coding) => {
    const { body } = await post(large, { 'accept-encoding': coding });
    const text = (coding === 'br' ? brotliDecompressSync(body) : body).toString();
    expect(Buffer.byteLength(text)).toBeGreaterThan(10_000);
    const { recordId, ...receipt } = (JSON.parse(text) as { extensions: { usage: Record<string, string> } }).extensions
      .usage;
    // The receipt goes in when the record is durable.
    const recorded = text.replace(JSON.stringify({ recordId, ...receipt }), JSON.stringify({ recordId }));
    const record = await demo.recordOf(recordId);
    expect(record!['response_bytes']).toBe(Buffer.byteLength(recorded));
    expect(record!['response_digest']).toEqual(
      Buffer.from(keyedDigest(openKeyring(demo.keyringFile).usageLog, recorded, 'hex'), 'hex'),
    );
  });

  test('is its caller’s own, however many long ones are on their way', async () => {
    const queries = [50, 49, 48, 47, 46, 45, 44, 43].map((first) => large.replaceAll('50', String(first)));
    const dataOf = async (query: string): Promise<unknown> =>
      (JSON.parse((await post(query, {})).body.toString()) as { data: unknown }).data;
    const alone: unknown[] = [];
    for (const query of queries) alone.push(await dataOf(query));
    expect(await Promise.all(queries.map(dataOf))).toEqual(alone);
  });

  test('goes as it is where it is small, or the caller wants it so, and says that it may vary', async () => {
    for (const [query, accepted] of [
      ['{ __typename }', 'gzip'],
      [large, 'identity'],
      [large, 'gzip;q=0'],
    ] as const) {
      const { headers, body } = await post(query, { 'accept-encoding': accepted });
      expect([headers['content-encoding'], headers['vary']]).toEqual([undefined, 'Accept-Encoding']);
      expect(JSON.parse(body.toString())).toHaveProperty('data');
    }
  });
});

test('the threshold is a setting, and compression can be turned off', async () => {
  const settings = (env: Record<string, string>) => readConfig(env, 'node').compression;
  expect(settings({})).toEqual({ enabled: true, minimumBytes: 1024 });
  expect(() => settings({ COMPRESSION: 'maybe' })).toThrow(/COMPRESSION: expected one of on, off/);
  const text = toByteString('x'.repeat(1024));
  expect((await codeBody(text, 'gzip', settings({}))).headers).toHaveProperty('content-encoding');
  const shorter = toByteString(text.slice(1));
  expect((await codeBody(shorter, 'gzip', settings({}))).body).toBe(shorter);
  expect(await codeBody(text, 'gzip', settings({ COMPRESSION: 'off' }))).toEqual({ body: text, headers: {} });
  expect((await codeBody(toByteString('x'), 'gzip', settings({ COMPRESSION_MINIMUM_BYTES: '0' }))).body).not.toBe('x');
});

describe('a request', () => {
  test.each(['gzip', 'br', 'gzip, gzip', 'x'])('that is coded as %s is refused before it is read', async (coding) => {
    const { status, headers, body } = await post('', { 'content-encoding': coding }, gzipSync('{"query":"{a}"}'));
    expect([status, headers['accept-encoding']]).toEqual([415, 'identity']);
    const { errors } = JSON.parse(body.toString()) as { errors: { extensions: { code: string } }[] };
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['CONTENT_ENCODING_UNSUPPORTED']);
  });

  test('that says it is not coded is answered', async () => {
    expect((await post('{ __typename }', { 'content-encoding': 'identity' })).status).toBe(200);
  });
});
