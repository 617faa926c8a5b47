/**
 * C2SP signed-note with Ed25519: a text, and below it who signed it. Signatures of unknown keys are passed over, so that a note can carry
 * those of an old key, a new key and witnesses at once.
 */
import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';

/** Signature types of the specification. */
export const noteSignature = 0x01;
/** c2sp.org/tlog-cosignature: over the time it was given at and a checkpoint. */
export const cosignature = 0x04;

export interface NoteVerifier {
  readonly name: string;
  /** Four bytes in hexadecimal. */
  readonly keyId: string;
  readonly type: number;
  readonly publicKey: KeyObject;
}

export interface NoteSigner extends NoteVerifier {
  readonly privateKey: KeyObject;
}

export interface NoteLine {
  readonly name: string;
  readonly keyId: string;
  readonly signature: Buffer;
  /** As it stands in the note, without its newline. */
  readonly line: string;
}

export interface SignedNote {
  /** Ends in a newline. */
  readonly text: string;
  readonly lines: readonly NoteLine[];
}

/** @param seed the 32 bytes of RFC 8032 */
export function createSigner(name: string, seed: Buffer): NoteSigner {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  return { name, type: noteSignature, publicKey, privateKey, keyId: keyIdOf(name, noteSignature, publicKey) };
}

/** `<name>+<key id>+<base64 of type and key>`. */
export function formatVerifier({ name, keyId, type, publicKey }: NoteVerifier): string {
  return `${name}+${keyId}+${Buffer.concat([Buffer.from([type]), rawKey(publicKey)]).toString('base64')}`;
}

/** @throws SyntaxError */
export function parseVerifier(text: string): NoteVerifier {
  const [name, keyId, ...rest] = text.trim().split('+');
  const encoded = Buffer.from(rest.join('+'), 'base64');
  const type = encoded[0];
  if (!name || !keyId || encoded.length !== 33 || (type !== noteSignature && type !== cosignature))
    throw new SyntaxError('expected a verifier key <name>+<id>+<base64> of Ed25519, got something else');
  const publicKey = createPublicKey({
    key: Buffer.concat([spkiPrefix, encoded.subarray(1)]),
    format: 'der',
    type: 'spki',
  });
  if (keyIdOf(name, type, publicKey) !== keyId)
    throw new SyntaxError('expected a verifier key whose id is that of its name and key, got another id');
  return { name, keyId, type, publicKey };
}

export function signNote(text: string, signers: readonly NoteSigner[]): string {
  return `${text}\n${signers.map((signer) => `${signatureLine(signer, signBytes(signer, text))}\n`).join('')}`;
}

/** The bare signature, for what is signed but is no note of its own. */
export function signBytes({ privateKey }: NoteSigner, text: string): Buffer {
  return sign(null, Buffer.from(text), privateKey);
}

export function signatureLine({ name, keyId }: NoteVerifier, signature: Buffer): string {
  return `— ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')}`;
}

/** @throws SyntaxError */
export function parseNote(note: string): SignedNote {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new SyntaxError('expected a signed note, got something else');
  return { text: note.slice(0, end + 1), lines: parseSignatureLines(note.slice(end + 2)) };
}

/** @throws SyntaxError */
export function parseSignatureLines(text: string): NoteLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const match = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
      const bytes = Buffer.from(match?.[2] ?? '', 'base64');
      if (!match || bytes.length < 5) throw new SyntaxError('expected a signature line of a note, got something else');
      return { name: match[1]!, keyId: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4), line };
    });
}

/**
 * Those of the given keys that have signed the note.
 * @throws SyntaxError where the signature of one of them is wrong: such a note is good for nothing
 */
export function verifyNote({ text, lines }: SignedNote, verifiers: readonly NoteVerifier[]): NoteVerifier[] {
  const signed: NoteVerifier[] = [];
  for (const { name, keyId, signature } of lines) {
    const verifier = verifiers.find((known) => known.name === name && known.keyId === keyId);
    if (!verifier) continue;
    if (!verifySignature(verifier, text, signature))
      throw new SyntaxError(`expected a signature by ${name}, got one that does not verify`);
    signed.push(verifier);
  }
  return signed;
}

function verifySignature({ type, publicKey }: NoteVerifier, text: string, signature: Buffer): boolean {
  if (type === noteSignature) return signature.length === 64 && verify(null, Buffer.from(text), publicKey, signature);
  if (signature.length !== 72) return false;
  const time = signature.readBigUInt64BE(0);
  return verify(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), publicKey, signature.subarray(8));
}

function keyIdOf(name: string, type: number, publicKey: KeyObject): string {
  const input = Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([type]), rawKey(publicKey)]);
  return hash('sha256', input, 'hex').slice(0, 8);
}

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

function rawKey(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(spkiPrefix.length);
}
