import { bootIndexOf, startInForce } from '../correlate/boots.ts'
import { CLOCK_NEEDS } from '../correlate/clock.ts'
import { channelCoverage, wasLookedAt } from '../correlate/coverage.ts'
import { currentTriggers, type Episode, lastEpisode } from '../correlate/episode.ts'
import { eventOrder } from '../correlate/event-order.ts'
import { compareSightings } from '../correlate/order.ts'
import { correctedIntoWindow, isBehindWindow, windowHolding } from '../correlate/windows.ts'
import { SYSTEM } from '../event/source.ts'
import type { Sighting } from '../event/win-event.ts'
import { decideVerdict } from '../finding/decide-verdict.ts'
import { type Role, VERDICTS, type Verdict } from '../finding/finding.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import type { Need } from '../query/need.ts'
import { beginOf, type DiskProof, type DiskView, diskReasons } from './disk.ts'
import type { Reason } from './reason.ts'
import type { ScenarioContext } from './scenario.ts'
import type { Tally } from './tally.ts'

/** One way to read a host's records: what would be the triggers, and what would speak for and against them. */
export interface Reading<T extends Sighting> {
  /** In order. */
  readonly triggers: readonly T[]
  /** In order. */
  readonly heals: readonly Sighting[]
  /** What agrees with the triggers that lie in the window or the boot: a second, independent kind of evidence. */
  readonly agreeingWith: (current: readonly T[]) => readonly Sighting[]
  readonly weak?: boolean
  readonly refuted?: boolean
  /** What the disk says of it. */
  readonly disk?: Pick<DiskView, 'proofs' | 'supports' | 'refutes'>
}

/** A reading with its verdict. */
export interface Weighed {
  readonly weak: boolean
  readonly refuted: boolean
  readonly episode: Episode<Sighting>
  readonly verdict: Verdict
  /** Records of the second kind of evidence. */
  readonly second: readonly Sighting[]
  /**
   * Records that agree with triggers of the episode, though with none in the window or the boot; empty where `second`
   * is not.
   */
  readonly secondBefore: readonly Sighting[]
  /** What the disk proves, supports and refutes; without what was written too late to matter. */
  readonly disk: Pick<DiskView, 'proofs' | 'supports' | 'refutes'>
  /**
   * Proofs that RDP worked between failures in the window, where it did so several times and has not worked since: the
   * last of each time.
   */
  readonly between: readonly Sighting[]
  /** True for a record of the time before RDP last worked: it tells nothing of the episode. */
  isOutlived(record: Sighting): boolean
}

const NOTHING: Weighed['disk'] = { proofs: [], supports: [], refutes: [] }

/** Weighs a reading; undefined when it has no trigger. */
export function weigh<T extends Sighting>(reading: Reading<T>, context: ScenarioContext): Weighed | undefined {
  const { triggers, heals, agreeingWith, weak = false } = reading
  const episode = lastEpisode(triggers, heals, context)
  if (episode === undefined) return undefined
  const { workedBefore } = episode
  const order = eventOrder(context.clockJumps)
  const isOutlived = (record: Sighting): boolean => workedBefore !== undefined && order.isLater(workedBefore, record)
  // What RDP has outlived agrees with nothing that came after.
  const agreed = (counted: readonly T[]) => agreeingWith(counted).filter((witness) => !isOutlived(witness))
  const second = agreed(currentTriggers(episode.triggers, context))
  const secondBefore = second.length > 0 ? [] : agreed(episode.triggers)
  const disk = inTime(reading.disk ?? NOTHING, episode, context)
  const healed = episode.heals.length > 0
  // A disk that is in order now says nothing about a time that is over.
  const excused = disk.refutes.length > 0 && !healed
  const refuted = reading.refuted === true || excused
  const verdict = decideVerdict({
    refuted,
    healed,
    current: episode.window !== 'log',
    secondKind: second.length > 0 || disk.supports.length > 0,
    proof: disk.proofs.length > 0,
    weak,
  })
  const between = healed ? [] : workedBetween(triggers, heals, context)
  return { weak, refuted, episode, verdict, second, secondBefore, disk, between, isOutlived }
}

/**
 * What proofs that RDP worked say of a finding: those after it heal it; those between failures, time and again, speak
 * against it; the last before it is context. The others, undefined, say nothing.
 */
export function proofRoles({ episode, between }: Weighed): (proof: Sighting) => Role | undefined {
  const heals = new Set(episode.heals)
  const turns = new Set(between)
  return (proof) => {
    if (heals.has(proof)) return 'heal'
    if (turns.has(proof)) return 'refute'
    return proof === episode.workedBefore ? 'context' : undefined
  }
}

