import type { SilentLog } from '../correlate/host-input.ts'
import { groupHosts, type HostGroup } from '../correlate/hosts.ts'
import { inOrder } from '../correlate/order.ts'
import { COMPUTER_RENAMED, renamesOf } from '../correlate/renames.ts'
import type { Damage } from '../errors.ts'
import type { WinEvent } from '../event/win-event.ts'
import { channelOfFile } from '../evidence/channel-of-file.ts'
import type { Collection } from '../evidence/collection.ts'
import { isLogName } from '../evidence/recognise.ts'
import type { Need } from '../query/need.ts'
import { decodeRows } from './decode-rows.ts'
import { logParts } from './sightings.ts'
import type { SurveyedLog } from './survey.ts'

/**
 * Whose the logs are. Renames are read first: they join names of loose logs.
 *
 * @param needs what the logs were surveyed for; among them `COMPUTER_RENAMED`
 * @param onDamage called with what could not be decoded, and the log's name
 */
export async function tellHostsApart(
  logs: readonly SurveyedLog[],
  collection: Collection,
  needs: readonly Need[],
  onDamage: (file: string, damage: Damage) => void,
): Promise<readonly HostGroup[]> {
  const parts = logParts(logs, collection.roots)
  const position = needs.findIndex(({ id }) => id === COMPUTER_RENAMED.id)
  const renamed: WinEvent[] = []
  for (const log of logs) {
    // Of all hosts together they are many: each computer's are bounded by what is kept of it in a log.
    const rows = log.groups.flatMap(({ rows: byNeed }) => byNeed.get(position)?.all() ?? [])
    if (rows.length === 0) continue
    const { events, damage } = await decodeRows(log, rows)
    renamed.push(...events.values())
    for (const each of damage) onDamage(log.log.name, each)
  }
  return groupHosts(parts, silentLogs(logs, collection), renamesOf(inOrder(renamed)))
}

/** Logs without a record to show; they still say that a channel was collected. */
function silentLogs(logs: readonly SurveyedLog[], collection: Collection): SilentLog[] {
  const entry = (file: string, root: number, state: SilentLog['state'], dirty: boolean): SilentLog => {
    const { kind, label } = collection.roots[root]!
    return { file, root, rootKind: kind, rootLabel: label, state, dirty, channel: channelOfFile(file) }
  }
  const quiet = logs.filter((log) => log.groups.length === 0)
  return [
    ...quiet.map(({ log, failure, damage, dirty }) =>
      entry(log.name, log.root, failure !== undefined || damage.length > 0 ? 'unreadable' : 'empty', dirty),
    ),
    // A folder that could not be listed is named like no channel. A log of 0 bytes is a copy that failed, no quiet channel.
    ...collection.refused
      .filter(({ name }) => isLogName(name))
      .map(({ name, root }) => entry(name, root, 'unreadable', false)),
  ]
}
