/** `npm run bench -- [flag …]`: installs what only the benchmarks need beside the service's own packages, builds, and runs them. */
import { join } from 'node:path';
import { build } from './build.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { runNode } from './node-runtime.mjs';
import { projectFolder } from './project.mjs';

const bench = join(projectFolder, 'bench');
try {
  ensureInstall('development');
  ensureInstall('production', bench);
  await build();
  process.exitCode = await runNode([join(bench, 'run.mjs'), ...process.argv.slice(2)]);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