/** So often must it have worked between failures: once or twice somebody may have repaired it. */
const COMES_AND_GOES = 3

function workedBetween(
  triggers: readonly Sighting[],
  heals: readonly Sighting[],
  context: ScenarioContext,
): readonly Sighting[] {
  // Each proof has a failure before it, and one behind it.
  if (heals.length < COMES_AND_GOES || triggers.length <= COMES_AND_GOES) return []
  const order = eventOrder(context.clockJumps)
  const failures = new Set<Sighting>(triggers)
  const both = [...triggers, ...heals].filter((record) => windowHolding(record, context, order) === 'window')
  both.sort(compareSightings)
  let failed: Sighting | undefined
  const turns = both.filter((record, i) => {
    if (failures.has(record)) failed = record
    const next = both[i + 1]
    if (failed === undefined || failed === record || next === undefined || !failures.has(next)) return false
    // Where the clock was set back, what carries a later time may have been before.
    return order.isLater(record, failed) && order.isLater(next, record)
  })
  return turns.length < COMES_AND_GOES ? [] : turns
}

/** Without what came after the last failure and so was no reason of it, and without what RDP has outlived. */
function inTime(disk: Weighed['disk'], episode: Episode<Sighting>, context: ScenarioContext): Weighed['disk'] {
  const { last, workedBefore } = episode
  const order = eventOrder(context.clockJumps)
  const timeOf = (record: Sighting): bigint => timeInForce(record, context)
  const boot = context.boots[bootIndexOf(last, context.boots, context.clockJumps)]
  const start = boot && startInForce(boot, order)
  const isThere = (proof: DiskProof): boolean => {
    const begin = beginOf(proof) ?? timeOf(last)
    if (begin > timeOf(last)) return false
    // What Windows reads at its start and was written since is not yet in force.
    return !proof.fromNextBoot || (start === undefined ? !isCovered(begin, context) : begin <= start)
  }
  const isOutlived = (proof: DiskProof): boolean => {
    if (workedBefore === undefined) return false
    const inForce = inForceSince(proof, context)
    return inForce !== undefined && inForce !== 'waits' && inForce < timeOf(workedBefore)
  }
  const counts = (proof: DiskProof): boolean => isThere(proof) && !isOutlived(proof)
  return {
    proofs: disk.proofs.filter(counts),
    supports: disk.supports.filter(counts),
    refutes: disk.refutes.filter(isThere),
  }
}

/**
 * When something on the disk came into force at the latest; `waits` where Windows was not started since it was written,
 * and would have to be; undefined where nobody can tell.
 */
export function inForceSince(proof: DiskProof, context: ScenarioContext): bigint | 'waits' | undefined {
  const begin = beginOf(proof)
  if (begin === undefined || !proof.fromNextBoot) return begin
  const order = eventOrder(context.clockJumps)
  const starts = context.boots.map((boot) => startInForce(boot, order))
  return starts.find((start) => start > begin) ?? (isCovered(begin, context) ? 'waits' : undefined)
}

/** A start of Windows since a time would stand in System. */
function isCovered(time: bigint, { coverage }: ScenarioContext): boolean {
  const first = channelCoverage(coverage, SYSTEM)?.firstTime
  return first !== undefined && first <= time
}

/** Of several ways to read the same records, the one that says most; of equals, the first. */
export function strongest(readings: readonly (Weighed | undefined)[]): Weighed | undefined {
  const rank = ({ verdict }: Weighed) => VERDICTS.indexOf(verdict)
  return readings.reduce((a, b) => (a === undefined || (b !== undefined && rank(b) < rank(a)) ? b : a), undefined)
}

/** The steps that every scenario's verdict takes. */
export function commonReasons(
  { episode, second, secondBefore, refuted, verdict, disk, between }: Weighed,
  context: ScenarioContext,
  { healing, view, tally }: { readonly healing: readonly string[]; readonly view: DiskView; readonly tally: Tally },
): readonly Reason[] {
  const { triggers, last, heals, workedBefore } = episode
  const count = tally.count(triggers)
  const reasons: Reason[] = [
    {
      id: 'trigger',
      met: 'yes',
      why: workedBefore
        ? sentence('rule.trigger-since-worked', { count, last: last.timeCreated })
        : sentence('rule.trigger', { count, last: last.timeCreated }),
      about: triggers,
    },
    ...recoveredReason(triggers),
    windowReason(episode, context),
    healReason(heals, missingOf(healing, context)),
  ]
  if (refuted) {
    return [...reasons, ...disk.refutes.map(({ why }): Reason => ({ id: 'refuted-by-disk', met: 'yes', why }))]
  }
  reasons.push(secondKindReason(second, secondBefore, disk.supports, tally))
  const lastBetween = between.at(-1)
  if (lastBetween !== undefined) {
    const why = sentence('rule.worked-between', { count: between.length, last: lastBetween.timeCreated })
    reasons.push({ id: 'fails-always', met: 'no', why, about: between })
  }
  return verdict === 'historic'
    ? reasons
    : [...reasons, ...diskReasons(view, timeInForce(episode.first, context), disk.proofs)]
}

