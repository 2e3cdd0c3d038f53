import { ATTEMPT_NEEDS, connectionAttempts, PASSWORD_REFUSED } from '../correlate/attempts.ts'
import { eventOrder } from '../correlate/event-order.ts'
import { type Attribution, attribute, listenerProcesses, listenerProcessNeeds } from '../correlate/listener-process.ts'
import { isWitness } from '../correlate/matches.ts'
import { isBehindReference } from '../correlate/windows.ts'
import { CLIENT_WORDS, parseSchannel, type SchannelEvent } from '../event/schannel.ts'
import { SCHANNEL, SYSTEM } from '../event/source.ts'
import type { Sighting, WinEvent } from '../event/win-event.ts'
import type { Exhibit } from '../finding/exhibit.ts'
import { isOpen, type Role } from '../finding/finding.ts'
import { sentence } from '../finding/sentence.ts'
import type { FieldTest } from '../query/field-test.ts'
import type { Need } from '../query/need.ts'
import type { DiskView } from './disk.ts'
import { attemptExhibit } from './exhibits.ts'
import type { Reason } from './reason.ts'
import type { ScenarioContext, Sightings } from './scenario.ts'
import type { Tally } from './tally.ts'
import { proofRoles, type Weighed, weigh } from './weigh.ts'

/** Leaves out the failures of clients, everyday noise of old programs; a word of no known language stays in. */
const NOT_OF_A_CLIENT: FieldTest = { name: 'Type', values: CLIENT_WORDS, negate: true }

/** Only the failures of clients. */
export const OF_A_CLIENT: FieldTest = { name: 'Type', values: CLIENT_WORDS }

/** 36869: no private key at all; 36870: a key that cannot be used. */
export const TLS_KEY: Need = {
  id: 'tls-key-unusable',
  provider: SCHANNEL,
  eventIds: [36869, 36870],
  channels: [SYSTEM],
  where: [NOT_OF_A_CLIENT],
  as: 'event',
}
/** On old builds described as "no suitable default credential", on newer ones as "no certificate chain". */
export const TLS_CHAIN: Need = { ...TLS_KEY, id: 'tls-chain-unavailable', eventIds: [36872] }
/** No credential for TLS could be made. */
export const TLS_CREDENTIAL_FAILED: Need = { ...TLS_KEY, id: 'tls-credential-failed', eventIds: [36871] }

/** All that tells whose a failure is. */
export const ATTRIBUTION_NEEDS: readonly Need[] = [
  ...ATTEMPT_NEEDS,
  PASSWORD_REFUSED,
  ...listenerProcessNeeds([TLS_KEY, TLS_CHAIN, TLS_CREDENTIAL_FAILED]),
]

/** One Schannel failure, with whose it is. */
export interface TlsFailure {
  readonly event: WinEvent
  readonly schannel: SchannelEvent
  readonly attribution: Attribution
}

/**
 * Takes failures apart and attributes them. Those of TLS clients are left out: programs that call out fail every day.
 */
export function tlsFailures(
  events: readonly WinEvent[],
  sightings: Sightings,
  context: ScenarioContext,
): readonly TlsFailure[] {
  const { boots, clockJumps } = context
  const processes = listenerProcesses(sightings, boots, clockJumps)
  const traces = { attempts: connectionAttempts(sightings), processes, boots, clockJumps }
  return events
    .map((event) => ({ event, schannel: parseSchannel(event) }))
    .filter(({ schannel }) => schannel.side !== 'client')
    .map(({ event, schannel }) => ({ event, schannel, attribution: attribute(event, schannel.caller, traces) }))
}

/** The events of failures, in their order. */
export function eventsOf(failures: readonly TlsFailure[]): readonly WinEvent[] {
  return failures.map(({ event }) => event)
}

/**
 * What ties those of the failures that count to the listener, another provider's word and so a second kind of evidence:
 * the connection just before, or the failure itself where it names its caller.
 */
export function tiesOf(failures: readonly TlsFailure[], counted: readonly Sighting[]): readonly Sighting[] {
  const counts = new Set(counted)
  return failures
    .filter(({ event, attribution }) => counts.has(event) && attribution.owner === 'listener')
    .map(({ event, attribution }) => attribution.attempt ?? event)
}

/**
 * How failures of another service are read. They refute where all were looked at, or all since RDP last worked: of those
 * that were not kept some may be the listener's.
 */
