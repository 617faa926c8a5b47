/**
 * Installs the dependencies when they are not there, so that `npm start` and `npm test` work on a fresh clone with no step before them.
 *
 * npm keeps a list of what it has installed in node_modules/.package-lock.json and writes it last; comparing that list with our lock file
 * tells an interrupted or outdated installation from a complete one, whoever made it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { projectFolder } from './project.mjs';

/**
 * @param {'production' | 'development'} mode
 * @param folder of the package.json and its lock file
 */
export function ensureInstall(mode, folder = projectFolder) {
  const installed = installedPackages(folder);
  const missing = missingPackages(installed, mode, folder);
  if (missing.length === 0) return;

  const what = mode === 'production' ? 'dependencies' : 'dependencies and development tools';
  process.stderr.write(`Installing ${what} (${missing.length} packages) …\n`);
  const started = performance.now();
  /* On top of an older installation only what is missing is added: a service may be running from it, and tools that are there stay. */
  const hasTools = [...installed.values()].some(({ dev }) => dev);
  const selection = mode === 'production' && !hasTools ? '--omit=dev' : '--include=dev';
  const command = installed.size === 0 ? ['ci', selection] : ['install', '--no-save', selection];
  runNpm(folder, [
    ...command,
    '--include=optional',
    '--ignore-scripts',
    '--engine-strict=false',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);

  const still = missingPackages(installedPackages(folder), mode, folder);
  if (still.length > 0)
    throw new Error(`npm ended well, yet these packages are missing: ${still.slice(0, 5).join(', ')}`);
  process.stderr.write(`Installed in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`);
}

function installedPackages(folder) {
  const list = join(folder, 'node_modules', '.package-lock.json');
  return existsSync(list) ? lockedPackages(list) : new Map();
}

/** @returns {string[]} locations, as in the lock file */
function missingPackages(installed, mode, folder) {
  return [...lockedPackages(join(folder, 'package-lock.json'))]
    .filter(([, entry]) => (mode === 'development' || !entry.dev) && isMeantForHere(entry))
    .filter(([location, entry]) => installed.get(location)?.version !== entry.version)
    .map(([location]) => location);
}

/** Packages of other platforms are left out by npm; so are those that are both optional and for development, as it sees fit. */
function isMeantForHere(entry) {
  if (entry.devOptional || entry.link) return false;
  if (!entry.optional) return true;
  return (
    Boolean(entry.os && entry.cpu) &&
    fits(entry.os, process.platform) &&
    fits(entry.cpu, process.arch) &&
    !entry.libc?.includes('musl')
  );
}

function fits(allowed, actual) {
  return [allowed].flat().includes(actual);
}

function lockedPackages(file) {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(Object.entries(packages).filter(([location]) => location !== ''));
}

function runNpm(folder, args) {
  const npm = process.env.npm_execpath;
  const ownNpm = npm !== undefined && basename(npm) === 'npm-cli.js';
  const [command, first] = ownNpm ? [process.execPath, [npm]] : ['npm', []];
  /* Standard output belongs to the command that is run afterwards. */
  const { status, signal, error } = spawnSync(command, [...first, ...args], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  });
  if (error) throw new Error(`npm could not be run: ${error.message}`, { cause: error });
  if (status !== 0) throw new Error(`npm ${args[0]} failed (${status ?? signal}); its message stands above`);
}
