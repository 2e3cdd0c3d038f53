import { expect, test } from 'vitest'
import { compareRows, rowsOfAnalysis } from '../../src/timeline/of-analysis.ts'
import { analysisOf, failingHost, fleetAnalysis, healthyHost } from '../support/analysis.ts'
import { evidence, listenerKeyUnusable } from '../support/finding.ts'

const say = ({ id }: { id: string }) => `said ${id}`

test('rowsOfAnalysis() puts the evidence of all hosts into one order', () => {
  const rows = rowsOfAnalysis(fleetAnalysis(), say)
  expect(rows).toHaveLength(14 + 14 + 2 + 2)
  expect(rows.map(({ timeCreated }) => timeCreated)).toEqual(rows.map(({ timeCreated }) => timeCreated).sort())
  expect(rows[0]).toMatchObject({ host: 'WEB03', scenario: 'listener-key-unusable', role: 'trigger' })
  expect(rows[0]?.summary).toBe('said fixture.1058')
})

test('rowsOfAnalysis() does not depend on the order of the hosts', () => {
  const analysis = fleetAnalysis()
  const turned = { ...analysis, hosts: analysis.hosts.toReversed() }
  expect(rowsOfAnalysis(turned, say)).toEqual(rowsOfAnalysis(analysis, say))
})

test('rowsOfAnalysis() shows a record that two findings cite once for each', () => {
  const cited = [evidence('trigger', '2026-03-14T01:00', 5)]
  const findings = ['b', 'a'].map((scenario) => listenerKeyUnusable({ scenario, evidence: cited }))
  const rows = rowsOfAnalysis(analysisOf([failingHost({ findings })]), say)
  expect(rows.map(({ scenario, recordId }) => [scenario, recordId])).toEqual([
    ['a', 5],
    ['b', 5],
  ])
})

test('rowsOfAnalysis() shows the copies of a record behind it, marked with the one that counts', () => {
  const cited = { ...evidence('trigger', '2026-03-14T01:00', 5), file: 'b.evtx', offset: 512 }
  const copies = [
    { file: 'c.evtx', offset: 7 },
    { file: 'd.evtx', offset: 9, recovered: 'slack' as const },
  ]
  const findings = [listenerKeyUnusable({ evidence: [{ ...cited, copies }] })]
  const rows = rowsOfAnalysis(analysisOf([failingHost({ findings })]), say)
  expect(rows.map(({ file, offset, recovered, dupOf }) => [file, offset, recovered, dupOf])).toEqual([
    ['b.evtx', 512, undefined, undefined],
    ['c.evtx', 7, undefined, 'b.evtx@512'],
    ['d.evtx', 9, 'slack', 'b.evtx@512'],
  ])
})

test('rowsOfAnalysis() of a host without findings is empty', () => {
  expect(rowsOfAnalysis(analysisOf([healthyHost('RDS02')]), say)).toEqual([])
})

test('compareRows() tells rows apart by each part of the order in turn', () => {
  const [row] = rowsOfAnalysis(analysisOf([failingHost()]), say)
  if (!row) throw new Error('no row')
  const later = [
    { timeCreated: row.timeCreated + 1n },
    { host: `${row.host}x` },
    { channel: `${row.channel}x` },
    { recordId: row.recordId + 1 },
    { file: `${row.file}x` },
    { offset: row.offset + 1 },
    { scenario: `${row.scenario}x` },
  ]
  for (const change of later) {
    expect(compareRows(row, { ...row, ...change })).toBeLessThan(0)
    expect(compareRows({ ...row, ...change }, row)).toBeGreaterThan(0)
  }
  expect(compareRows(row, row)).toBe(0)
})
