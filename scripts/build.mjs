/**
 * Compiles the TypeScript of the folders below to dist/, and copies what else they hold (SQL, YAML, CSV …) beside it. Types are checked by
 * `npm run verify`, not here: this takes a second, and a fraction of it when little has changed.
 *
 * dist/.build.json lists what was built from what. A source is compiled again when its time or size differs, and an output whose source
 * is gone is removed.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFolder } from './project.mjs';

const FOLDERS = ['src', 'seeds', 'mappings', 'examples', 'generated'];
const dist = join(projectFolder, 'dist');
const listFile = join(dist, '.build.json');

/** As the tests are compiled too; the decorators' metadata is what MikroORM and type-graphql read the types from. */
export const swcOptions = {
  configFile: false,
  swcrc: false,
  sourceMaps: true,
  module: { type: 'es6' },
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
};
/** A change of this very file makes everything be built again. */
const recipe = createHash('sha256')
  .update(readFileSync(new URL(import.meta.url)))
  .digest('hex');

/** @throws Error naming every source that does not compile; all others are built nevertheless */
export async function build() {
  const previous = readList();
  const sources = findSources();
  removeOrphans(previous, sources);
  const changed = [...sources].filter(([path, state]) => previous.get(path) !== state);
  const failures = [];
  if (changed.length > 0) {
    const swc = changed.some(([path]) => isTypeScript(path)) ? (await import('@swc/core')).default : undefined;
    for (const [path] of changed) {
      try {
        if (isTypeScript(path)) compile(swc, path);
        else write(path, readFileSync(join(projectFolder, path)));
      } catch (error) {
        sources.delete(path);
        failures.push(`${path}\n${error.message}`);
      }
    }
  }
  if (changed.length > 0 || sources.size !== previous.size) writeList(sources);
  if (failures.length > 0) throw new Error(`Does not compile:\n${failures.join('\n')}`);
}

/** @returns {Map<string, string>} path in the project -> its time and size */
function findSources() {
  const sources = new Map();
  for (const folder of FOLDERS) {
    if (!existsSync(join(projectFolder, folder))) continue;
    for (const entry of readdirSync(join(projectFolder, folder), { recursive: true, withFileTypes: true })) {
      const absolute = join(entry.parentPath ?? entry.path, entry.name);
      if (!entry.isFile() || entry.name.endsWith('.d.ts') || entry.name.startsWith('.')) continue;
      const { mtimeMs, size } = statSync(absolute);
      sources.set(absolute.slice(projectFolder.length), `${mtimeMs} ${size}`);
    }
  }
  return sources;
}

function isTypeScript(path) {
  return path.endsWith('.ts');
}

function outputsOf(path) {
  if (!isTypeScript(path)) return [path];
  const script = path.replace(/\.ts$/, '.js');
  return [script, `${script}.map`];
}

function compile(swc, path) {
  const { code, map } = swc.transformFileSync(join(projectFolder, path), {
    ...swcOptions,
    sourceFileName: join(projectFolder, path),
  });
  const [script, mapFile] = outputsOf(path);
  write(mapFile, map);
  write(script, `${code}\n//# sourceMappingURL=${script.split('/').pop()}.map\n`);
}

/** Renamed into place: a service that starts at the same moment reads the old file or the new one, never half of one. */
function write(path, content) {
  const target = join(dist, path);
  mkdirSync(dirname(target), { recursive: true });
  const unfinished = `${target}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, target);
}

function removeOrphans(previous, sources) {
  if (previous.size === 0) rmSync(dist, { recursive: true, force: true });
  for (const path of previous.keys()) {
    if (sources.has(path)) continue;
    for (const output of outputsOf(path)) rmSync(join(dist, output), { force: true });
  }
}

function readList() {
  if (!existsSync(listFile)) return new Map();
  const list = JSON.parse(readFileSync(listFile, 'utf8'));
  return list.recipe === recipe ? new Map(Object.entries(list.sources)) : new Map();
}

function writeList(sources) {
  write('.build.json', JSON.stringify({ recipe, sources: Object.fromEntries(sources) }));
}
