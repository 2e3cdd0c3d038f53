import { expect, test } from 'vitest'
import type { Analysis } from '../../src/finding/analysis.ts'
import { widthOf } from '../../src/report/cell-width.ts'
import { type Paint, unpainted } from '../../src/report/paint.ts'
import { renderText } from '../../src/report/text.ts'
import {
  analysisOf,
  failingHost,
  fleetAnalysis,
  healthyHost,
  historicHost,
  uncollectedHost,
} from '../support/analysis.ts'
import { at, evidence, fixtureLanguage, listenerKeyUnusable, said } from '../support/finding.ts'

function report(analysis: Analysis, width = 80, paint: Paint = unpainted): string {
  return renderText(analysis, { width, paint, language: fixtureLanguage })
}

const NO_TROUBLE = { inputs: [], damage: [] }
const COMMAND = /^ +(icacls|reg|Restart-Service) /

test.each([80, 100, 120, 160])(
  'renderText() has no line over %i cells but commands, and no blank at a line end',
  (width) => {
    const wordy = evidence('trigger', '2026-03-14T01:00', 5, {
      provider: `Wordy-${'Provider-'.repeat(9)}`,
      recovered: 'resync',
    })
    const channel = `Wordy-${'Channel-'.repeat(9)}/Operational`
    const coverage = [{ channel, state: 'present' as const, records: 1, firstTime: at('2026-03-14') }]
    const long = failingHost({ coverage, findings: [listenerKeyUnusable({ evidence: [wordy] })] })
    for (const analysis of [analysisOf([failingHost()]), fleetAnalysis(), analysisOf([long])]) {
      for (const line of report(analysis, width).split('\n')) {
        if (!COMMAND.test(line)) expect(widthOf(line), line).toBeLessThanOrEqual(width)
        expect(line).toBe(line.trimEnd())
      }
    }
  },
)

test('renderText() gives the answer first, then what proves it, then the repair', () => {
  const text = report(analysisOf([failingHost()]))
  const order = [
    'evtxray 0.1.0 · 1 host · 2 logs, 191 MB, 205,822 records',
    'RDS01  ',
    'PROBABLE  The RDP listener cannot use its private key',
    'since 2026-03-13 16:02:10 UTC, for 17 h 38 min',
    '7 triggers in all, the latest 2026-03-14 09:02:31 (in the window)',
    'trigger  2026-03-14 09:02:31.381  RemoteConnectionManager 1058  rec 48652',
    'Status: 0x80070005 Access is denied',
    'support  2026-03-14 09:02:31.388  Schannel 36870',
    '… 4 more triggers, 29 more supports: timeline.csv (with -o DIR)',
    'against  nothing found',
    'because  ✓ 7 failures',
    'Certain if',
    'These could not be read here: check them by hand.',
    'Run in an elevated Command Prompt (cmd), not PowerShell.',
    'Repair on the attached disk',
    'Repair on the running machine',
    'NOT FOUND',
    'NOT EVALUATED',
    'COVERAGE',
    '2 records damaged, 1 record recovered (evtxray info shows more)',
  ].map((part) => text.indexOf(part))
  expect(order).not.toContain(-1)
  expect(order).toEqual([...order].sort((a, b) => a - b))
})

test('renderText() keeps commands whole, each alone on its line', () => {
  const lines = report(analysisOf([failingHost()]), 40).split('\n')
  for (const { command } of listenerKeyUnusable().remediation.flatMap(({ steps, undo = [] }) => [...steps, ...undo])) {
    if (command !== undefined) expect(lines.map((line) => line.trim())).toContain(command)
  }
})

test('renderText() shows five records of a finding at most, in columns on a wide page', () => {
  const shown = (width: number) => report(analysisOf([failingHost()]), width).match(/rec 48\d\d\d/g)
  expect(shown(80)).toHaveLength(5)
  expect(shown(160)).toHaveLength(5)
  expect(report(analysisOf([failingHost()]), 160)).toMatch(
    /rec 48652 {2}Status: 0x80070005 Access is denied · in System\n/,
  )
})

test('renderText() says of each record in which log it is, once for neighbours that say the same', () => {
  const inLog = (minute: number, name: string) =>
    evidence('trigger', `2026-03-14T01:0${minute}`, minute, { file: `RDS01/Windows/System32/winevt/Logs/${name}.evtx` })
  const archive = 'Archive-System-2026-03-14-01-02-00-000'
  const records = [inLog(1, archive), inLog(2, 'System'), inLog(3, 'System')]
  const analysis = analysisOf([failingHost({ findings: [listenerKeyUnusable({ evidence: records })] })])
  const lines = report(analysis).split('\n')
  const at = lines.findIndex((line) => line.includes('rec 3'))
  expect(lines.slice(at, at + 5).map((line) => line.slice(11))).toEqual([
    '2026-03-14 01:03:00.000  RemoteConnectionManager 1058  rec 3',
    '2026-03-14 01:02:00.000  RemoteConnectionManager 1058  rec 2',
    'Status: 0x80070005 Access is denied · in System',
    '2026-03-14 01:01:00.000  RemoteConnectionManager 1058  rec 1',
    'Status: 0x80070005 Access is denied',
  ])
  expect(lines[at + 5]?.trim()).toBe(`in ${archive}`)
  expect(report(analysis, 160)).toMatch(/rec 3 +Status: 0x80070005 Access is denied · in System\n/)
})

