import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { EXPECTED_HOSTS } from '../scripts/samples/samples.ts'
import { analyze } from '../src/analyze.ts'
import { DAY } from '../src/bytes/filetime.ts'
import { findEvidence } from '../src/evidence/find-logs.ts'

const folder = fileURLToPath(new URL('../samples/', import.meta.url))
const collection = await findEvidence([folder])
const { analysis } = await analyze(
  collection,
  {
    threads: 1,
    recover: 'resync',
    verify: false,
    window: { windowText: '24h', windowTicks: DAY, reference: 'last-event' },
    referenceText: 'last-event',
  },
  { signal: new AbortController().signal },
)

describe('analyze() on samples/', () => {
  it('tells the hosts apart as they are described', () => {
    expect(analysis.hosts.map(({ host }) => host).sort()).toEqual(EXPECTED_HOSTS.map(({ host }) => host).sort())
  })

  it('reads every log without damage', () => {
    expect(analysis.damage).toEqual([])
    expect(analysis.inputs.filter(({ state }) => state !== 'read' && state !== 'empty')).toEqual([])
  })

  for (const { host, findings } of EXPECTED_HOSTS) {
    it(`finds on ${host} what its description says, and nothing else`, () => {
      const found = analysis.hosts.find((each) => each.host === host)?.findings ?? []
      const shown = found.map(({ scenario, verdict, window }, i) => {
        return findings[i]?.window === undefined ? { scenario, verdict } : { scenario, verdict, window }
      })
      expect(shown).toEqual(findings)
    })
  }
})