/** A record's time on the clock in force at the end, as the disk carries it. */
function timeInForce(record: Sighting, { clockJumps }: ScenarioContext): bigint {
  return eventOrder(clockJumps).timeInForce(record)
}

/** That no trigger stands where its log's own structure says; none where one does. */
function recoveredReason(triggers: readonly Sighting[]): readonly Reason[] {
  if (triggers.some(({ recovered }) => recovered === undefined)) return []
  const why = sentence('rule.recovered-only', { count: triggers.length })
  return [{ id: 'trigger-in-use', met: 'no', why, about: triggers }]
}

function secondKindReason(
  second: readonly Sighting[],
  before: readonly Sighting[],
  supports: readonly DiskProof[],
  { count }: Tally,
): Reason {
  const id = 'second-kind-of-evidence'
  const [support] = supports
  if (second.length > 0) {
    return { id, met: 'yes', why: sentence('rule.second-kind', { count: count(second) }), about: second }
  }
  if (support) return { id, met: 'yes', why: support.why }
  if (before.length > 0) {
    return { id, met: 'no', why: sentence('rule.second-kind-before', { count: count(before) }), about: before }
  }
  return { id, met: 'no', why: sentence('rule.no-second-kind') }
}

function windowReason({ window, last }: Episode<Sighting>, context: ScenarioContext): Reason {
  const id = 'in-window'
  const { start, end } = context.windows.window
  const order = eventOrder(context.clockJumps)
  const corrected = correctedIntoWindow(last, context, order)
  if (window === 'window') {
    const why =
      corrected === undefined
        ? sentence('rule.in-window')
        : sentence('rule.in-window-corrected', { own: last.timeCreated, corrected })
    return { id, met: 'yes', why }
  }
  const behind = isBehindWindow(last, context, order)
  const boot = context.windows.boot
  if (window === 'log' && corrected !== undefined && boot !== undefined) {
    return { id, met: 'no', why: sentence('rule.older-corrected', { start, corrected, boot: boot.start }) }
  }
  if (window === 'boot' && boot !== undefined) {
    const why = behind
      ? sentence('rule.after-window-since-boot', { end, start: boot.start })
      : sentence('rule.since-boot', { start: boot.start })
    return { id, met: 'yes', why }
  }
  return { id, met: 'no', why: behind ? sentence('rule.after-window', { end }) : sentence('rule.older', { start }) }
}

function healReason(heals: readonly Sighting[], missing: readonly string[]): Reason {
  const first = heals[0]
  if (first !== undefined) {
    return { id: 'not-healed', met: 'no', why: sentence('rule.healed', { time: first.timeCreated }), about: [first] }
  }
  if (missing.length === 0) return { id: 'not-healed', met: 'yes', why: sentence('rule.not-healed') }
  return { id: 'not-healed', met: 'unknown', why: sentence('rule.healing-not-seen', { channels: missing.join(', ') }) }
}

/** Those of the channels that could not be looked at. */
function missingOf(channels: readonly string[], context: Pick<ScenarioContext, 'coverage'>): readonly string[] {
  return channels.filter((channel) => !wasLookedAt(context.coverage, channel))
}

/** What a channel that could not be looked at would have decided. */
export function certainIfCollected(
  healing: readonly string[],
  telling: readonly string[],
  context: ScenarioContext,
): readonly Sentence[] {
  const silentOnHealing = missingOf(healing, context)
  return [
    ...silentOnHealing.map((channel) => sentence('certain.healing-channel', { channel })),
    ...missingOf(telling, context)
      .filter((channel) => !silentOnHealing.includes(channel))
      .map((channel) => sentence('certain.telling-channel', { channel })),
  ]
}

/** Needs that every scenario has: without the clock's moves nothing can be put in order. */
export const COMMON_NEEDS: readonly Need[] = CLOCK_NEEDS
