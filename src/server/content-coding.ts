/**
 * The content coding of a response: negotiated by Accept-Encoding with its weights, and only where it saves something.
 *
 * Coding comes last, on the finished text: size and digest in the usage record are of the text before it. Low levels, for a portrait is sent
 * once and never stored; where weights leave the choice, the coding that takes the least time. It must not know requests or principals.
 */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';
import Negotiator from 'negotiator';
import type { CompressionSettings } from '../settings/compression.js';
import type { ByteString } from '../model/byte-string.js';

export interface CodedBody {
  readonly body: ByteString | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

type Coding = 'zstd' | 'br' | 'gzip';

const encoders: Readonly<Record<Coding, (body: Buffer) => Promise<Buffer>>> = {
  zstd: withParameters(promisify(zstdCompress), (size) => ({
    params: { [constants.ZSTD_c_compressionLevel]: 3 },
    pledgedSrcSize: size,
  })),
  br: withParameters(promisify(brotliCompress), (size) => ({
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 4,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: size,
    },
  })),
  gzip: withParameters(promisify(gzip), () => ({ level: 3 })),
};

function withParameters<Options>(
  encode: (body: Buffer, options: Options) => Promise<Buffer>,
  parameters: (size: number) => Options,
): (body: Buffer) => Promise<Buffer> {
  return (body) => encode(body, parameters(body.length));
}

/** By how little time they take. */
const preferred = ['zstd', 'br', 'gzip', 'identity'];

/** Its types do not know yet that what is left open may be decided here. */
interface Preferring {
  encodings(available: readonly string[], options: { readonly preferred: readonly string[] }): string[];
}

/** @param accepted the header Accept-Encoding; null: as it is */
export function selectCoding(accepted: string | undefined): Coding | null {
  if (!accepted) return null;
  const [chosen] = (new Negotiator({ headers: { 'accept-encoding': accepted } }) as Preferring).encodings(preferred, {
    preferred,
  });
  return chosen !== undefined && Object.hasOwn(encoders, chosen) ? (chosen as Coding) : null;
}

const varies = { vary: 'Accept-Encoding' };

/** The body as it goes over the wire, with the headers that say so; at once where nothing is to be compressed. */
export function codeBody(
  body: ByteString,
  accepted: string | undefined,
  { enabled, minimumBytes }: CompressionSettings,
): CodedBody | Promise<CodedBody> {
  if (!enabled) return { body, headers: {} };
  const coding = accepted === undefined || body.length < minimumBytes ? null : selectCoding(accepted);
  return coding ? compress(body, coding) : { body, headers: varies };
}

async function compress(body: ByteString, coding: Coding): Promise<CodedBody> {
  const coded = await encoders[coding](Buffer.from(body, 'latin1'));
  return { body: coded, headers: { ...varies, 'content-encoding': coding } };
}