test('renderText() cuts the name of a provider for room, and never its id', () => {
  const wordy = evidence('trigger', '2026-03-14T01:00', 5, {
    provider: `Wordy-${'Provider-'.repeat(9)}`,
    recovered: 'resync',
  })
  expect(report(analysisOf([failingHost({ findings: [listenerKeyUnusable({ evidence: [wordy] })] })]))).toMatch(
    /Wordy-Provider-[\w-]*… 1058 {2}rec 5 recovered\n/,
  )
})

test('renderText() tells present, empty, not collected and unreadable apart', () => {
  const text = report(
    analysisOf([failingHost({ coverage: [...failingHost().coverage, { channel: 'Setup', state: 'unreadable' }] })]),
  )
  const coverage = text.slice(text.indexOf('COVERAGE'))
  expect(coverage).toMatch(/\n {2}present +System +48,811 records from 2026-01-02 07:11\n/)
  expect(coverage).toMatch(/\n {2}empty +CAPI2\n/)
  expect(coverage).toMatch(/\n {2}not collected +SessionBroker, SessionBroker-Client\n/)
  expect(coverage).toMatch(/\n {2}unreadable +Setup\n/)
  expect(coverage).toMatch(/starts inside the window/)
  expect(coverage).toMatch(/was not closed/)
})

test('renderText() needs four lines for a host without a finding and one for a log that was cleared, and never calls it healthy', () => {
  const [, , ...lines] = report(analysisOf([healthyHost('RDS02')], NO_TROUBLE))
    .trimEnd()
    .split('\n')
  expect(lines).toEqual([
    expect.stringMatching(/^RDS02 {2}no known cause found; RDP worked/),
    '  window      24h up to 2026-03-14 09:41 UTC, the last event of System',
    '  last good   2026-03-14 09:12:44 UTC: a remote logon was recorded (rec 913)',
    expect.stringMatching(/^ {2}looked for {2}listener-key-unusable, tls-policy-blocks-server,/),
    '              broker-out-of-step',
    '  cleared        Security, at 2026-03-13 12:04:58 UTC: what came before is gone',
  ])
})

test('renderText() names the computer where the label does not', () => {
  const names = (computers: readonly string[]) =>
    report(analysisOf([failingHost({ computers })])).match(/^ {2}names +(.*)$/m)?.[1]
  expect(names(['RDS01.contoso.local'])).toBeUndefined()
  expect(names(['SRV-7.contoso.local'])).toBe('SRV-7.contoso.local')
  expect(names(['WIN-1', 'RDS01'])).toBe('WIN-1, RDS01')
})

test('renderText() does not call a host healthy that nothing proves to be', () => {
  const { lastGood: _, ...host } = healthyHost('RDS02')
  const text = report(analysisOf([host], NO_TROUBLE))
  expect(text).not.toContain('healthy')
  expect(text).toContain('no record in these logs proves that RDP ever worked')
})

test('renderText() of many hosts goes into those with a finding or without an answer only', () => {
  const cards = report(fleetAnalysis()).split(/^─+$/m)
  expect(cards).toHaveLength(6)
  expect(cards.slice(1).map((card) => card.trim().split(/\s/)[0])).toEqual([
    'BROKER01',
    'RDS01',
    'APP07',
    'WEB03',
    'SQL04',
  ])
})

test('renderText() of a host without a finding names what could not be looked for', () => {
  const { notEvaluated } = failingHost()
  expect(report(analysisOf([healthyHost('RDS02', { notEvaluated })], NO_TROUBLE))).toContain(
    '\n  not evaluated  broker-out-of-step (the SessionBroker log was not collected)\n',
  )
})

test('renderText() says so when the log goes on behind a window that was made to end earlier', () => {
  const { windows, ...rest } = healthyHost('RDS02')
  if (!windows) throw new Error('The fixture has windows')
  const host = { ...rest, windows: { ...windows, log: { ...windows.log, end: at('2026-03-15T10:00') } } }
  const analysis = analysisOf([host], NO_TROUBLE)
  const asked = { ...host, reference: { ...host.reference!, kind: 'last-boot' as const } }
  const early = { ...analysis, hosts: [asked], options: { ...analysis.options, reference: 'last-boot' } }
  expect(report(early)).toContain('records up to 2026-03-15 10:00 UTC lie after the window')
  expect(report(analysis)).not.toContain('after the window')
})

