import { parseIso } from '../../src/bytes/filetime.ts'
import type { Analysis, ChannelCoverage, HostAnalysis, Input, Lane } from '../../src/finding/analysis.ts'
import type { Evidence, Finding, Role } from '../../src/finding/finding.ts'
import { type Sentence, sentence } from '../../src/finding/sentence.ts'
import { english } from '../../src/report/language/en.ts'
import type { Language } from '../../src/report/language/language.ts'

const sentences: Record<string, string> = {}

/** The words of the real reports with this fixture's own sentences. */
export const fixtureLanguage: Language = { code: 'en', sentences, words: english.words }

/** A sentence whose words are given where it is made. */
export function said(id: string, template: string, params: Sentence['params'] = {}): Sentence {
  sentences[id] = template
  return sentence(id, params)
}

/** Ticks of an ISO time that is known to be right. */
export function at(iso: string): bigint {
  const parsed = parseIso(iso)
  if (!parsed) throw new Error(`No such time "${iso}"`)
  return parsed.ticks
}

const RCM = 'Microsoft-Windows-TerminalServices-RemoteConnectionManager'
const LSM = 'Microsoft-Windows-TerminalServices-LocalSessionManager'
const NO_COUNTS: Finding['counts'] = { trigger: 0, support: 0, heal: 0, refute: 0, context: 0 }

/** One record of RDS01's System log, unless told otherwise. */
export function evidence(role: Role, time: string, recordId: number, more: Partial<Evidence> = {}): Evidence {
  return {
    role,
    computer: 'RDS01.contoso.local',
    channel: 'System',
    provider: RCM,
    eventId: 1058,
    recordId,
    timeCreated: at(time),
    file: 'RDS01/Windows/System32/winevt/Logs/System.evtx',
    offset: recordId * 512,
    decoded: { Status: '0x80070005 Access is denied' },
    summary: said('fixture.1058', 'The Remote Desktop service could not replace its certificate'),
    ...more,
  }
}

/** Times at which RDS01's listener failed; each is followed by Schannel within two tenths of a second. */
const FAILURES = [
  '2026-03-13T16:02:10.913',
  '2026-03-13T18:11:40.205',
  '2026-03-13T20:02:11.011',
  '2026-03-13T21:40:02.770',
  '2026-03-14T02:02:10.640',
  '2026-03-14T05:30:57.119',
  '2026-03-14T09:02:31.381',
]

/** The finding of the design's picture: probable, seven triggers, a Schannel record behind each. */
export function listenerKeyUnusable(more: Partial<Finding> = {}): Finding {
  const records = FAILURES.flatMap((time, index) => [
    evidence('trigger', time, 48_112 + index * 90),
    evidence('support', `${time.slice(0, -4)}.${Number(time.slice(-3)) + 7}`, 48_113 + index * 90, {
      provider: 'Schannel',
      eventId: 36870,
      decoded: { ErrorCode: '0x8009030D the private key could not be used', Type: 'server' },
      summary: said('fixture.36870', 'Schannel could not use the private key of a server certificate'),
    }),
  ])
  return {
    scenario: 'listener-key-unusable',
    title: said('fixture.title', 'The RDP listener cannot use its private key'),
    verdict: 'probable',
    window: 'window',
    since: at('2026-03-13T16:02:10.913'),
    last: at('2026-03-14T09:02:31.381'),
    summary: said(
      'fixture.summary',
      'Since {since} no logon was recorded. The Remote Desktop service failed {count} {count|time|times} to replace its certificate with "Access is denied", and each time Schannel could not use a server certificate\'s private key within 2 seconds.',
      { since: at('2026-03-13T16:02:10.913'), count: 7 },
    ),
    cause: said(
      'fixture.cause',
      'The service runs as NETWORK SERVICE and must read its private key at every connection. Without it the port is open, and every client is dropped as TLS starts.',
    ),
    evidence: records,
    counts: { ...NO_COUNTS, trigger: 7, support: 31 },
    rules: [
      {
        id: 'trigger-in-window',
        met: 'yes',
        why: said('fixture.rule.1', '7 failures (1058) in the window, none healed'),
        evidence: [0, 2],
      },
      {
        id: 'second-kind-of-evidence',
        met: 'yes',
        why: said('fixture.rule.2', 'Schannel 36870 of the server side agrees within 2 s'),
        evidence: [1],
      },
      {
        id: 'proof-on-disk',
        met: 'unknown',
        why: said('fixture.rule.3', 'the key file and its permissions were not collected'),
      },
    ],
    lookedFor: [said('fixture.looked.1', 'a new certificate (1056)')],
    certainIf: [
      said(
        'fixture.certain',
        "the permissions of MachineKeys\\{file} are known. Not collected: give the disk's root instead of the log folder.",
        {
          file: 'f686aace6942fb7f7ceb231212eef4a4_<MachineGuid>',
        },
      ),
    ],
    checks: [
      { id: 'key-file', state: 'not-collected', source: 'ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys' },
      { id: 'certificate', state: 'absent', expected: 'one certificate', source: 'SOFTWARE' },
    ],
    remediation: [
      {
        where: 'offline',
        title: said('fixture.offline', 'give the key back to the service'),
        risk: said('fixture.risk', 'low, one file'),
        steps: [
          { text: said('fixture.step.1', 'Take a snapshot of the disk.') },
          {
            text: said('fixture.step.2', 'Let NETWORK SERVICE read the key file.'),
            command:
              'icacls "F:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys\\f686aace6942fb7f7ceb231212eef4a4_0f8fad5b-d9cb-469f-a165-70867728950e" /grant *S-1-5-18:F *S-1-5-20:R',
          },
          {
            text: said('fixture.step.3', 'Load the SYSTEM hive and read which control set is in use.'),
            command: 'reg load HKLM\\BROKEN F:\\Windows\\System32\\config\\SYSTEM',
          },
        ],
        rollback: said('fixture.rollback', 'go back to the snapshot'),
      },
      {
        where: 'live',
        title: said('fixture.live', 'have Windows make a new certificate'),
        steps: [
          {
            text: said('fixture.step.4', 'Restart the service that makes it (serial console, Run Command).'),
            command: 'Restart-Service SessionEnv -Force',
          },
        ],
      },
    ],
    ...more,
  }
}

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
    reference: { time: WINDOW.end, source: said('fixture.reference', 'the last event of System') },
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
