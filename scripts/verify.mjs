/** `npm run verify`: everything that must hold before a change is taken. Goes on after a failure, and ends by naming the steps that failed. */
import { join } from 'node:path';
import { checkImports } from './check-imports.mjs';
import { generateTypedDocuments } from './codegen.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { runNode } from './node-runtime.mjs';
import { projectFolder } from './project.mjs';

const tool = (path, ...args) => runNode([join(projectFolder, path), ...args], { cwd: projectFolder });

/* That the checked-in schema is what the code generates is one of the tests. */
const steps = {
  types: () => tool('node_modules/typescript/bin/tsc', '--noEmit'),
  lint: () => tool('node_modules/eslint/bin/eslint.js', '--max-warnings=0', '.'),
  format: () => tool('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
  imports: checkImports,
  tests: () => tool('scripts/test.mjs'),
};

ensureInstall('development');
await generateTypedDocuments();
const failed = [];
for (const [name, run] of Object.entries(steps)) {
  process.stderr.write(`\n${name}\n`);
  if ((await run()) !== 0) failed.push(name);
}
process.stderr.write(failed.length === 0 ? '\nverified\n' : `\nfailed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
