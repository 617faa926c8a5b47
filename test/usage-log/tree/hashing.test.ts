/** The tree against the standards: known vectors, and a verifier written from their text (`rfc6962.ts`). */
import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { GrowingTree } from '../../../src/usage-log/tree/growing-tree.js';
import { emptyRoot, leafHash } from '../../../src/usage-log/tree/hashing.js';
import {
  consistencyProof,
  extendsTree,
  inclusionProof,
  rootAt,
  rootOfInclusion,
} from '../../../src/usage-log/tree/proofs.js';
import {
  createSigner,
  formatVerifier,
  parseNote,
  parseVerifier,
  signNote,
  verifyNote,
} from '../../../src/usage-log/tree/signed-note.js';
import {
  parseTileIndexPath,
  type ReadTiles,
  type Tile,
  tileIndexPath,
  widthOfTile,
} from '../../../src/usage-log/tree/tile.js';
import { parseCheckpoint, signCheckpoint } from '../../../src/usage-log/tree/checkpoint.js';
import { createReceiptSigner, receiptText, type SignedReceipt } from '../../../src/usage-log/tree/receipt.js';
import { leafData } from '../../../src/usage-log/tree/leaf.js';
import { hashOfLeaf, includes, isConsistent, openCheckpoint, openNote, treeHash } from './rfc6962.js';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

/** Of the reference implementation of Certificate Transparency: inputs, roots of trees of 1 to 8, and proofs. */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  hex,
);
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const [a, b, c, d, e, f] = [
  '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
];
const inclusionVectors = [
  { leaf: 0, size: 1, proof: [] },
  { leaf: 0, size: 8, proof: [a, b, c] },
  { leaf: 5, size: 8, proof: [d, e, roots[3]] },
  { leaf: 2, size: 3, proof: [roots[1]] },
  { leaf: 1, size: 5, proof: [roots[0], b, d] },
];
const consistencyVectors = [
  { older: 1, size: 1, proof: [] },
  { older: 1, size: 8, proof: [a, b, c] },
  { older: 6, size: 8, proof: [f, e, roots[3]] },
  { older: 2, size: 5, proof: [b, d] },
];

/** A tree grown a few leaves at a time, its tiles kept as the database keeps them. */
function grow(
  leaves: readonly Buffer[],
  step = 97,
): { tree: GrowingTree; readTiles: ReadTiles; tiles: Map<string, Tile> } {
  const tree = GrowingTree.empty();
  const tiles = new Map<string, Tile>();
  for (let at = 0; at < leaves.length; at += step)
    for (const tile of tree.append(leaves.slice(at, at + step))) tiles.set(`${tile.level}/${tile.index}`, tile);
  const readTiles: ReadTiles = (positions) =>
    Promise.resolve(positions.map(({ level, index }) => tiles.get(`${level}/${index}`)?.hashes ?? null));
  return { tree, readTiles, tiles };
}

