import { describe, expect, it } from 'vitest'
import { verdictLines } from '../../src/cli/verdict-lines.ts'
import type { HostAnalysis } from '../../src/finding/analysis.ts'

/** Only what a verdict is told from. */
function host(name: string, verdicts: readonly string[], reference: object | undefined = { time: 1n }): HostAnalysis {
  const findings = verdicts.map((verdict, i) => ({ verdict, scenario: `scenario-${i}`, since: BigInt(i) }))
  // A whole analysis is long, and nothing else of it is asked for.
  return { host: name, findings, reference, coverage: [], notFound: [{}], notEvaluated: [] } as unknown as HostAnalysis
}

describe('verdictLines()', () => {
  it('names each host with a finding, most urgent first, and counts the others', () => {
    const hosts = [host('A', []), host('B', ['possible']), host('C', ['probable', 'confirmed']), host('D', [])]
    expect(verdictLines(hosts)).toEqual([
      'C: CONFIRMED scenario-1, 1 more finding',
      'B: POSSIBLE scenario-0',
      'nothing found on 2 hosts',
    ])
  })

  it('does not take a host that cannot be judged for one without findings', () => {
    const { reference: _, ...bare } = host('A', [])
    expect(verdictLines([bare])).toEqual(['A: cannot be judged, the report says why'])
  })

  it('names a host on which something else was seen, and one whose logs say little', () => {
    const seen = { ...host('A', []), alsoSeen: [{ id: 'also.refused', params: {} }] }
    const range = { start: 0n, end: 10n }
    const coverage = [{ channel: 'System', state: 'present' as const, records: 1, firstTime: 9n }]
    const thin = { ...host('B', []), coverage, windows: { window: range, log: range } }
    expect(verdictLines([seen, thin])).toEqual([
      'A: no known cause found, but something else that the report tells',
      'B: nothing found, and the report says why that means little',
    ])
  })

  it('names the first of many, and lets no name act on the terminal', () => {
    const hosts = Array.from({ length: 25 }, (_, i) => host(`\x1b${String(i).padStart(2, '0')}`, ['confirmed']))
    const lines = verdictLines(hosts)
    expect([lines.length, lines[0], lines[20]]).toEqual([
      21,
      '\\u{1b}00: CONFIRMED scenario-0',
      '… 5 more hosts in the report',
    ])
  })
})
