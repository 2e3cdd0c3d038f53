import type { Analysis, ChannelCoverage, HostAnalysis, Input, Lane } from '../../src/finding/analysis.ts'
import { at, evidence, FAILURES, listenerKeyUnusable, NO_COUNTS, RCM, said } from './finding.ts'

const LSM = 'Microsoft-Windows-TerminalServices-LocalSessionManager'
const WINDOW = { start: at('2026-03-13T09:41:07.5'), end: at('2026-03-14T09:41:07.5') }

function present(
  channel: string,
  records: number,
  first: string,
  more: Partial<ChannelCoverage> = {},
): ChannelCoverage {
  return {
    channel,
    state: 'present',
    records,
    firstTime: at(first),
    lastTime: WINDOW.end,
    file: `${channel}.evtx`,
    ...more,
  }
}

const COVERAGE: readonly ChannelCoverage[] = [
  present('System', 48_811, '2026-01-02T07:11', { dirty: true }),
  present('Security', 150_204, '2026-03-13T12:05', { startsInsideWindow: true, cleared: at('2026-03-13T12:04:58') }),
  present(`${RCM}/Operational`, 812, '2026-02-11T10:00'),
  present(`${LSM}/Operational`, 1_031, '2026-02-11T10:00'),
  { channel: 'Microsoft-Windows-CAPI2/Operational', state: 'empty' },
  { channel: 'Microsoft-Windows-TerminalServices-SessionBroker/Operational', state: 'not-collected' },
  { channel: 'Microsoft-Windows-TerminalServices-SessionBroker-Client/Operational', state: 'not-collected' },
]

function lane(id: Lane['id'], title: string, marks: Lane['marks']): Lane {
  return { id, title: said(`fixture.lane.${id}`, title), marks }
}

const hour = (n: number) => WINDOW.start + BigInt(n) * 36_000_000_000n

const LANES: readonly Lane[] = [
  lane('boots', 'boots', [{ time: at('2026-03-13T16:01:52'), kind: 'boot', count: 1 }]),
  lane(
    'triggers',
    'listener key',
    FAILURES.map((time, index) => ({
      time: at(time),
      kind: 'listener-key-unusable:1058',
      count: 1,
      evidence: index * 2,
    })),
  ),
  lane(
    'support',
    'schannel',
    FAILURES.map((time, index) => ({ time: at(time), kind: 'listener-key-unusable:36870', count: index < 3 ? 5 : 4 })),
  ),
  lane(
    'attempts',
    'connections',
    Array.from({ length: 24 }, (_, n) => ({ time: hour(n), kind: 'attempt', count: 1 + ((n * 7) % 6) })),
  ),
  lane('logons', 'logons', [{ time: at('2026-03-13T15:58:44'), kind: 'logon', count: 1 }]),
]

/** A host on which nothing was found and RDP worked; a base for the others. */
export function healthyHost(host: string, more: Partial<HostAnalysis> = {}): HostAnalysis {
  return {
    host,
    computers: [`${host}.contoso.local`],
    os: { build: 17763, name: 'Windows 10 1809 or Server 2019', source: 'EventLog 6009' },
    reference: { time: WINDOW.end, kind: 'system-log', source: said('fixture.reference', 'the last event of System') },
    windows: {
      window: WINDOW,
      boot: { start: at('2026-03-13T16:01:52'), end: WINDOW.end },
      log: { start: at('2026-01-02T07:11'), end: WINDOW.end },
    },
    boots: [{ start: at('2026-03-13T16:01:52'), how: 'clean' }],
    clockJumps: [],
    gaps: [],
    lastGood: {
      time: at('2026-03-14T09:12:44.100'),
      what: said('fixture.logon', 'a remote logon was recorded'),
      recordId: 913,
      channel: `${LSM}/Operational`,
      file: `${host}/LocalSessionManager.evtx`,
    },
    lanes: [],
    connections: { attempted: 20, authenticated: 12, loggedOn: 12 },
    facts: [
      {
        id: 'machine-guid',
        state: 'present',
        value: '0f8fad5b',
        source: { file: 'SOFTWARE', key: 'Microsoft\\Cryptography', lastWrite: at('2025-11-01') },
      },
      { id: 'key-file', state: 'not-collected', source: { file: 'MachineKeys' } },
    ],
    coverage: COVERAGE.filter(({ state }) => state === 'present'),
    findings: [],
    notFound: ['listener-key-unusable', 'tls-policy-blocks-server', 'broker-out-of-step'].map((scenario) => ({
      scenario,
      lookedFor: [said(`fixture.looked.${scenario}`, `records of ${scenario}`)],
    })),
    notEvaluated: [],
    ...more,
  }
}

