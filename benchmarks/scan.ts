/** The scan alone: `node dist/benchmarks/scan.js FILE [--passes N]`, one thread, no worker, no decoding but what a need asks. */
import { parseArgs } from 'node:util'
import { findEvidence } from '../src/evidence/find-logs.ts'
import { survey } from '../src/scan/survey.ts'
import { allNeeds } from '../src/scenarios/catalogue.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { passes: { type: 'string', default: '5' } },
})
const { signal } = new AbortController()
const collection = await findEvidence(positionals, { signal })
const bytes = collection.logs.reduce((sum, { size }) => sum + size, 0)
for (let pass = 0; pass < Number(values.passes); pass++) {
  const started = performance.now()
  const logs = await survey(collection, allNeeds(), { threads: 1, recover: 'resync', verify: false }, { signal })
  const seconds = (performance.now() - started) / 1000
  const records = logs.reduce((sum, log) => sum + log.records, 0)
  console.log(JSON.stringify({ pass, records, seconds, gigabytesPerSecond: bytes / seconds / 1e9 }))
}
