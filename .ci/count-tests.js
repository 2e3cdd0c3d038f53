import { readFileSync } from 'node:fs'

// Prints "N passed, N failed" out of vitest's JSON results. A test file that could not even be loaded has no tests to
// count and is one failure.
const { testResults } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const counts = { passed: 0, failed: 0, skipped: 0 }
for (const { status, assertionResults } of testResults) {
  for (const test of assertionResults) {
    if (test.status === 'passed' || test.status === 'failed') counts[test.status]++
    else counts.skipped++
  }
  if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) counts.failed++
}
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`)
