/** A vitest reporter that ends a run with one plain line: how many tests passed and failed. */
export default class ClosingLine {
  onTestRunEnd(modules) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state in counts) counts[state]++;
        // Said aloud: a test that needs its second try is a fault of its own.
        if (test.diagnostic()?.flaky) console.log(`passed only when repeated: ${test.fullName}`);
      }
      if (module.errors().length > 0) counts.failed++;
    }
    console.log(`tests: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }
}