/** The host of the design's picture. */
export function failingHost(more: Partial<HostAnalysis> = {}): HostAnalysis {
  return healthyHost('RDS01', {
    lastGood: {
      time: at('2026-03-13T15:58:44.020'),
      what: said('fixture.logon', 'a remote logon was recorded'),
      recordId: 907,
      channel: `${LSM}/Operational`,
      file: 'RDS01/LocalSessionManager.evtx',
    },
    lanes: LANES,
    connections: { attempted: 84, authenticated: 1, loggedOn: 1 },
    coverage: COVERAGE,
    clockJumps: [{ recordId: 47_001, from: at('2026-03-10T08:00'), to: at('2026-03-10T09:00') }],
    gaps: [{ channel: 'Security', afterRecordId: 1_000, beforeRecordId: 1_013 }],
    findings: [listenerKeyUnusable()],
    notFound: [
      {
        scenario: 'tls-policy-blocks-server',
        lookedFor: [
          said('fixture.looked.tls', 'Schannel 36871 of the server side'),
          said('fixture.looked.alerts', '36874 and 36888 with alert 40, 70 or 71'),
        ],
      },
    ],
    notEvaluated: [
      { scenario: 'broker-out-of-step', why: said('fixture.why-not', 'the SessionBroker log was not collected') },
    ],
    ...more,
  })
}

/** Happened, and RDP worked again. */
export function historicHost(): HostAnalysis {
  const trigger = evidence('trigger', '2026-03-12T07:00:00', 100)
  const heal = evidence('heal', '2026-03-12T08:30:00', 120, {
    eventId: 1056,
    decoded: { Name: 'WEB03.contoso.local' },
  })
  return healthyHost('WEB03', {
    findings: [
      listenerKeyUnusable({
        verdict: 'historic',
        window: 'log',
        since: trigger.timeCreated,
        last: trigger.timeCreated,
        summary: said('fixture.historic', 'It failed once; a new certificate was made 90 minutes later.'),
        evidence: [trigger, heal],
        counts: { ...NO_COUNTS, trigger: 1, heal: 1 },
      }),
    ],
  })
}

/** The trigger is there, and is not the reason. */
export function refutedHost(): HostAnalysis {
  const trigger = evidence('trigger', '2026-03-14T03:00:00', 300, { provider: 'Schannel', eventId: 36871 })
  const refute = evidence('refute', '2026-03-14T03:00:01', 301, {
    provider: 'Schannel',
    eventId: 36871,
    decoded: { CallerProcessImageName: 'sqlservr.exe' },
  })
  return healthyHost('SQL04', {
    findings: [
      listenerKeyUnusable({
        scenario: 'tls-policy-blocks-server',
        title: said('fixture.title.tls', 'No TLS version is left for the RDP listener'),
        verdict: 'refuted',
        since: trigger.timeCreated,
        last: trigger.timeCreated,
        summary: said('fixture.refuted', 'The failures belong to another service: {process}.', {
          process: 'sqlservr.exe',
        }),
        evidence: [trigger, refute],
        counts: { ...NO_COUNTS, trigger: 1, refute: 1 },
      }),
    ],
  })
}

/** A host whose System log was not there. */
export function uncollectedHost(): HostAnalysis {
  const { lastGood: _, os: __, ...rest } = healthyHost('APP07')
  return {
    ...rest,
    coverage: [
      { channel: 'System', state: 'not-collected' },
      present(`${RCM}/Operational`, 44, '2026-03-01T00:00'),
      { channel: 'Security', state: 'unreadable' },
    ],
    notFound: [],
    notEvaluated: ['listener-key-unusable', 'tls-policy-blocks-server'].map((scenario) => ({
      scenario,
      why: said('fixture.why-not-system', 'the System log was not collected'),
    })),
  }
}

function input(file: string, size: number, records: number, more: Partial<Input> = {}): Input {
  return { file, size, state: 'read', records, damaged: 0, recovered: 0, ...more }
}

/** An analysis of these hosts, with the inputs of the design's picture. */
export function analysisOf(hosts: readonly HostAnalysis[], more: Partial<Analysis> = {}): Analysis {
  return {
    tool: { name: 'evtxray', version: '0.1.0' },
    options: {
      window: '24h',
      reference: 'last-event',
      scenarios: ['listener-key-unusable', 'tls-policy-blocks-server', 'broker-out-of-step'],
      recover: 'resync',
    },
    hosts,
    inputs: [
      input('RDS01/Windows/System32/winevt/Logs/System.evtx', 62_984_192, 48_811, { damaged: 2, recovered: 1 }),
      input('RDS01/Windows/System32/winevt/Logs/Security.evtx', 127_926_272, 157_011),
    ],
    damage: [
      {
        file: 'RDS01/Windows/System32/winevt/Logs/System.evtx',
        kind: 'record-framing',
        offset: 70_000,
        length: 900,
        detail: 'Record size 0 is too small',
      },
    ],
    ...more,
  }
}

/** A run over six hosts, one of each kind. */
export function fleetAnalysis(): Analysis {
  const { lastGood: _, ...neverGood } = failingHost()
  const broker: HostAnalysis = {
    ...neverGood,
    host: 'BROKER01',
    lanes: [],
    findings: [
      listenerKeyUnusable({
        scenario: 'broker-out-of-step',
        title: said('fixture.title.broker', 'The Connection Broker does not know its own database'),
        verdict: 'confirmed',
        since: at('2026-03-11T07:30'),
        remediation: [],
        checks: [],
        certainIf: [],
      }),
    ],
  }
  return analysisOf([healthyHost('RDS02'), refutedHost(), uncollectedHost(), failingHost(), historicHost(), broker])
}
