/**
 * `npm run mutation [-- policy | planning] [-- flag of Stryker …]`: breaks rules, and then plans, one by one and looks which break no test
 * notices. Fails where of the rules' too many go unnoticed. `-- policy --mutate src/policy/decide.ts` takes one file.
 */
import { join } from 'node:path';
import { generateTypedDocuments } from './codegen.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { runNode } from './node-runtime.mjs';
import { projectFolder } from './project.mjs';

const mutation = join(projectFolder, 'mutation');
const parts = ['policy', 'planning'];
const args = process.argv.slice(2);
const asked = parts.includes(args[0]) ? [args.shift()] : parts;
try {
  ensureInstall('development');
  ensureInstall('production', mutation);
  await generateTypedDocuments();
  const stryker = join(mutation, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  for (const part of asked) {
    process.stdout.write(`\nMutants of src/${part}\n`);
    const exitCode = await runNode([stryker, 'run', join(mutation, 'stryker.config.mjs'), ...args], {
      cwd: projectFolder,
      env: { ...process.env, CITYGRAPH_MUTATE: part },
    });
    process.exitCode ||= exitCode;
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
