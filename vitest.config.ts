import { defineConfig } from 'vitest/config'

// Set by .ci/run, which counts what is written there.
const results = process.env.TEST_RESULTS

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: results ? ['default', ['json', { outputFile: results }]] : ['default'],
  },
})
