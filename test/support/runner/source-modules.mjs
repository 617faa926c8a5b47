/**
 * Lets Node.js import the project's TypeScript: what is built (src, seeds …) from dist/, the tests themselves compiled as they are read. Every
 * module keeps the address of its source, so that it finds the files beside it.
 *
 * What lies in test/ is evaluated anew for each test file, by an address that ends in `?run=N`; everything else once for each worker.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import swc from '@swc/core';
import { swcOptions } from '../../../scripts/build.mjs';

/** Address of a module, as stacks have it -> file of its source map. */
export const sourceMaps = new Map();

const globals = new URL('jest-globals.mjs', import.meta.url).href;
let registered = false;

/** @param {string} project its folder */
export function registerSourceModules(project) {
  if (registered) return;
  registered = true;
  const root = pathToFileURL(join(project, '/')).href;
  const [packages, tests] = [`${root}node_modules/`, `${root}test/`];
  const isOurs = (url) => url?.startsWith(root) && !url.startsWith(packages);

  registerHooks({
    resolve(specifier, context, next) {
      if (!isOurs(context.parentURL)) return next(specifier, context);
      if (specifier === '@jest/globals') return { url: globals, format: 'module', shortCircuit: true };
      const url = specifier.startsWith('.') && findSource(specifier, context.parentURL, tests);
      return url ? { url, format: 'module', shortCircuit: true } : next(specifier, context);
    },
    load(url, context, next) {
      const [address] = url.split('?');
      if (!isOurs(url) || !address.endsWith('.ts')) return next(url, context);
      return { format: 'module', source: read(project, url, fileURLToPath(address)), shortCircuit: true };
    },
  });
}

/** @returns {string | undefined} address of the TypeScript that an import of `….js` means */
function findSource(specifier, parent, tests) {
  const url = new URL(specifier.replace(/\.js$/, '.ts'), parent);
  if (!url.pathname.endsWith('.ts') || !existsSync(url)) return undefined;
  if (url.href.startsWith(tests)) url.search = new URL(parent).search;
  return url.href;
}

const compiled = new Map();

function read(project, url, file) {
  const path = relative(project, file);
  const built = join(project, 'dist', path.replace(/\.ts$/, '.js'));
  const isBuilt = !path.startsWith('test') && existsSync(built);
  if (isBuilt) {
    sourceMaps.set(url, `${built}.map`);
    return readFileSync(built, 'utf8');
  }
  const { code, mapFile } = compiled.get(path) ?? compile(path, file);
  sourceMaps.set(url, mapFile);
  return code;
}

function compile(path, file) {
  const { code, map } = swc.transformFileSync(file, { ...swcOptions, sourceFileName: file });
  const mapFile = join(tmpdir(), 'source-maps', `${path}.map`);
  mkdirSync(dirname(mapFile), { recursive: true });
  writeFileSync(mapFile, map);
  compiled.set(path, { code, mapFile });
  return { code, mapFile };
}
