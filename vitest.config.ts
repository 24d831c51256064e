import { defineConfig } from 'vitest/config'

/** Sets of tests that want different surroundings; `bin/ci` runs all three. */
const SETS = {
  /** Everything beside its file, on one PostgreSQL for the whole run. */
  unit: {
    include: ['contract', 'server', 'simulator', 'test', 'bench', 'web'].map(
      (folder) => `${folder}/**/*.test.{ts,tsx}`,
    ),
    exclude: ['**/node_modules/**', 'test/e2e/**', 'test/fresh-clone.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    maxWorkers: 2,
    // Generous: a busy machine is no fault of the code.
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
  /** A started Wasl and a browser: one file at a time, or they would measure each other. */
  journeys: { include: ['test/e2e/**/*.test.ts'], maxWorkers: 1, testTimeout: 120_000, hookTimeout: 180_000 },
  'fresh-clone': { include: ['test/fresh-clone.test.ts'], maxWorkers: 1, testTimeout: 300_000, hookTimeout: 300_000 },
}

const set = (process.env.WASL_TEST_SET ?? 'unit') as keyof typeof SETS

export default defineConfig({
  test: {
    ...SETS[set],
    pool: 'forks',
    teardownTimeout: 40_000,
    reporters: [['default', { summary: false }], './test/support/reporter.ts'],
  },
})
