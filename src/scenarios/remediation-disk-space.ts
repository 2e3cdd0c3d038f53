import type { Remediation, RemediationStep } from '../finding/finding.ts'
import { sentence } from '../finding/sentence.ts'
import { GET_IN, SWAP_DISK, snapshotFirst } from './remediation-hives.ts'
import type { RepairPlace } from './scenario.ts'

/** Where room is most often found: leftovers, and updates that were installed. */
const ROOM = ['Temp', 'SoftwareDistribution\\Download']

/** Whoever makes room starts the services that want to write the key. */
export const RESTART_SERVICES = 'powershell -Command "Restart-Service -Force SessionEnv, TermService"'

/**
 * The repair for a key that cannot be written because the disk is full: room, and nothing else. Permissions and
 * certificate are as they were.
 */
export function diskSpaceRemediation(place: RepairPlace): readonly Remediation[] {
  const title = sentence('repair.space.title')
  const risk = sentence('repair.space.risk')
  return [
    {
      where: 'offline',
      title,
      steps: [snapshotFirst(place), ...makeRoom(place.drive), SWAP_DISK],
      risk,
      rollback: sentence('repair.rollback-offline'),
      undo: [UNDO_ROOM],
    },
    {
      where: 'live',
      title,
      steps: [GET_IN, ...makeRoom('C:'), { text: sentence('repair.key.restart-services'), command: RESTART_SERVICES }],
      risk,
      rollback: sentence('repair.rollback-live'),
      undo: [UNDO_ROOM, { text: sentence('repair.key.undo-restart') }],
    },
  ]
}

/** What goes can be told by a person only: no command deletes. */
export function makeRoom(drive: string): readonly RemediationStep[] {
  const places = ROOM.map((name) => `${drive}\\Windows\\${name}`).join(' ')
  return [
    { text: sentence('repair.space.look'), command: `fsutil volume diskfree ${drive}` },
    { text: sentence('repair.space.list'), command: `dir /a /s ${places}` },
    { text: sentence('repair.space.free') },
    { text: sentence('repair.space.look-again'), command: `fsutil volume diskfree ${drive}` },
  ]
}

/** Takes the making of room back. */
export const UNDO_ROOM: RemediationStep = { text: sentence('repair.space.undo') }
