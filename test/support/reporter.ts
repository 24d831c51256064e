import { appendFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

/**
 * Ends a run with one plain line, `N passed, N failed, N skipped`, after saying why each skipped test was skipped.
 * A skip without a reason (`context.skip('why')`) counts as a failure; so does one for want of Chromium where
 * `WASL_REQUIRE_CHROMIUM=1` promises it. With `WASL_TEST_COUNTS` the counts are also
 * appended to that file, for the command that sums several runs.
 */
export default class PlainLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const passed = tests.filter((test) => test.result().state === 'passed').length
    const left = tests.filter((test) => test.result().state === 'skipped')
    const brokenModules = modules.filter((module) => module.children.size === 0 || module.errors().length > 0).length
    let failed = tests.filter((test) => test.result().state === 'failed').length + brokenModules + errors.length
    const mustHaveChromium = process.env.WASL_REQUIRE_CHROMIUM === '1'
    let skipped = 0
    for (const test of left) {
      const reason = skipReason(test)
      if (reason === undefined || (mustHaveChromium && reason.includes('Chromium'))) failed++
      else skipped++
      process.stdout.write(`skipped: ${test.fullName}: ${reason ?? 'NO REASON GIVEN, which counts as a failure'}\n`)
    }
    if (failed > 0) process.exitCode = 1
    const counts = process.env.WASL_TEST_COUNTS
    if (counts !== undefined) appendFileSync(counts, `${passed} ${failed} ${skipped}\n`)
    process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`)
  }
}

function skipReason(test: TestCase): string | undefined {
  const result = test.result()
  return result.state === 'skipped' && result.note !== undefined && result.note !== '' ? result.note : undefined
}