describe('hashes and proofs', () => {
  test('are those of the reference vectors', async () => {
    expect(emptyRoot.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    const leaves = inputs.map(leafHash);
    for (const [at, root] of roots.entries())
      expect(
        grow(leaves.slice(0, at + 1), 1)
          .tree.root()
          .toString('hex'),
      ).toBe(root);
    const { readTiles } = grow(leaves);
    for (const { leaf, size, proof } of inclusionVectors)
      expect((await inclusionProof(leaf, size, readTiles)).map((it) => it.toString('hex'))).toEqual(proof);
    for (const { older, size, proof } of consistencyVectors)
      expect((await consistencyProof(older, size, readTiles)).map((it) => it.toString('hex'))).toEqual(proof);
  });

  test('the verifier of the tests knows the reference vectors too', () => {
    const leaves = inputs.map(hashOfLeaf);
    expect(treeHash([]).equals(emptyRoot)).toBe(true);
    roots.forEach((root, at) => expect(treeHash(leaves.slice(0, at + 1)).toString('hex')).toBe(root));
    for (const { leaf, size, proof } of inclusionVectors)
      expect(
        includes(
          leaves[leaf]!,
          leaf,
          size,
          proof.map((it) => hex(it!)),
          hex(roots[size - 1]!),
        ),
      ).toBe(true);
    for (const { older, size, proof } of consistencyVectors)
      expect(
        isConsistent(
          older,
          hex(roots[older - 1]!),
          size,
          hex(roots[size - 1]!),
          proof.map((it) => hex(it!)),
        ),
      ).toBe(true);
  });

  test('of every leaf and every older size of a small tree are accepted, and none that was forged', async () => {
    const leaves = Array.from({ length: 40 }, (_, n) => leafHash(Buffer.from(`leaf ${n}`)));
    const { readTiles } = grow(leaves, 7);
    for (let size = 1; size <= leaves.length; size += 1) {
      const root = treeHash(leaves.slice(0, size));
      expect((await rootAt(size, readTiles)).equals(root)).toBe(true);
      for (let index = 0; index < size; index += 1) {
        const proof = await inclusionProof(index, size, readTiles);
        expect(includes(leaves[index]!, index, size, proof, root)).toBe(true);
        expect(rootOfInclusion(leaves[index]!, index, size, proof)?.equals(root)).toBe(true);
        expect(includes(leaves[(index + 1) % 40]!, index, size, proof, root)).toBe(false);
        if (size > 1) expect(includes(leaves[index]!, (index + 1) % size, size, proof, root)).toBe(false);
        forged(proof).forEach((it) => expect(includes(leaves[index]!, index, size, it, root)).toBe(false));
      }
      for (let older = 1; older <= size; older += 1) {
        const proof = await consistencyProof(older, size, readTiles);
        const first = treeHash(leaves.slice(0, older));
        expect(isConsistent(older, first, size, root, proof)).toBe(true);
        expect(extendsTree({ size: older, root: first }, { size, root }, proof)).toBe(true);
        const fork = treeHash([...leaves.slice(0, older - 1), leafHash(Buffer.from('another'))]);
        for (const accepts of [isConsistentHere, isConsistent]) {
          expect(accepts(older, fork, size, root, proof)).toBe(false);
          forged(proof).forEach((it) => expect(accepts(older, first, size, root, it)).toBe(false));
        }
      }
    }
  });

  test('of a tree of three levels of tiles are accepted', async () => {
    const leaves = Array.from({ length: 70_000 }, (_, n) => leafHash(Buffer.from(String(n))));
    const { tree, readTiles, tiles } = grow(leaves, 4_999);
    const root = tree.root();
    expect(root.equals(treeHash(leaves))).toBe(true);
    // The numbers of the specification's example.
    expect([...tiles.values()].filter(({ level, hashes }) => level === 0 && hashes.length === 8192)).toHaveLength(273);
    expect(tiles.get('0/273')!.hashes.length / 32).toBe(112);
    expect(tiles.get('1/1')!.hashes.length / 32).toBe(17);
    expect(tiles.get('2/0')!.hashes.length / 32).toBe(1);
    expect(widthOfTile({ level: 1, index: 1 }, 70_000)).toBe(17);
    expect(widthOfTile({ level: 1, index: 2 }, 70_000)).toBe(0);
    for (const index of [0, 255, 256, 65_535, 65_536, 69_999])
      expect(includes(leaves[index]!, index, 70_000, await inclusionProof(index, 70_000, readTiles), root)).toBe(true);
    for (const older of [1, 255, 256, 257, 65_536, 65_537, 69_887, 69_999]) {
      const first = treeHash(leaves.slice(0, older));
      expect((await rootAt(older, readTiles)).equals(first)).toBe(true);
      expect(isConsistent(older, first, 70_000, root, await consistencyProof(older, 70_000, readTiles))).toBe(true);
    }
    const again = await GrowingTree.load(70_000, readTiles);
    expect(again.root().equals(root)).toBe(true);
    const more = leaves.slice(0, 600);
    expect(again.append(more)).toEqual(tree.append(more));
    await expect(GrowingTree.load(70_401, readTiles)).rejects.toThrow('expected tile');
    await expect(inclusionProof(70_000, 70_000, readTiles)).rejects.toThrow('expected a leaf');
  });
});

const isConsistentHere: typeof isConsistent = (size, root, newSize, newRoot, proof) =>
  extendsTree({ size, root }, { size: newSize, root: newRoot }, proof);

/** One bit turned in each hash, one hash too few, one too many, two exchanged. */
function forged(proof: readonly Buffer[]): Buffer[][] {
  const bent = proof.map((_, at) =>
    proof.map((hash, n) => (n === at ? Buffer.from(hash.map((byte, i) => (i === 31 ? byte ^ 1 : byte))) : hash)),
  );
  const swapped = proof.length > 1 ? [[proof[1]!, proof[0]!, ...proof.slice(2)]] : [];
  const shorter = proof.length > 0 ? [proof.slice(1), proof.slice(0, -1)] : [];
  return [...bent, ...swapped, ...shorter, [...proof, randomBytes(32)]];
}

describe('addresses of tiles', () => {
  test.each([
    [0, 256, '000'],
    [999, 256, '999'],
    [1000, 256, 'x001/000'],
    [1234067, 256, 'x001/x234/067'],
    [273, 112, '273.p/112'],
  ])('%i of width %i is %s', (index, width, path) => {
    expect(tileIndexPath(index, width)).toBe(path);
    expect(parseTileIndexPath(path)).toEqual({ index, width });
  });
  test.each([
    '',
    '0',
    '00',
    '0000',
    'x000/001',
    '001/002',
    'x001',
    '001.p/0',
    '001.p/256',
    '001.p/01',
    '001.p/',
    '-01',
    '../001',
    'x999/x999/x999/x999/x999/x999/999',
  ])('%s is none', (path) => expect(parseTileIndexPath(path)).toBeNull());
});

describe('signed notes', () => {
  test('the example of the specification verifies', () => {
    const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    const note =
      'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
    expect(formatVerifier(parseVerifier(vkey))).toBe(vkey);
    expect(verifyNote(parseNote(note), [parseVerifier(vkey)])).toHaveLength(1);
    expect(() => verifyNote(parseNote(note.replace('example m', 'eXample m')), [parseVerifier(vkey)])).toThrow(
      'does not verify',
    );
    expect(() => parseVerifier(vkey.replace('530d903a', '530d903b'))).toThrow('another id');
  });

  test('ours are read by a verifier that is not ours, and carry signatures of several keys', () => {
    const signers = [
      createSigner('example.com/log', randomBytes(32)),
      createSigner('example.com/log', randomBytes(32)),
    ];
    const note = signNote('a\n\nb\n', signers);
    for (const signer of signers) expect(openNote(note, formatVerifier(signer)).text).toBe('a\n\nb\n');
    expect(() => openNote(note, formatVerifier(createSigner('example.com/log', randomBytes(32))))).toThrow(
      'not signed',
    );
    expect(() => openNote(note.replace('a', 'c'), formatVerifier(signers[1]!))).toThrow('bad signature');
  });

  test('a checkpoint holds origin, size and root, and there is none of an empty tree', () => {
    const signer = createSigner('example.com/log', randomBytes(32));
    const root = randomBytes(32);
    const note = signCheckpoint('example.com/log', { size: 12, root }, [signer]);
    expect(openCheckpoint(note, formatVerifier(signer))).toEqual({ origin: 'example.com/log', size: 12, root });
    expect(parseCheckpoint(note)).toMatchObject({ origin: 'example.com/log', size: 12, root });
    expect(() => signCheckpoint('example.com/log', { size: 0, root: emptyRoot }, [signer])).toThrow('got size 0');
    for (const bad of ['', 'a\n', note.replace('\n12\n', '\n012\n'), note.replace('\n12\n', '\n-1\n')])
      expect(() => parseCheckpoint(bad)).toThrow(SyntaxError);
  });
});

describe('receipts of a batch', () => {
  test.each([1, 2, 3, 5, 8, 13, 100])('of %i prove each commitment under one signature', (size) => {
    const signer = createSigner('example.com/log', randomBytes(32));
    const commitments = Array.from({ length: size }, () => randomBytes(32));
    const written = createReceiptSigner('example.com/log', () => [signer])(commitments.map((it) => it.toString('hex')));
    expect(written.map(({ commitment }) => commitment)).toEqual(commitments.map((it) => it.toString('hex')));
    const receipts = written.map(({ text }) => JSON.parse(text) as SignedReceipt);
    const root = treeHash(commitments.map((it) => hashOfLeaf(leafData(it))));
    expect(new Set(receipts.map(({ signature }) => signature)).size).toBe(1);
    receipts.forEach((receipt, index) => {
      expect(receipt).toMatchObject({ index, size });
      const path = receipt.path.map((it) => Buffer.from(it, 'base64'));
      expect(includes(hashOfLeaf(leafData(commitments[index]!)), index, size, path, root)).toBe(true);
      const note = `${receiptText(receipt.origin, receipt.signedAt, size, root)}\n— ${receipt.origin} ${Buffer.concat([hex(receipt.keyId), Buffer.from(receipt.signature, 'base64')]).toString('base64')}\n`;
      openNote(note, formatVerifier(signer));
    });
  });
});
