/**
 * How jest runs one test file (its option `testRunner`): natively, in the worker's own realm, as the service runs in production. Packages and
 * sources are loaded once for each worker, not once for each file inside a vm context, which was most of the time that a run took. Files share
 * modules, therefore, as requests do: what a module remembers must not depend on who came before. What belongs to a file (environment,
 * console, spies, working directory) is put back after it.
 *
 * A file that replaces modules or the clock says `@own-modules` in its first comment, and gets jest's module registry, where that can be done.
 *
 * It knows jest-circus, whose collecting, running and reporting it uses, and nothing of the service.
 */
/* As in every entry: before anything is declared. */
import 'reflect-metadata';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ModuleMocker } from 'jest-mock';
import { isMarked } from './first-comment.mjs';
import { setCurrentGlobals } from './jest-globals.mjs';
import { registerSourceModules, sourceMaps } from './source-modules.mjs';

const require = createRequire(import.meta.url);
const circus = join(dirname(require.resolve('jest-circus/package.json')), 'build', 'jestAdapterInit.js');
/** Under which jest-circus keeps what listens to its events, in whatever copy of it. */
const circusHandlers = Symbol.for('EVENT_HANDLERS');
let filesRun = 0;

export default async function runTestFile(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  if (isMarked(testPath, '@own-modules')) {
    const { default: runInRegistry } = require('jest-circus/runner');
    return runInRegistry(globalConfig, config, environment, runtime, testPath, sendMessageToJest);
  }
  const { initialize, runAndTransformResultsToJestFormat } = loadCircus();
  const mocker = new ModuleMocker(globalThis);
  const putBack = keepSurroundings(environment.global.console);
  registerSourceModules(config.rootDir);
  try {
    const { snapshotState } = await initialize({
      ...{ config, environment, globalConfig, testPath, sendMessageToJest, runtime },
      localRequire: require,
      parentProcess: process,
      setGlobalsForRuntime: (globals) => setCurrentGlobals({ ...globals, jest: jestObject(mocker) }),
    });
    filesRun += 1;
    try {
      await import(`${pathToFileURL(testPath).href}?run=${filesRun}`);
    } finally {
      for (const [source, map] of sourceMaps) runtime.getSourceMaps().set(source, map);
    }
    const setupAfterEnvPerfStats = { setupAfterEnvStart: 0, setupAfterEnvEnd: 0 };
    const results = await runAndTransformResultsToJestFormat({
      ...{ config, globalConfig, setupAfterEnvPerfStats, testPath },
    });
    refuseSnapshots(snapshotState);
    return results;
  } finally {
    mocker.restoreAllMocks();
    putBack();
  }
}

/** They would not be written, and so would never fail. */
function refuseSnapshots({ added, matched, unmatched, updated }) {
  if (added + matched + unmatched + updated > 0)
    throw new Error('expected no snapshots, which are not kept here, got some; compare with a file of your own');
}

/** A copy for each file: it holds the tests, hooks and expectations of one. */
function loadCircus() {
  delete require.cache[circus];
  delete globalThis[circusHandlers];
  return require(circus);
}

function jestObject(mocker) {
  const names = [
    'fn',
    'spyOn',
    'replaceProperty',
    'isMockFunction',
    'clearAllMocks',
    'resetAllMocks',
    'restoreAllMocks',
  ];
  return Object.fromEntries(names.map((name) => [name, mocker[name].bind(mocker)]));
}

/** @returns {() => void} puts back what a file may have changed */
function keepSurroundings(console) {
  const [environment, folder, ownConsole, { stackTraceLimit }] = [
    { ...process.env },
    process.cwd(),
    globalThis.console,
    Error,
  ];
  globalThis.console = console;
  /* Jest lengthens it; the service is to find what it finds in production. */
  Error.stackTraceLimit = 10;
  return () => {
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
    process.chdir(folder);
    globalThis.console = ownConsole;
    Error.stackTraceLimit = stackTraceLimit;
  };
}