export function weighOthers(
  others: readonly TlsFailure[],
  { heals, refutes, tally }: { heals: readonly Sighting[]; refutes: DiskView['refutes']; tally: Tally },
  context: ScenarioContext,
): Weighed | undefined {
  const reading = { triggers: eventsOf(others), agreeingWith: () => [] }
  const all = weigh({ ...reading, heals: [], refuted: true }, context)
  if (all === undefined || tally.isWhole(all.episode.triggers)) return all
  const last = weigh({ ...reading, heals, refuted: true }, context)
  if (last && tally.isWhole(last.episode.triggers)) return last
  return weigh({ ...reading, heals, weak: true, disk: { proofs: [], supports: [], refutes } }, context)
}

/** True for such failures of which not all were looked at. */
export function isSampled({ weak, episode }: Weighed, others: readonly TlsFailure[]): boolean {
  return weak && others.some(({ event }) => event === episode.last)
}

/** The steps of reasoning about whose the failures are. */
export function attributionReasons(failures: readonly TlsFailure[], { count }: Tally): readonly Reason[] {
  const ownedBy = (owner: Attribution['owner']) =>
    eventsOf(failures.filter(({ attribution }) => attribution.owner === owner))
  const [listeners, nobodys, others] = [ownedBy('listener'), ownedBy('unknown'), ownedBy('other')]
  const id = 'attributed-to-listener'
  const reasons: Reason[] = []
  if (listeners.length > 0) {
    const why = sentence('rule.listeners-own', { count: count(listeners) })
    reasons.push({ id, met: 'yes', why, about: listeners })
  }
  if (nobodys.length > 0) {
    reasons.push({ id, met: 'unknown', why: sentence('rule.nobodys', { count: count(nobodys) }), about: nobodys })
  }
  if (others.length > 0) {
    reasons.push({ id, met: 'no', why: sentence('rule.anothers', { count: count(others) }), about: others })
  }
  return reasons
}

/**
 * Clients that came as far as their password since an open episode began: TLS worked for them, which speaks against a
 * listener that cannot do it. It may fail now and then only, or the failures may be another service's.
 */
export function passedTls(
  { episode, verdict }: Weighed,
  sightings: Sightings,
  context: ScenarioContext,
): readonly Sighting[] {
  if (!isOpen({ verdict })) return []
  const order = eventOrder(context.clockJumps)
  const refused = sightings.sightings(PASSWORD_REFUSED.id)
  return refused.filter(
    (event) => isWitness(event) && order.isLater(event, episode.first) && !isBehindReference(event, context, order),
  )
}

/** The step of reasoning that they are; none without them. */
export function passedTlsReasons(passed: readonly Sighting[], { count }: Tally): readonly Reason[] {
  const last = passed.at(-1)
  if (last === undefined) return []
  const why = sentence('rule.passed-tls', { count: count(passed), last: last.timeCreated })
  return [{ id: 'tls-never-worked', met: 'no', why, about: passed }]
}

/** The parts that records play in a finding about TLS. */
export interface Cast {
  isTrigger(event: Sighting): boolean
  /** Those of the proofs that RDP worked that say something about the episode (see `proofRoles`). */
  proofs<T extends Sighting>(events: readonly T[], exhibit: (role: Role, event: T) => Exhibit): readonly Exhibit[]
  /** `support` where the record agrees with a trigger, else `context`. */
  supportOf(event: Sighting): Role
  /** Connections since the episode began, and those that tie a failure to the listener. */
  readonly attempts: readonly Exhibit[]
}

/**
 * Who plays what in a finding about TLS.
 *
 * @param own failures of the listener that count, or agree with those that do: what ties them to it supports them
 * @param attempts all connections, in order
 */
export function castOf(weighed: Weighed, own: readonly TlsFailure[], attempts: readonly Sighting[]): Cast {
  const { episode } = weighed
  const [triggers, agreed] = [new Set(episode.triggers), new Set(weighed.second)]
  const roleOfProof = proofRoles(weighed)
  const ties = new Set(own.map(({ attribution }) => attribution.attempt))
  return {
    isTrigger: (event) => triggers.has(event),
    proofs: (events, exhibit) =>
      events.flatMap((event) => {
        const role = roleOfProof(event)
        return role === undefined ? [] : [exhibit(role, event)]
      }),
    supportOf: (event) => (agreed.has(event) ? 'support' : 'context'),
    attempts: attempts
      .filter((attempt) => attempt.timeCreated >= episode.first.timeCreated || ties.has(attempt))
      .map((attempt) => attemptExhibit(ties.has(attempt) ? 'support' : 'context', attempt)),
  }
}
