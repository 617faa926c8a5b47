/**
 * `npm test [-- FILE …]`: installs, builds, then runs jest; without files the import directions are checked first. Closes with the totals
 * alone on a line.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { checkImports } from './check-imports.mjs';
import { generateTypedDocuments } from './codegen.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { runNode } from './node-runtime.mjs';
import { projectFolder } from './project.mjs';

const args = process.argv.slice(2);
try {
  ensureInstall('development');
  process.exitCode = await runTests();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function runTests() {
  const wholeSuite = args.every((argument) => argument.startsWith('-'));
  const failures = [];
  /* Beside the next steps, each of which needs one core. */
  const imports = wholeSuite ? checkImports() : 0;
  /* A test of one thing must run while another does not compile. */
  await generateTypedDocuments();
  await build().catch((error) => failures.push(error.message));
  if ((await imports) !== 0) failures.push('An import goes against the allowed directions; see above.');

  const totals = await runJest();
  for (const failure of failures) process.stderr.write(`\n${failure}\n`);
  const failed = totals.failed + failures.length;
  process.stdout.write(
    `${totals.passed} passed, ${failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}\n`,
  );
  return failed === 0 ? totals.exitCode : totals.exitCode || 1;
}

async function runJest() {
  const folder = mkdtempSync(join(tmpdir(), 'citygraph-totals-'));
  const file = join(folder, 'totals.json');
  try {
    const jest = join(projectFolder, 'node_modules', 'jest', 'bin', 'jest.js');
    const exitCode = await runNode(
      ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...args],
      {
        cwd: projectFolder,
        env: { ...process.env, CITYGRAPH_TEST_TOTALS: file },
      },
    );
    return { exitCode, ...readTotals(file, exitCode) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Jest that ends before it has results (a bad option, a failed set-up) counts as one failure. */
function readTotals(file, exitCode) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return { passed: 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
  }
}
