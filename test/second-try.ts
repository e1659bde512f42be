// A browser on a busy machine may take longer than any test waits. What fails in a browser is tried once more by npm test; what
// passes then is named at the end, with what it failed of first. More than two of them are no accident: the run fails.
import type { Reporter, TestCase } from 'vitest/node';

const MOST = 2;

export default class SecondTry implements Reporter {
  #late: TestCase[] = [];

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.#late.push(test);
  }

  onTestRunEnd(): void {
    const late = this.#late.splice(0);
    for (const test of late) {
      const [first] = test.result().errors ?? [];
      console.log(`Passed at the second try: ${test.module.relativeModuleId} > ${test.fullName}`);
      console.log(first?.stack ?? first?.message);
    }
    if (late.length) console.log(`${late.length} of those that passed did so at the second try.`);
    if (late.length <= MOST) return;
    console.error(`More than ${MOST} passed at the second try only: look for what they have in common.`);
    process.exitCode = 1;
  }
}
