/**
 * `npm run mutation -- [flag of Stryker …]`: breaks rules and plans one by one and looks which break no test notices. An hour or two;
 * `-- --mutate src/policy/decide.ts` takes one file.
 */
import { join } from 'node:path';
import { build } from './build.mjs';
import { generateTypedDocuments } from './codegen.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { runNode } from './node-runtime.mjs';
import { projectFolder } from './project.mjs';

const mutation = join(projectFolder, 'mutation');
try {
  ensureInstall('development');
  ensureInstall('production', mutation);
  await generateTypedDocuments();
  await build();
  const stryker = join(mutation, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  process.exitCode = await runNode([stryker, 'run', join(mutation, 'stryker.config.mjs'), ...process.argv.slice(2)], {
    cwd: projectFolder,
  });
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
