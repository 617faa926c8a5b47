#!/usr/bin/env node
/**
 * Checks an export of a Citygraph usage log. Needs Node 18 or later and nothing else; shares no code with the service. Read it first.
 *
 *   node verify-usage-log.mjs EXPORT.jsonl --key VERIFIER-KEY [--key …] [--checkpoint FILE …]
 *
 * VERIFIER-KEY is what you were given when you did not yet doubt the log, FILE a checkpoint (or several) that you or a witness kept. Without
 * --key the keys of the export itself are taken: that shows that it agrees with itself, and nothing more.
 *
 * What is checked, after RFC 6962 (Merkle tree), RFC 8785 (canonical JSON) and c2sp.org/signed-note, /tlog-checkpoint, /tlog-tiles:
 *   1. every record opens the commitment of its leaf: SHA-256(salt, canonical record);
 *   2. the plan description that it names is there and has the hash it is named by;
 *   3. the leaves, in their order, come to the root of every checkpoint, and every checkpoint is signed by a key you trust;
 *   4. the tiles that were published hold the same hashes.
 * Ends with 0 and what was checked, or with 1 and the first thing that is wrong.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';

const sha256 = (...parts) => {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest();
};

// RFC 6962, 2.1

const leafHash = (data) => sha256(Buffer.of(0), data);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);

/** The tree while it grows: complete subtrees from left to right, the highest first, and how many leaves they hold. */
const peaks = [];
let size = 0;

function append(hash, onNode) {
  let node = hash;
  onNode(0, node);
  for (let leaves = size, height = 1; leaves % 2 === 1; leaves = (leaves - 1) / 2, height += 1) {
    node = nodeHash(peaks.pop(), node);
    onNode(height, node);
  }
  peaks.push(node);
  size += 1;
}

const root = () => peaks.reduceRight((right, left) => nodeHash(left, right));

// RFC 8785: the text of a record

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

/** Subjects stand in the canonical record as a digest with a salt of its own. */
function commitmentTo({ subjects, ...columns }, salt) {
  const subjectsDigest = sha256(salt.subarray(16), subjects).toString('hex');
  const text = canonical({ ...columns, format: 'citygraph-usage-record/v1', subjects_digest: subjectsDigest });
  return sha256(salt.subarray(0, 16), text).toString('hex');
}

const leafOf = (commitment) => leafHash(Buffer.from(`citygraph-usage/v1 ${commitment}\n`));

// c2sp.org/signed-note, Ed25519

function readKey(text) {
  const [name, id] = text.split('+', 2);
  const material = Buffer.from(text.slice(name.length + id.length + 2), 'base64');
  const keyId = sha256(`${name}\n`, material).subarray(0, 4);
  if (material[0] !== 1 || material.length !== 33 || keyId.toString('hex') !== id) stop(`not a verifier key: ${text}`);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: material.subarray(1).toString('base64url') };
  return { name, keyId, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) };
}

/** @returns the text of a note that a trusted key has signed; otherwise this is the end */
function requireSigned(note, what) {
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  const signed = note
    .slice(end + 2)
    .split('\n')
    .some((line) => {
      const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? [];
      const bytes = Buffer.from(encoded ?? '', 'base64');
      const key = keys.find((known) => known.name === name && known.keyId.equals(bytes.subarray(0, 4)));
      if (!key) return false;
      if (!verify(null, Buffer.from(text), key.publicKey, bytes.subarray(4))) stop(`a signature on ${what} is wrong`);
      return true;
    });
  const [first, second] = text.split('\n');
  if (!signed) stop(`${what} is not signed by a key that you trust (of ${first}, size ${second})`);
  return text;
}

/** @returns origin, size and root of a checkpoint that a trusted key has signed; otherwise this is the end */
function readCheckpoint(note, source) {
  const [origin, count, hash] = requireSigned(note, `a checkpoint of ${source}`).split('\n');
  if (!/^[1-9]\d*$/.test(count)) stop(`a checkpoint of ${source} has no size: ${count}`);
  return { origin, size: Number(count), root: Buffer.from(hash, 'base64'), source };
}

// What was asked for

function stop(what) {
  console.log(`NOT GOOD: ${what}`);
  process.exit(1);
}

function readArguments(args) {
  const options = { file: null, keys: [], checkpoints: [] };
  for (let at = 0; at < args.length; at += 1) {
    if (args[at] === '--key') options.keys.push(args[(at += 1)]);
    else if (args[at] === '--checkpoint') options.checkpoints.push(args[(at += 1)]);
    else if (options.file === null && !args[at].startsWith('-')) options.file = args[at];
    else stop(`what is ${args[at]}?`);
  }
  if (options.file === null) stop('which file?');
  return options;
}

const options = readArguments(process.argv.slice(2));
let keys = options.keys.map(readKey);
let header = null;
/** To be compared when the tree has their size; the smallest first. */
const checkpoints = [];
let checkpointCount = 0;
let lastGood = 0;
const plans = new Set();
/** By month: the manifest, and what of it has come. */
const archives = new Map();
/** By level and index, the digest of what each tile must hold. */
const tiles = new Map();
let tileCount = 0;

