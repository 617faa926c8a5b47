import { writeFileSync } from 'node:fs';

/** Leaves jest's totals in the file that CITYGRAPH_TEST_TOTALS names, for test.mjs to close with. */
export default class TestTotalsReporter {
  onRunComplete(_contexts, results) {
    const file = process.env.CITYGRAPH_TEST_TOTALS;
    if (file === undefined) return;
    /* A file that cannot even be loaded has no test of its own to count. */
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    writeFileSync(file, JSON.stringify({ passed: results.numPassedTests, failed, skipped }));
  }
}
