/** Bearer tokens: 32 random bytes as base64url. They are shown once; SHA-256 of one is all that is kept. */
import { hash, randomBytes } from 'node:crypto';

export interface NewToken {
  readonly token: string;
  readonly hash: Buffer;
  /** Its first characters. */
  readonly hint: string;
}

export function createToken(): NewToken {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashToken(token), hint: token.slice(0, 6) };
}

export function hashToken(token: string): Buffer {
  return Buffer.from(digestToken(token), 'hex');
}

/** The same as hexadecimal digits: to be given a buffer takes several times as long. */
export function digestToken(token: string): string {
  return hash('sha256', token, 'hex');
}
