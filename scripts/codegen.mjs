/** Makes generated/operations.ts, the typed documents of tests and examples, from schema/schema.graphql and codegen.yml. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { runNode } from './node-runtime.mjs';
import { projectFolder } from './project.mjs';

const stamp = join(projectFolder, 'generated', '.stamp');

/** Nothing is done when neither schema nor documents have changed. */
export async function generateTypedDocuments() {
  const digest = digestInputs();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  const codegen = join(projectFolder, 'node_modules', '@graphql-codegen', 'cli', 'cjs', 'bin.js');
  const exitCode = await runNode([codegen, '--config', 'codegen.yml', '--silent'], { cwd: projectFolder });
  if (exitCode !== 0) throw new Error('The typed documents could not be generated; see above.');
  mkdirSync(join(projectFolder, 'generated'), { recursive: true });
  writeFileSync(stamp, digest);
}

function digestInputs() {
  const hash = createHash('sha256');
  for (const file of [
    'codegen.yml',
    'schema/schema.graphql',
    ...findDocuments('examples'),
    ...findDocuments('test/documents'),
  ]) {
    hash.update(file).update(readFileSync(join(projectFolder, file)));
  }
  return hash.digest('hex');
}

function findDocuments(folder) {
  if (!existsSync(join(projectFolder, folder))) return [];
  return readdirSync(join(projectFolder, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((name) => name.endsWith('.graphql') && statSync(join(projectFolder, name)).isFile())
    .sort();
}
