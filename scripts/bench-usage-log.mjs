/** `npm run bench:usage-log -- RECORDS [FOLDER]`: builds, then times what an auditor asks of a usage log of that size (`bench/usage-log.mjs`). */
import { join } from 'node:path';
import { build } from './build.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { runNode } from './node-runtime.mjs';
import { projectFolder } from './project.mjs';

try {
  ensureInstall('production');
  await build();
  process.exitCode = await runNode([join(projectFolder, 'bench', 'usage-log.mjs'), ...process.argv.slice(2)]);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
