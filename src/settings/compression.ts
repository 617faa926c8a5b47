/** Compression of responses; README, "Protocol", says what stands against guessing by size. */
import { type Environment, readInteger, readOneOf } from './read-setting.js';

export interface CompressionSettings {
  readonly enabled: boolean;
  /** Smaller bodies go as they are. */
  readonly minimumBytes: number;
}

export function readCompression(env: Environment): CompressionSettings {
  return Object.freeze({
    enabled: readOneOf(env, 'COMPRESSION', 'on', ['on', 'off']) === 'on',
    minimumBytes: readInteger(env, 'COMPRESSION_MINIMUM_BYTES', 1024, 0, 16_777_216),
  });
}
