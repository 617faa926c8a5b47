/**
 * A verifier written from the text of the standards alone, sharing nothing with the service: hashes and the tree hash from RFC 6962 2.1,
 * the checks of proofs from RFC 9162 2.1.3.2 and 2.1.4.2 (which keeps 6962's trees), tlog-proof and signed notes from c2sp.org.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest();
};

export const hashOfLeaf = (d: Uint8Array): Buffer => sha256(Uint8Array.of(0x00), d);
export const hashOfNode = (l: Uint8Array, r: Uint8Array): Buffer => sha256(Uint8Array.of(0x01), l, r);

/** MTH(D[n]), given the leaves' hashes. */
export function treeHash(leaves: readonly Buffer[]): Buffer {
  const n = leaves.length;
  if (n === 0) return sha256();
  if (n === 1) return leaves[0]!;
  const k = 2 ** (Math.ceil(Math.log2(n)) - 1);
  return hashOfNode(treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
}

export function includes(
  leaf: Buffer,
  leafIndex: number,
  treeSize: number,
  path: readonly Buffer[],
  rootHash: Buffer,
): boolean {
  if (leafIndex >= treeSize) return false;
  let fn = BigInt(leafIndex);
  let sn = BigInt(treeSize - 1);
  let r = leaf;
  for (const p of path) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      r = hashOfNode(p, r);
      if ((fn & 1n) === 0n) {
        do {
          fn >>= 1n;
          sn >>= 1n;
        } while ((fn & 1n) === 0n && fn !== 0n);
      }
    } else {
      r = hashOfNode(r, p);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && r.equals(rootHash);
}

export function isConsistent(
  first: number,
  firstHash: Buffer,
  second: number,
  secondHash: Buffer,
  proof: readonly Buffer[],
): boolean {
  if (first === second) return proof.length === 0 && firstHash.equals(secondHash);
  if (first <= 0 || first > second || proof.length === 0) return false;
  const path = Number.isInteger(Math.log2(first)) ? [firstHash, ...proof] : [...proof];
  let fn = BigInt(first - 1);
  let sn = BigInt(second - 1);
  while ((fn & 1n) === 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  let fr = path[0]!;
  let sr = path[0]!;
  for (const c of path.slice(1)) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      fr = hashOfNode(c, fr);
      sr = hashOfNode(c, sr);
      if ((fn & 1n) === 0n) {
        do {
          fn >>= 1n;
          sn >>= 1n;
        } while ((fn & 1n) === 0n && fn !== 0n);
      }
    } else {
      sr = hashOfNode(sr, c);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && fr.equals(firstHash) && sr.equals(secondHash);
}

export interface OpenedNote {
  readonly text: string;
  readonly lines: readonly string[];
}

/** @throws Error unless the note is signed by the Ed25519 key of this vkey */
export function openNote(note: string, vkey: string): OpenedNote {
  const at = note.lastIndexOf('\n\n');
  const text = note.slice(0, at + 1);
  const lines = note
    .slice(at + 2)
    .split('\n')
    .slice(0, -1);
  const [name, id] = vkey.split('+', 2) as [string, string];
  const material = Buffer.from(vkey.slice(name.length + id.length + 2), 'base64');
  const expectedId = sha256(Buffer.from(`${name}\n`), material).subarray(0, 4);
  if (material[0] !== 1 || expectedId.toString('hex') !== id) throw new Error('not a vkey');
  const key = ed25519(material.subarray(1));
  const good = lines.some((line) => {
    const [dash, signer, encoded] = line.split(' ');
    const bytes = Buffer.from(encoded ?? '', 'base64');
    if (dash !== '—' || signer !== name || !bytes.subarray(0, 4).equals(expectedId)) return false;
    if (!verify(null, Buffer.from(text), key, bytes.subarray(4))) throw new Error('bad signature');
    return true;
  });
  if (!good) throw new Error('not signed by that key');
  return { text, lines };
}

export function ed25519(raw: Buffer): ReturnType<typeof createPublicKey> {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
}

export interface OpenedCheckpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

export function openCheckpoint(note: string, vkey: string): OpenedCheckpoint {
  const [origin, size, root] = openNote(note, vkey).text.split('\n') as [string, string, string];
  return { origin, size: Number(size), root: Buffer.from(root, 'base64') };
}

/** Does this tlog-proof show the leaf in a tree signed by the key? @returns the leaf's index, or null */
export function checkProof(proof: string, leaf: Uint8Array, vkey: string): number | null {
  const at = proof.indexOf('\n\n');
  const [header, ...rest] = proof.slice(0, at).split('\n');
  if (header !== 'c2sp.org/tlog-proof@v1') return null;
  if (rest[0]?.startsWith('extra ')) rest.shift();
  const index = /^index (0|[1-9]\d*)$/.exec(rest.shift() ?? '')?.[1];
  if (index === undefined) return null;
  const { size, root } = openCheckpoint(proof.slice(at + 2), vkey);
  const path = rest.map((line) => Buffer.from(line, 'base64'));
  return includes(hashOfLeaf(leaf), Number(index), size, path, root) ? Number(index) : null;
}