const handlers = {
  header(line) {
    header = line;
    if (line.format !== 'citygraph-usage-export/v1') stop(`an export of another format: ${line.format}`);
    if (keys.length === 0) keys = line.keys.map(readKey);
    for (const file of options.checkpoints) {
      const notes = readFileSync(file, 'utf8').match(/(?:[^\n]+\n){3,}\n(?:— [^\n]+(?:\n|$))+/g) ?? [];
      if (notes.length === 0) stop(`${file} holds no checkpoint`);
      for (const note of notes) checkpoints.push(readCheckpoint(note, file));
    }
  },

  checkpoint({ note }) {
    checkpoints.push(readCheckpoint(note, 'the export'));
  },

  plan({ hash, description }) {
    if (sha256(description).toString('hex') !== hash) stop(`plan description ${hash} is not what its hash was made of`);
    plans.add(hash);
  },

  archive({ note }) {
    const text = requireSigned(note, 'the manifest of an archive');
    const [format, origin, json] = text.split('\n');
    if (format !== 'citygraph-usage-archive/v1' || origin !== header.origin)
      stop(`an archive of another log: ${origin}`);
    const manifest = JSON.parse(json);
    archives.set(manifest.month, { manifest, digest: createHash('sha256'), count: 0 });
  },

  record({ leafIndex, recordId, commitment, record, salt }) {
    const name = `record ${recordId}, leaf ${leafIndex}`;
    if (leafIndex === 0) beginTree();
    if (leafIndex !== size) stop(`leaf ${size} is missing: the next one in the export is ${name}`);
    if (record === null) takeArchived(name, leafIndex, recordId, commitment);
    else {
      if (record.id !== recordId || commitmentTo(record, Buffer.from(salt, 'hex')) !== commitment)
        stop(`${name}: the record is not the one that was committed to`);
      if (record.plan_id !== null && !plans.has(record.plan_id)) stop(`${name}: its plan description is missing`);
    }
    append(leafOf(commitment), (height, node) => {
      if (height % 8 === 0) addToTile(height / 8, node);
    });
    compareRoots();
  },

  tile({ level, index, hashes }) {
    closeOpenTiles();
    tileCount += 1;
    const expected = tiles.get(`${level}/${index}`);
    if (!expected) stop(`tile ${level}/${index} is of no tree of this size`);
    if (sha256(Buffer.from(hashes, 'base64')).toString('hex') !== expected)
      stop(`tile ${level}/${index} differs from leaves ${index * 256 ** (level + 1)} and following`);
    tiles.delete(`${level}/${index}`);
  },
};

/** A record id holds its time, and with it the month that its archive must be of. */
function takeArchived(name, leafIndex, recordId, commitment) {
  const month = new Date(Number.parseInt(recordId.slice(0, 8) + recordId.slice(9, 13), 16)).toISOString().slice(0, 7);
  const archive = archives.get(month);
  if (!archive) stop(`${name}: the record is gone`);
  archive.count += 1;
  archive.digest.update(`${leafIndex} ${recordId} ${commitment}\n`);
}

function finishArchives() {
  for (const { manifest, digest, count } of archives.values())
    if (count !== manifest.records || digest.digest('hex') !== manifest.leavesDigest)
      stop(`the archive of ${manifest.month} is of other records than those that are gone`);
}

function beginTree() {
  checkpoints.sort((a, b) => a.size - b.size);
  checkpointCount = checkpoints.length;
  const foreign = checkpoints.find(({ origin }) => origin !== header.origin);
  if (foreign) stop(`a checkpoint of ${foreign.source} is of another log, ${foreign.origin}`);
}

function compareRoots() {
  while (checkpoints[0]?.size === size) {
    const { source, root: signed } = checkpoints.shift();
    if (!signed.equals(root()))
      stop(
        `the leaves do not come to the root that ${source} has for ${size}: one of leaves ${lastGood} to ${size - 1} differs`,
      );
    lastGood = size;
  }
}

/** Of tiles that are complete a digest is enough. */
const open = new Map();
function addToTile(level, hash) {
  const tile = open.get(level) ?? { index: 0, hashes: [] };
  open.set(level, tile);
  if (tile.hashes.push(hash) < 256) return;
  closeTile(level, tile);
  open.set(level, { index: tile.index + 1, hashes: [] });
}

function closeTile(level, { index, hashes }) {
  if (hashes.length > 0) tiles.set(`${level}/${index}`, sha256(...hashes).toString('hex'));
}

function closeOpenTiles() {
  for (const [level, tile] of open) closeTile(level, tile);
  open.clear();
}

function finish() {
  if (!header) stop('the export has no header');
  if (size === 0) beginTree();
  closeOpenTiles();
  finishArchives();
  if (size !== header.size) stop(`the tree says it has ${header.size} leaves, the export has ${size}`);
  const ahead = checkpoints[0];
  if (ahead)
    stop(`${ahead.source} has a checkpoint of ${ahead.size}, the export only ${size} leaves: the log was set back`);
  if (tiles.size > 0) stop(`tile ${[...tiles.keys()][0]} is missing`);
  const trust =
    options.keys.length > 0 ? '' : '\nOnly with the keys of the export itself: give those you trust with --key.';
  console.log(
    `GOOD: ${size} records${describeArchives()}, ${tileCount} tiles and ${checkpointCount} checkpoints of ${header.origin} agree; the last ${lastGood} signed.${trust}`,
  );
}

function describeArchives() {
  const months = [...archives.values()].map(
    ({ manifest }) => `${manifest.records} of ${manifest.month} in ${manifest.file}`,
  );
  return months.length === 0 ? '' : ` (archived: ${months.join(', ')})`;
}

/** By newlines alone: a line reader would also part a text where it holds U+2028. */
async function* linesOf(file) {
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    yield* lines;
  }
  yield rest;
}

for await (const text of linesOf(options.file)) {
  if (text === '') continue;
  const line = JSON.parse(text);
  if (!Object.hasOwn(handlers, line.type)) stop(`a line of unknown type ${line.type}`);
  handlers[line.type](line);
}
finish();
