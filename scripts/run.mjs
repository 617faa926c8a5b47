/**
 * `node scripts/run.mjs COMMAND …`: the command line of Citygraph, from a fresh clone on: installs, builds, then runs the command.
 * `build` alone stops after building.
 */
import { join } from 'node:path';
import { build } from './build.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { runNode } from './node-runtime.mjs';
import { projectFolder } from './project.mjs';

const args = process.argv.slice(2);
try {
  ensureInstall('production');
  await build();
  if (args[0] !== 'build') {
    process.exitCode = await runNode(['--enable-source-maps', join(projectFolder, 'dist', 'src', 'main.js'), ...args]);
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
