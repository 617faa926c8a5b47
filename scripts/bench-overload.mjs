/** `npm run bench:overload`: builds, then asks a node for several times what it can do (`bench/overload.mjs`). */
import { join } from 'node:path';
import { build } from './build.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { runNode } from './node-runtime.mjs';
import { projectFolder } from './project.mjs';

try {
  ensureInstall('production');
  await build();
  process.exitCode = await runNode([join(projectFolder, 'bench', 'overload.mjs'), ...process.argv.slice(2)]);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
