import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from './node-runtime.mjs';
import { projectFolder } from './project.mjs';

/** Who may import whom, and no cycles: the table stands in .dependency-cruiser.mjs. Resolves with the exit code. */
export function checkImports() {
  const folders = ['src', 'seeds'].filter((folder) => existsSync(join(projectFolder, folder)));
  const cruiser = join(projectFolder, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  return runNode([cruiser, '--config', '.dependency-cruiser.mjs', '--output-type', 'err', ...folders], {
    cwd: projectFolder,
  });
}