test('renderText() of many hosts tells a shared repair once, with the hosts it is for', () => {
  const text = report(analysisOf([failingHost(), failingHost({ host: 'RDS09' })]))
  expect(text.match(/Repair on the attached disk/g)).toHaveLength(1)
  expect(text).toMatch(
    /REPAIR\n {2}Run in an elevated Command Prompt.*\n\n {2}listener-key-unusable {2}for RDS01, RDS09\n/,
  )
  expect(text).not.toMatch(/because|NOT FOUND|COVERAGE/)
  expect(text.match(/Certain if {2}the permissions/g)).toHaveLength(2)
  expect(text).toMatch(/-o DIR writes everything\.\n$/)
})

test('renderText() lists what takes a repair back below its way back, commands whole', () => {
  const command = 'icacls "F:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys" /restore C:\\saved.txt'
  expect(report(analysisOf([failingHost()]))).toContain(
    `undo  go back to the snapshot\n      1  Put the permissions back.\n         ${command}\n      2  A restart needs no undoing.\n`,
  )
})

test('renderText() of many hosts tells repairs that are nearly alike once, with letters for the rest', () => {
  const [offline, live] = listenerKeyUnusable().remediation
  const other = { ...offline!, steps: [{ ...offline!.steps[0]!, command: 'reg query G:' }] }
  const hosts = [
    failingHost(),
    failingHost({ host: 'RDS09', findings: [listenerKeyUnusable({ remediation: [other, live!] })] }),
  ]
  const text = report(analysisOf(hosts))
  expect(text.match(/Repair on the attached disk/g)).toHaveLength(1)
  expect(text.match(/Repair on the running machine/g)).toHaveLength(1)
  expect(text).toContain(
    '    [A]  for RDS01\n    [B]  for RDS09\n    A step with letters is for these hosts only; one without is for all.\n',
  )
  expect(text).toContain('    1  Take a snapshot of the disk.\n       [B]\n       reg query G:\n    2  [A] Let NETWORK')
})

test('renderText() of many hosts breaks a long "Certain if" into lines and cuts nothing', () => {
  const long = `the permissions ${'word '.repeat(40)}end`
  const hosts = ['A', 'B'].map((host) =>
    failingHost({ host, findings: [listenerKeyUnusable({ certainIf: [said('fixture.long', long), said('x', 'x')] })] }),
  )
  const text = report(analysisOf(hosts), 100)
  expect(text.match(/ {2}Certain if {2}the permissions word/g)).toHaveLength(2)
  expect(text).toMatch(/word end \+1\n/)
})

test('renderText() of many hosts keeps the count of other findings when the scenario is cut', () => {
  const two = [listenerKeyUnusable({ scenario: 'a-scenario-with-a-long-name' }), listenerKeyUnusable()]
  const hosts = ['A', 'B'].map((name) => failingHost({ host: `${name}-${'x'.repeat(40)}`, findings: two }))
  expect(report(analysisOf(hosts)).split('\n')[3]).toMatch(/PROBABLE +a-scenario-with[a-z-]*… \+1 /)
})

test('renderText() of a refuted finding without a trigger counts what refutes it', () => {
  const counts = { trigger: 0, support: 0, heal: 0, refute: 4, context: 0 }
  const text = report(analysisOf([failingHost({ findings: [listenerKeyUnusable({ verdict: 'refuted', counts })] })]))
  expect(text).toContain('no trigger, 4 records against it')
  expect(text).not.toContain('0 triggers')
})

test('renderText() ends prose and lists at the same column of a wide page', () => {
  const long = 'word '.repeat(80).trim()
  const finding = listenerKeyUnusable({ cause: said('fixture.long', long), certainIf: [said('fixture.long', long)] })
  const lines = report(analysisOf([failingHost({ findings: [finding] })]), 160).split('\n')
  const ends = lines.filter((line) => /word word/.test(line)).map((line) => line.length)
  expect(ends.length).toBeGreaterThan(6)
  expect(Math.max(...ends)).toBeLessThanOrEqual(102)
})

test('renderText() keeps what is over short: no repair, and what healed it', () => {
  const text = report(analysisOf([historicHost()], NO_TROUBLE))
  expect(text).toContain('HISTORIC  The RDP listener cannot use its private key')
  expect(text).toMatch(/healed +2026-03-12 08:30:00.000 {2}RemoteConnectionManager 1056 {2}rec 120/)
  expect(text).not.toMatch(/Repair|Certain if|COVERAGE/)
  expect(text.split('\n').length).toBeLessThan(22)
})

