import { expect, test } from 'vitest'
import { renderFindingsCsv } from '../../src/timeline/findings-csv.ts'
import { analysisOf, failingHost, fleetAnalysis } from '../support/analysis.ts'
import { listenerKeyUnusable, said } from '../support/finding.ts'
import { readCsv } from '../support/read-csv.ts'

const say = ({ id }: { id: string }) => `said ${id}`

test('renderFindingsCsv() has the documented columns and a line a finding', () => {
  const [head, ...lines] = readCsv(renderFindingsCsv(fleetAnalysis(), say))
  expect(head?.join()).toBe('Host,Computers,Scenario,Verdict,Window,SinceUtc,LastUtc,Triggers,Summary,CertainIf,Repair')
  expect(lines.map(([host, , scenario, verdict]) => [host, scenario, verdict])).toEqual([
    ['SQL04', 'tls-policy-blocks-server', 'refuted'],
    ['RDS01', 'listener-key-unusable', 'probable'],
    ['WEB03', 'listener-key-unusable', 'historic'],
    ['BROKER01', 'broker-out-of-step', 'confirmed'],
  ])
})

test('renderFindingsCsv() tells a repair by its title, without its steps', () => {
  const [, line] = readCsv(renderFindingsCsv(analysisOf([failingHost()]), say))
  expect(line?.slice(4, 8)).toEqual(['window', '2026-03-13 16:02:10.9130000', '2026-03-14 09:02:31.3810000', '7'])
  expect(line?.[10]).toBe('offline: said fixture.offline ¦ live: said fixture.live')
})

test('renderFindingsCsv() guards what a spreadsheet would compute, and counts it', () => {
  const tally = { guarded: 0, cut: 0 }
  const host = failingHost({
    host: '=1+1',
    computers: ['@a', '=b'],
    findings: [listenerKeyUnusable({ summary: said('x', 'x'), certainIf: [] })],
  })
  const csv = renderFindingsCsv(analysisOf([host]), () => '-2', { bom: true, tally })
  const [, line] = readCsv(csv.slice(1))
  expect(csv[0]).toBe('\ufeff')
  expect([line?.[0], line?.[1], line?.[8], line?.[9]]).toEqual(["'=1+1", "'@a ¦ =b", "'-2", ''])
  expect(tally.guarded).toBe(3)
})

test('renderFindingsCsv() without a finding is its header', () => {
  expect(readCsv(renderFindingsCsv(analysisOf([]), say))).toHaveLength(1)
})
