import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { ExpectedHost } from '../scripts/samples/sample.ts'
import { EXPECTED_ALONE, EXPECTED_HOSTS } from '../scripts/samples/samples.ts'
import { analyze } from '../src/analyze.ts'
import { DAY } from '../src/bytes/filetime.ts'
import { findEvidence } from '../src/evidence/find-logs.ts'

const folder = fileURLToPath(new URL('../samples/', import.meta.url))

async function analysisOf(path: string, { whole = true } = {}) {
  const { analysis } = await analyze(
    await findEvidence([path]),
    {
      threads: 1,
      recover: 'resync',
      verify: false,
      window: { windowText: '24h', windowTicks: DAY, reference: 'last-event' },
      referenceText: 'last-event',
      whole,
    },
    { signal: new AbortController().signal },
  )
  return analysis
}

const analysis = await analysisOf(folder)
const alone = await Promise.all(
  EXPECTED_ALONE.map(async ({ path, hosts }) => ({ path, hosts, analysis: await analysisOf(join(folder, path)) })),
)

/** What was found on a host, its window only where one is expected. */
function foundOn({ host, findings }: ExpectedHost, { hosts }: typeof analysis) {
  const found = hosts.find((each) => each.host === host)?.findings ?? []
  return found.map(({ scenario, verdict, window }, i) => {
    return findings[i]?.window === undefined ? { scenario, verdict } : { scenario, verdict, window }
  })
}

describe('analyze() on samples/', () => {
  it('tells the hosts apart as they are described', () => {
    expect(analysis.hosts.map(({ host }) => host).sort()).toEqual(EXPECTED_HOSTS.map(({ host }) => host).sort())
  })

  it('says the same where only the facts that verdicts are made of are read, and no XML is made', async () => {
    const { hosts } = await analysisOf(folder, { whole: false })
    const lists = ({ facts }: (typeof hosts)[number]) => facts.length
    const less = analysis.hosts.filter((host, i) => lists(host) > 2 * lists(hosts[i]!))
    expect(less.length).toBe(analysis.hosts.filter(({ facts }) => facts.length > 0).length)
    for (const [i, host] of hosts.entries()) {
      const { findings, ...rest } = analysis.hosts[i]!
      const withoutXml = findings.map((finding) => ({
        ...finding,
        evidence: finding.evidence.map(({ xml: _, ...record }) => record),
      }))
      expect(host.facts.every((fact) => rest.facts.some(({ id }) => id === fact.id))).toBe(true)
      expect(host).toEqual({ ...rest, findings: withoutXml, facts: host.facts })
    }
  })

  it('reads every log without damage', () => {
    expect(analysis.damage).toEqual([])
    expect(analysis.inputs.filter(({ state }) => state !== 'read' && state !== 'empty')).toEqual([])
  })

  it('says of each confirmed finding what was found on the disk and what should be there', () => {
    const confirmed = analysis.hosts.flatMap(({ host, findings }) =>
      findings.filter(({ verdict }) => verdict === 'confirmed').map((finding) => ({ host, finding })),
    )
    expect(confirmed.length).toBeGreaterThan(5)
    for (const { host, finding } of confirmed) {
      const deciding = finding.checks.filter(({ differs, expected }) => differs && expected !== undefined)
      expect(deciding.length, host).toBeGreaterThan(0)
      for (const { state, observed } of deciding) expect(state === 'absent' || observed, host).toBeTruthy()
    }
  })

  for (const expected of EXPECTED_HOSTS) {
    it(`finds on ${expected.host} what its description says, and nothing else`, () => {
      expect(foundOn(expected, analysis)).toEqual(expected.findings)
    })
  }

  for (const { path, hosts, analysis } of alone) {
    it(`finds in ${path} the hosts and findings of its description, without damage`, () => {
      expect(analysis.hosts.map(({ host }) => host)).toEqual(hosts.map(({ host }) => host))
      expect(analysis.damage).toEqual([])
      for (const expected of hosts) expect(foundOn(expected, analysis)).toEqual(expected.findings)
    })
  }
})
