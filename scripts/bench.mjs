/**
 * `npm run bench`, `bench:scale`, `bench:overload`, `bench:usage-log`: builds, and runs that file of `bench/` with the flags given. What only
 * some of them need beside the service's own packages is installed in `bench/`.
 */
import { join } from 'node:path';
import { build } from './build.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { runNode } from './node-runtime.mjs';
import { projectFolder } from './project.mjs';

const folder = join(projectFolder, 'bench');
const withLoadMaker = ['run', 'scale'];
const [name, ...flags] = process.argv.slice(2);
try {
  ensureInstall('development');
  if (withLoadMaker.includes(name)) ensureInstall('production', folder);
  await build();
  process.exitCode = await runNode([join(folder, `${name}.mjs`), ...flags]);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
