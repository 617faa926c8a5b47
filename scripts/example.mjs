/** `npm run example -- NAME [ARGUMENT …]`: runs a client of examples/ against a service that `npm start` has started. */
import { join } from 'node:path';
import { build } from './build.mjs';
import { generateTypedDocuments } from './codegen.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { runNode } from './node-runtime.mjs';
import { projectFolder } from './project.mjs';

const [name = 'person-portrait', ...args] = process.argv.slice(2);
try {
  ensureInstall('development');
  await generateTypedDocuments();
  await build();
  process.exitCode = await runNode([join(projectFolder, 'dist', 'examples', `${name}.js`), ...args]);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