test('renderText() says why a host cannot be judged', () => {
  const text = report(analysisOf([uncollectedHost()], NO_TROUBLE))
  expect(text).toContain('APP07  cannot be judged')
  expect(text).toMatch(/NOT EVALUATED\n {2}listener-key-unusable +the System log was not collected/)
  expect(text).toMatch(/not collected +System\n/)
})

test('renderText() warns of a clock that was moved, and shows both times', () => {
  const clockMoved = { reference: at('2026-03-14T09:41:07'), latest: at('2031-01-01') }
  const text = report(analysisOf([failingHost({ clockMoved })])).replace(/\s+/g, ' ')
  expect(text).toContain(
    'clock moved the window ends at 2026-03-14 09:41:07, but the log holds times up to 2031-01-01 00:00:00',
  )
})

test('renderText() of nothing says so', () => {
  expect(report(analysisOf([], NO_TROUBLE))).toBe(
    'evtxray 0.1.0 · 0 hosts · 0 logs, 0 B, 0 records\n\nNo log with a readable record was found, so nothing can be said about any host.\n',
  )
})

test('renderText() names what could not be read, and why', () => {
  const inputs = [
    {
      file: 'x/Security.evtx',
      size: 1,
      state: 'unreadable' as const,
      reason: 'Permission denied',
      records: 0,
      damaged: 0,
      recovered: 0,
    },
  ]
  expect(report(analysisOf([], { inputs, damage: [] }))).toMatch(
    /INPUTS\n {2}x\/Security\.evtx\n {4}could not be read: Permission denied\n$/,
  )
})

test('renderText() shortens the names that every channel begins with, in sentences too', () => {
  const channel = 'Microsoft-Windows-TerminalServices-SessionBroker-Client/Operational'
  const why = said('fixture.named', '{channel} was not collected', { channel })
  const text = report(analysisOf([failingHost({ notEvaluated: [{ scenario: 'broker-out-of-step', why }] })]))
  expect(text).toContain('broker-out-of-step  SessionBroker-Client/Operational was not collected')
})

test('renderText() says one thing of one and another of many', () => {
  const one = listenerKeyUnusable({ counts: { trigger: 1, support: 0, heal: 0, refute: 0, context: 0 } })
  expect(report(analysisOf([failingHost({ findings: [one] })]))).toContain('1 trigger, at 2026')
  expect(report(analysisOf([failingHost()]))).toContain('7 triggers in all, the latest 2026')
})

test('renderText() lets no event text act on the terminal', () => {
  const bad = '\u001b]0;owned\u0007\u001b[2J\u202e=cmd|x\r\nPROBABLE fake'
  const hostile = evidence('trigger', '2026-03-14T01:00', 5, {
    computer: bad,
    provider: bad,
    file: bad,
    decoded: { [bad]: bad.repeat(400) },
  })
  const host = failingHost({
    host: bad,
    computers: [bad, 'b'],
    findings: [listenerKeyUnusable({ evidence: [hostile] })],
    coverage: [{ channel: bad, state: 'empty' }],
  })
  const inputs = [
    { file: bad, size: 1, state: 'unreadable' as const, reason: bad, records: 0, damaged: 0, recovered: 0 },
  ]
  const text = report(analysisOf([host, host], { inputs }))
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(text).not.toMatch(/^PROBABLE fake/m)
  for (const line of text.split('\n')) if (!COMMAND.test(line)) expect(widthOf(line)).toBeLessThanOrEqual(80)
})

test('renderText() says the same with colour as without', () => {
  const painted = report(fleetAnalysis(), 80, (role, text) => `\u001b[${role}]${text}\u001b[]`)
  expect(painted).toContain('\u001b[probable]PROBABLE\u001b[]')
  expect(painted.replace(/\u001b\[[a-z-]*\]/g, '').replace(/ +$/gm, '')).toBe(report(fleetAnalysis()))
})

test('renderText() of the same analysis is the same, whatever the order of its hosts', () => {
  const analysis = fleetAnalysis()
  expect(report({ ...analysis, hosts: analysis.hosts.toReversed() })).toBe(report(analysis))
})

test('renderText() tells of hosts that cannot be judged together, by what is missing', () => {
  const unjudged = ['A', 'B', 'C'].map((host) => ({ ...uncollectedHost(), host }))
  const text = report(analysisOf([...unjudged, failingHost()], NO_TROUBLE))
  expect(text).toContain('3 hosts cannot be judged: A, B, C')
  expect(text.match(/NOT EVALUATED/g)).toHaveLength(1)
  // One alone has its card, as before.
  expect(report(analysisOf([uncollectedHost(), failingHost()], NO_TROUBLE))).not.toContain('cannot be judged: ')
})
