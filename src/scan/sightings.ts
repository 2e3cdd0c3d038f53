import { ticksFrom } from '../bytes/filetime.ts'
import { listsBy } from '../bytes/lists-by.ts'
import type { ChannelPart, Kept, LogPart } from '../correlate/host-input.ts'
import { compareSightings, inOrder } from '../correlate/order.ts'
import type { Sighting, WinEvent } from '../event/win-event.ts'
import type { EvidenceRoot } from '../evidence/collection.ts'
import { flowsOnly } from '../evidence/source.ts'
import type { Group } from '../evtx/group.ts'
import { KEPT_MATCHES, KEPT_OLDEST, type Need } from '../query/need.ts'
import type { SightingRow } from '../query/sighting-rows.ts'
import { stretchEnds } from './stretch-ends.ts'
import type { SurveyedLog } from './survey.ts'

/** One kept match whose record may be decoded. */
interface Found {
  readonly log: SurveyedLog
  readonly row: SightingRow
  readonly sighting: Sighting
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

/** What is to be decoded of one log. */
export interface Wanted {
  readonly log: SurveyedLog
  readonly rows: readonly SightingRow[]
  /** Others of the same log that may be shown, where the way to a record is long. */
  readonly besides: readonly Sighting[]
}

/** Decodes what is wanted of a log: events by offset, without those that could not be decoded. */
export type Decode = (wanted: Wanted) => Promise<ReadonlyMap<number, WinEvent>>

/**
 * The kept matches of one host by need id, decoded where the need asks for fields. Besides the newest of each need some
 * of the oldest are kept; the counts are of all.
 */
export async function keptOf(
  logs: readonly SurveyedLog[],
  needs: readonly Need[],
  decode: Decode,
): Promise<Map<string, Kept>> {
  const choice = choose(logs, needs)
  const events = new Map<SurveyedLog, ReadonlyMap<number, WinEvent>>()
  for (const wanted of wantedIn(logs, choice)) events.set(wanted.log, await decode(wanted))
  const { counts, found, sighted } = choice
  const kept = new Map<string, Kept>()
  needs.forEach((need, position) => {
    const decoded = found.get(need)?.flatMap(({ log, row }) => events.get(log)?.get(row.offset) ?? []) ?? []
    const inTime = inOrder(decoded)
    kept.set(need.id, { events: inTime, sightings: sighted.get(need) ?? inTime, count: counts[position]! })
  })
  return kept
}

/** What `keptOf` will ask for to be decoded of these logs, all of one host. */
export function wantedOf(logs: readonly SurveyedLog[], needs: readonly Need[]): readonly Wanted[] {
  return wantedIn(logs, choose(logs, needs))
}

/** What is kept of a host's matches. */
interface Choice {
  /** All matches of each need. */
  readonly counts: readonly number[]
  /** Those that are decoded. */
  readonly found: ReadonlyMap<Need, readonly Found[]>
  readonly sighted: ReadonlyMap<Need, readonly Sighting[]>
}

function choose(logs: readonly SurveyedLog[], needs: readonly Need[]): Choice {
  const counts = countsOf(logs, needs)
  const met = new Set(needs.filter((_, position) => counts[position]! > 0).map(({ id }) => id))
  const found = new Map<Need, readonly Found[]>()
  const sighted = new Map<Need, readonly Sighting[]>()
  needs.forEach((need, position) => {
    if (!met.has(need.id) || need.beside?.some((id) => met.has(id)) === false) return
    const { as, newestWithFields, endsBetween } = need
    if (as === 'sighting') sighted.set(need, keptSightings(logs, position, need))
    else if (endsBetween !== undefined) {
      // What was found in unused space may be another computer's.
      const all = keptMatches(logs, position, need).filter(({ row }) => row.recovery !== 'slack')
      const cuts = timesIn(logs, needs, endsBetween)
      const explained = timesIn(logs, needs, need.beside ?? [])
      found.set(need, stretchEnds([...all].sort(byOrder), { timeOf: ({ row }) => row.timeCreated, cuts, explained }))
    } else {
      const all = keptMatches(logs, position, need)
      found.set(need, newestWithFields === undefined ? all : ofHighestId(all, newestWithFields))
      if (newestWithFields !== undefined) sighted.set(need, inOrder(all.map(({ sighting }) => sighting)))
    }
  })
  return { counts, found, sighted }
}

function wantedIn(logs: readonly SurveyedLog[], { found, sighted }: Choice): readonly Wanted[] {
  const byLog = listsBy([...found.values()].flat(), ({ log }) => log)
  const isFar = new Set(logs.filter(({ log }) => flowsOnly(log.source)).map(({ log }) => log.name))
  const farAway = isFar.size === 0 ? [] : [...sighted.values()].flat().filter(({ file }) => isFar.has(file))
  return [...byLog].map(([log, matches]) => {
    const rows = matches.map(({ row }) => row)
    const own = new Set(rows.map(({ offset }) => offset))
    const besides = farAway.filter(({ file, offset }) => file === log.log.name && !own.has(offset))
    return { log, rows, besides }
  })
}

/** How many matches of each need there are. */
function countsOf(logs: readonly SurveyedLog[], needs: readonly Need[]): readonly number[] {
  const counts = needs.map(() => 0)
  for (const { groups } of logs) {
    for (const { rows } of groups) for (const [need, matches] of rows) counts[need]! += matches.count
  }
  return counts
}

/** When the matches of some needs were written, in no order. */
function timesIn(logs: readonly SurveyedLog[], needs: readonly Need[], ids: readonly string[]): readonly bigint[] {
  const wanted = needs.flatMap(({ id }, position) => (ids.includes(id) ? [position] : []))
  return logs.flatMap(({ groups }) =>
    groups.flatMap(({ rows }) =>
      wanted.flatMap(
        (position) =>
          rows
            .get(position)
            ?.all()
            .map(({ timeCreated }) => timeCreated) ?? [],
      ),
    ),
  )
}

/** In order. They may be tens of thousands: each is one object. */
function keptSightings(logs: readonly SurveyedLog[], position: number, need: Need): readonly Sighting[] {
  const all: Sighting[] = []
  for (const { log, groups } of logs) {
    for (const { group, rows } of groups) {
      const source = { provider: need.provider, channel: group.channel, computer: group.computer, file: log.name }
      rows.get(position)?.sightings(source, all)
    }
  }
  return newest(inOrder(all))
}

function keptMatches(logs: readonly SurveyedLog[], position: number, need: Need): readonly Found[] {
  const all: Found[] = []
  for (const log of logs) {
    for (const { group, rows } of log.groups) {
      const matches = rows.get(position)
      if (matches === undefined) continue
      const source = { provider: need.provider, channel: group.channel, computer: group.computer, file: log.log.name }
      const sightings = matches.sightings(source)
      for (const [index, row] of matches.all().entries()) all.push({ log, row, sighting: sightings[index]! })
    }
  }
  if (all.length <= KEPT_MATCHES + KEPT_OLDEST) return all
  return newest([...all].sort(byOrder))
}

function byOrder(a: Found, b: Found): number {
  return compareSightings(a.sighting, b.sighting)
}

/** The newest of what is in order, and a few of the oldest. */
function newest<Member>(sorted: readonly Member[]): readonly Member[] {
  if (sorted.length <= KEPT_MATCHES + KEPT_OLDEST) return sorted
  return [...sorted.slice(0, KEPT_OLDEST), ...sorted.slice(-KEPT_MATCHES)]
}

/** Those of the highest record ids. What was found in unused space may be another computer's: it comes last. */
function ofHighestId(all: readonly Found[], most: number): readonly Found[] {
  const isLeftOver = ({ row }: Found) => (row.recovery === 'slack' ? 1 : 0)
  const kinds = new Map<string, Found>()
  // Copies of a log hold one record many times.
  for (const found of all) {
    const { recordId, timeCreated, eventId } = found.row
    const kind = `${recordId} ${timeCreated} ${eventId}`
    const known = kinds.get(kind)
    if (known === undefined || isLeftOver(found) < isLeftOver(known)) kinds.set(kind, found)
  }
  const distinct = [...kinds.values()]
  return distinct.sort((a, b) => isLeftOver(a) - isLeftOver(b) || b.row.recordId - a.row.recordId).slice(0, most)
}
