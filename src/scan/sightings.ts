import { compareText } from '../bytes/compare-text.ts'
import { ticksFrom } from '../bytes/filetime.ts'
import type { ChannelPart, Kept, LogPart } from '../correlate/host-input.ts'
import { compareSightings } from '../correlate/order.ts'
import type { Damage } from '../errors.ts'
import type { Sighting, WinEvent } from '../event/win-event.ts'
import type { EvidenceRoot } from '../evidence/collection.ts'
import { flowsOnly } from '../evidence/source.ts'
import type { Group } from '../evtx/group.ts'
import { KEPT_OLDEST, type Need } from '../query/need.ts'
import type { SightingRow } from '../query/sighting-rows.ts'
import { decodeRows } from './decode-rows.ts'
import { capOf } from './scan-task.ts'
import type { SurveyedLog } from './survey.ts'

/** One kept match, not yet decoded. */
interface Found {
  readonly log: SurveyedLog
  readonly row: SightingRow
  readonly group: Group
}

/** What each log holds of each computer: the scan's counts in the words of `correlate/`. */
export function logParts(logs: readonly SurveyedLog[], roots: readonly EvidenceRoot[]): LogPart[] {
  const parts: LogPart[] = []
  for (const { log, groups, ids, dirty } of logs) {
    const root = roots[log.root]!
    const byComputer = new Map<string, { appearance: number; channels: ChannelPart[] }>()
    for (const { group } of groups) {
      const known = byComputer.get(group.computer)
      if (known) known.channels.push(channelPart(group))
      else byComputer.set(group.computer, { appearance: byComputer.size, channels: [channelPart(group)] })
    }
    const channelsIn = new Set(groups.map(({ group }) => group.channel.toLowerCase())).size
    for (const [computer, { appearance, channels }] of byComputer) {
      parts.push({
        file: log.name,
        root: log.root,
        rootKind: root.kind,
        rootLabel: root.label,
        forwarded: log.forwarded,
        dirty,
        computer,
        appearance,
        channels,
        ...(channelsIn === 1 && { ids: { ...ids, computers: byComputer.size } }),
      })
    }
  }
  return parts
}

function channelPart(group: Group): ChannelPart {
  return {
    channel: group.channel,
    records: group.records,
    firstTime: ticksFrom(group.firstLow, group.firstHigh),
    lastTime: ticksFrom(group.lastLow, group.lastHigh),
    highestRecordId: group.highestHigh * 4_294_967_296 + group.highestLow,
    timeOfHighest: ticksFrom(group.ofHighestLow, group.ofHighestHigh),
    lowestRecordId: group.lowestHigh * 4_294_967_296 + group.lowestLow,
  }
}

/**
 * The kept matches of one host by need id, decoded where the need asks for fields. Besides the newest of each need some
 * of the oldest are kept; the counts are of all.
 *
 * @param onDamage called with what could not be decoded, and the log's name
 */
export async function keptOf(
  logs: readonly SurveyedLog[],
  needs: readonly Need[],
  onDamage: (file: string, damage: Damage) => void,
): Promise<Map<string, Kept>> {
  const found: Found[][] = needs.map(() => [])
  const counts = needs.map(() => 0)
  for (const log of logs) {
    for (const { group, rows } of log.groups) {
      if (rows.size === 0) continue
      for (const [need, matches] of rows) {
        counts[need]! += matches.count
        for (const row of matches.all()) found[need]!.push({ log, row, group })
      }
    }
  }
  const met = new Set(needs.filter((_, need) => counts[need]! > 0).map(({ id }) => id))
  const chosen = found.map((all, index) => {
    const need = needs[index]!
    return need.beside?.some((id) => met.has(id)) === false ? [] : newest(all, capOf(need))
  })
  const decoded = await decodeAll(
    chosen.flatMap((all, need) => (needs[need]!.as === 'event' ? all : [])),
    chosen.flatMap((all, need) => (needs[need]!.as === 'event' ? [] : all)),
    onDamage,
  )
  const kept = new Map<string, Kept>()
  needs.forEach((need, index) => {
    const all = chosen[index]!
    const events = need.as === 'event' ? all.flatMap((match) => decoded(match) ?? []) : []
    const sightings = need.as === 'event' ? events : all.map((match) => sightingOf(match, need))
    kept.set(need.id, {
      events: events.sort(compareSightings),
      sightings: [...sightings].sort(compareSightings),
      count: counts[index]!,
    })
  })
  return kept
}

/** The newest by time, and a few of the oldest. */
function newest(all: readonly Found[], cap: number): readonly Found[] {
  if (all.length <= cap + KEPT_OLDEST) return all
  const sorted = [...all].sort((a, b) => {
    if (a.row.timeCreated !== b.row.timeCreated) return a.row.timeCreated < b.row.timeCreated ? -1 : 1
    return a.row.recordId - b.row.recordId || compareText(a.log.log.name, b.log.log.name) || a.row.offset - b.row.offset
  })
  return [...sorted.slice(0, KEPT_OLDEST), ...sorted.slice(-cap)]
}

function sightingOf({ log, row, group }: Found, need: Need): Sighting {
  return {
    provider: need.provider,
    channel: group.channel,
    computer: group.computer,
    eventId: row.eventId,
    timeCreated: row.timeCreated,
    recordId: row.recordId,
    file: log.log.name,
    offset: row.offset,
    ...(row.recovery && { recovered: row.recovery }),
  }
}

/**
 * Decodes matches log by log; the answer finds the event of one.
 *
 * @param others of the same logs, that are not decoded
 */
async function decodeAll(
  all: readonly Found[],
  others: readonly Found[],
  onDamage: (file: string, damage: Damage) => void,
): Promise<(match: Found) => WinEvent | undefined> {
  const byLog = rowsByLog(all)
  // The others matter only where the way to a record is long.
  const othersByLog = rowsByLog(others.filter(({ log }) => flowsOnly(log.log.source)))
  const events = new Map<SurveyedLog, ReadonlyMap<number, WinEvent>>()
  for (const [log, rows] of byLog) {
    const decoded = await decodeRows(log, rows, othersByLog.get(log))
    events.set(log, decoded.events)
    for (const damage of decoded.damage) onDamage(log.log.name, damage)
  }
  return ({ log, row }) => events.get(log)?.get(row.offset)
}

function rowsByLog(all: readonly Found[]): ReadonlyMap<SurveyedLog, readonly SightingRow[]> {
  const byLog = new Map<SurveyedLog, SightingRow[]>()
  for (const { log, row } of all) {
    const rows = byLog.get(log)
    if (rows) rows.push(row)
    else byLog.set(log, [row])
  }
  return byLog
}
