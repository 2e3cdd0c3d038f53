import { parseIso } from '../../src/bytes/filetime.ts'
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

export const RCM = 'Microsoft-Windows-TerminalServices-RemoteConnectionManager'
/** To be filled where it matters. */
export const NO_COUNTS: Finding['counts'] = { trigger: 0, support: 0, heal: 0, refute: 0, context: 0 }

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
export const FAILURES = [
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
    moments: [],
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
      { id: 'key-file', state: 'not-collected', source: { file: 'ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys' } },
      { id: 'certificate', state: 'absent', expected: 'one certificate', differs: true, source: { file: 'SOFTWARE' } },
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
        undo: [
          {
            text: said('fixture.undo.1', 'Put the permissions back.'),
            command: 'icacls "F:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys" /restore C:\\saved.txt',
          },
          { text: said('fixture.undo.2', 'A restart needs no undoing.') },
        ],
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
