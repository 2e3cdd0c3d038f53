import type { WinEvent } from '../../src/event/win-event.ts'
import type { MachineFacts } from '../../src/facts/machine-facts.ts'
import type { Remediation } from '../../src/finding/finding.ts'
import { listenerKeyRemediation } from '../../src/scenarios/remediation-listener-key.ts'
import { THUMBPRINT } from './disk.ts'
import { anything, finding } from './events.ts'
import { type ByPath, LISTENER_KEY_FILE } from './machine.ts'

/** Both repairs that a scenario tells for a failure, of a disk that is attached as G:. */
export function repairs(
  scenario: string,
  failure: WinEvent,
  facts?: MachineFacts,
): { offline: Remediation; live: Remediation } {
  const story = { drive: 'G:', ...(facts && { facts }) }
  const told = finding(scenario, [failure, anything('20:00')], {}, story)?.remediation ?? []
  const of = (where: Remediation['where']) => told.find((each) => each.where === where)!
  return { offline: of('offline'), live: of('live') }
}

/** What is typed to repair. */
export function commands({ steps }: Remediation): string[] {
  return steps.flatMap(({ command }) => command ?? [])
}

/** What is typed to take it back. */
export function undone({ undo = [] }: Remediation): string[] {
  return undo.flatMap(({ command }) => command ?? [])
}

/** The second control set is in force. */
export const SECOND: ByPath = { Select: { Current: 2 }, 'ControlSet002\\Control': {} }

/** The same paths in the second control set. */
export function inSecond(keys: ByPath): ByPath {
  return Object.fromEntries(
    Object.entries(keys).map(([path, values]) => [path.replace('ControlSet001', 'ControlSet002'), values]),
  )
}

/** Where the disk proved that key, store and folder are closed, the certificate has expired, and another one is pinned. */
export const ALL_CLOSED = listenerKeyRemediation(
  { drive: 'G:', build: 26200, hives: { controlSet: 'ControlSet001', cut: [] } },
  {
    proven: new Set(['key-denied', 'store-denied', 'crypto-keys-closed', 'certificate-expired', 'pinned-missing']),
    keyFolder: 'machine-keys',
    isFileThere: true,
    keyFile: LISTENER_KEY_FILE,
    denied: ['S-1-1-0'],
    thumbprints: [THUMBPRINT],
    pinned: 'B'.repeat(40),
    areCertificatesSound: false,
    isPinKnown: true,
    status: 'access-denied',
    permissionsSeen: true,
  },
)
