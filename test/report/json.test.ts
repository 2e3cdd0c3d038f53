import { expect, test } from 'vitest'
import { renderJson } from '../../src/report/json.ts'
import { analysisOf, failingHost, fleetAnalysis } from '../support/analysis.ts'
import { at, evidence, fixtureLanguage, listenerKeyUnusable } from '../support/finding.ts'

const render = (analysis: Parameters<typeof renderJson>[0]) => renderJson(analysis, fixtureLanguage)

test('renderJson() has the keys of schema version 1 in their order', () => {
  const document = JSON.parse(render(analysisOf([failingHost()])))
  expect(document.schemaVersion).toBe(1)
  expect(Object.keys(document)).toEqual(['schemaVersion', 'tool', 'options', 'hosts', 'inputs', 'damage'])
  const [host] = document.hosts
  expect(Object.keys(host)).toEqual([
    'host',
    'computers',
    'os',
    'reference',
    'windows',
    'boots',
    'clockJumps',
    'gaps',
    'lastGood',
    'lanes',
    'connections',
    'facts',
    'coverage',
    'findings',
    'notFound',
    'notEvaluated',
  ])
  const [finding] = host.findings
  expect(Object.keys(finding)).toEqual([
    'scenario',
    'title',
    'verdict',
    'window',
    'since',
    'last',
    'summary',
    'cause',
    'evidence',
    'counts',
    'rules',
    'lookedFor',
    'certainIf',
    'checks',
    'remediation',
  ])
  expect(Object.keys(finding.evidence[0])).toEqual([
    'role',
    'computer',
    'channel',
    'provider',
    'eventId',
    'recordId',
    'timeCreated',
    'file',
    'offset',
    'decoded',
    'summary',
  ])
})

test('renderJson() keeps the whole analysis: every finding, record, lane, check, step, fact and channel', () => {
  const host = failingHost()
  const [shown] = JSON.parse(render(analysisOf([host]))).hosts
  expect(shown.windows.window).toEqual({ start: '2026-03-13T09:41:07.5000000Z', end: '2026-03-14T09:41:07.5000000Z' })
  expect(shown.findings[0].evidence).toHaveLength(14)
  expect(shown.findings[0].counts).toEqual({ trigger: 7, support: 31, heal: 0, refute: 0, context: 0 })
  expect(shown.findings[0].rules[0]).toMatchObject({ id: 'trigger-in-window', met: 'yes', evidence: [0, 2] })
  expect(shown.findings[0].remediation[0].steps[2].command).toBe(
    'reg load HKLM\\BROKEN F:\\Windows\\System32\\config\\SYSTEM',
  )
  expect(shown.findings[0].remediation[0].undo.map(({ command }: { command?: string }) => command)).toEqual([
    'icacls "F:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys" /restore C:\\saved.txt',
    undefined,
  ])
  expect(shown.lanes.map(({ marks }: { marks: unknown[] }) => marks.length)).toEqual([1, 7, 7, 24, 1])
  expect(shown.facts[0].source).toEqual({
    file: 'SOFTWARE',
    key: 'Microsoft\\Cryptography',
    lastWrite: '2025-11-01T00:00:00.0000000Z',
  })
  expect(shown.coverage).toHaveLength(host.coverage.length)
  expect(shown.lastGood).toMatchObject({ time: '2026-03-13T15:58:44.0200000Z', evidence: { recordId: 907 } })
  expect(shown.connections).toEqual({ attempted: 84, authenticated: 1, loggedOn: 1 })
})

test('renderJson() writes a sentence as id, params and text, a time in it as ISO', () => {
  const [host] = JSON.parse(render(analysisOf([failingHost()]))).hosts
  expect(host.findings[0].summary).toEqual({
    id: 'fixture.summary',
    params: { since: '2026-03-13T16:02:10.9130000Z', count: 7 },
    text: expect.stringContaining('failed 7 times to replace'),
  })
})

test('renderJson() writes every time as ISO with seven digits and Z', () => {
  const times: unknown[] = []
  JSON.parse(render(fleetAnalysis()), (key, value) => {
    if (
      [
        'time',
        'start',
        'end',
        'since',
        'last',
        'timeCreated',
        'firstTime',
        'lastTime',
        'cleared',
        'from',
        'to',
      ].includes(key)
    )
      times.push(value)
    return value
  })
  expect(times.length).toBeGreaterThan(100)
  for (const time of times) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/)
})

test('renderJson() leaves out what is not there and never writes null', () => {
  const { os: _, reference: __, windows: ___, lastGood: ____, ...bare } = failingHost({ findings: [] })
  const json = render(analysisOf([bare]))
  expect(json).not.toContain('null')
  expect(Object.keys(JSON.parse(json).hosts[0])).not.toContain('windows')
  expect(
    JSON.parse(
      render(analysisOf([failingHost({ clockMoved: { reference: at('2026-01-01'), latest: at('2027-01-01') } })])),
    ).hosts[0].clockMoved,
  ).toEqual({
    reference: '2026-01-01T00:00:00.0000000Z',
    latest: '2027-01-01T00:00:00.0000000Z',
  })
})

test('renderJson() keeps event text whole and shows a terminal none that acts', () => {
  const bad = '\u001b]0;x\u0007\u009b2J\u202e<script>\n"'
  const hostile = evidence('trigger', '2026-03-14T01:00', 5, {
    decoded: { ['__proto__']: bad, Name: bad.repeat(2_000) },
  })
  const json = render(analysisOf([failingHost({ findings: [listenerKeyUnusable({ evidence: [hostile] })] })]))
  expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(JSON.parse(json).hosts[0].findings[0].evidence[0].decoded.Name).toBe(bad.repeat(2_000))
  expect(json).toContain('"__proto__": ')
})

test('renderJson() is two blanks a level with a newline at the end, and the same twice', () => {
  const json = render(fleetAnalysis())
  expect(json).toMatch(/^\{\n {2}"schemaVersion": 1,\n {2}"tool": \{\n {4}"name": "evtxray",/)
  expect(json.endsWith('\n}\n')).toBe(true)
  expect(render(fleetAnalysis())).toBe(json)
})

test('renderJson() says in one text where a check was made', () => {
  const file = 'F:/Windows/System32/config/SYSTEM'
  const written = { file, key: 'Select', value: 'Current', lastWrite: at('2026-03-13T15:40:02') }
  const checks = [written, { file, key: 'Key', value: '' }, { file }].map((source) => {
    return { id: 'control-set', state: 'present' as const, source }
  })
  const { hosts } = JSON.parse(render(analysisOf([failingHost({ findings: [listenerKeyUnusable({ checks })] })])))
  expect(hosts[0].findings[0].checks.map(({ source }: { source: string }) => source)).toEqual([
    `${file}: Select, Current (last written 2026-03-13T15:40:02.0000000Z)`,
    `${file}: Key, (default)`,
    file,
  ])
})
