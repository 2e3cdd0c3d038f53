import { isSameSecond } from '../bytes/filetime.ts'
import { ATTEMPT_CHANNELS, connectionAttempts } from '../correlate/attempts.ts'
import { BOOT_NEEDS } from '../correlate/boots.ts'
import { agreeing, setAside } from '../correlate/episode.ts'
import { compareSightings } from '../correlate/order.ts'
import { REMOTE_LOGON_CHANNELS, REMOTE_LOGON_NEEDS, remoteLogons } from '../correlate/remote-logons.ts'
import { parseSchannel } from '../event/schannel.ts'
import { SYSTEM, TERM_DD } from '../event/source.ts'
import type { Sighting, WinEvent } from '../event/win-event.ts'
import type { Exhibit } from '../finding/exhibit.ts'
import { type Finding, isOpen } from '../finding/finding.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import type { Need } from '../query/need.ts'
import { type Conclusion, conclude } from './conclude.ts'
import { diskAlone } from './disk-alone.ts'
import { logonExhibit, passwordExhibit, schannelExhibit, transportExhibit } from './exhibits.ts'
import type { Reason } from './reason.ts'
import { tlsPolicyRemediation } from './remediation-tls-policy.ts'
import { NO_HOST, type Scenario, type ScenarioContext, type Sightings } from './scenario.ts'
import { type Tally, tallyOf } from './tally.ts'
import {
  ATTRIBUTION_NEEDS,
  attributionReasons,
  castOf,
  eventsOf,
  isSampled,
  passedTls,
  passedTlsReasons,
  TLS_CREDENTIAL_FAILED,
  type TlsFailure,
  tiesOf,
  tlsFailures,
  weighOthers,
} from './tls-failure.ts'
import { type PolicyView, tlsPolicyOnDisk, UNKNOWN_POLICY } from './tls-policy-on-disk.ts'
import { COMMON_NEEDS, strongest, type Weighed, weigh } from './weigh.ts'

/** Handshake failure, protocol version, insufficient security: nothing in common to speak. */
const NOTHING_IN_COMMON: readonly string[] = ['40', '70', '71']

/** No cipher suite in common. */
const NO_COMMON_CIPHER: Need = { ...TLS_CREDENTIAL_FAILED, id: 'tls-no-common-cipher', eventIds: [36874], where: [] }
/** An alert was sent that says so too; others are noise, and plentiful. */
const ALERT_SENT: Need = {
  ...TLS_CREDENTIAL_FAILED,
  id: 'tls-alert-sent',
  eventIds: [36888],
  where: [{ name: 'AlertDesc', values: NOTHING_IN_COMMON }],
}
const NEGOTIATION_NEEDS: readonly Need[] = [NO_COMMON_CIPHER, ALERT_SENT]
/** Before Windows 10: the terminal server's transport dropped a client. */
const TRANSPORT_REFUSED: Need = {
  id: 'transport-refused',
  provider: TERM_DD,
  eventIds: [56],
  channels: [SYSTEM],
  as: 'event',
}

/** The one internal error state that is known to mean a wish for a protocol that policy forbids. */
const PROTOCOL_FORBIDDEN = 10013

interface Records {
  /** A server's, in the state that is known. */
  readonly known: readonly TlsFailure[]
  /** A server's in another state, or the listener's on a side that the record does not tell. */
  readonly unclear: readonly TlsFailure[]
  readonly others: readonly TlsFailure[]
  /** Failed negotiations that say that nothing was in common. */
  readonly negotiation: readonly WinEvent[]
  readonly around: readonly WinEvent[]
  readonly aside: readonly WinEvent[]
  readonly logons: readonly Sighting[]
  readonly attempts: readonly Sighting[]
}

/**
 * "Somebody hardened TLS, and what is left is nothing that this Windows can offer: the listener gets no credential."
 */
export const tlsPolicyBlocksServer: Scenario = {
  id: 'tls-policy-blocks-server',
  title: sentence('tls-policy-blocks-server.title'),
  story: sentence('tls-policy-blocks-server.story'),
  needs: [
    TLS_CREDENTIAL_FAILED,
    ...NEGOTIATION_NEEDS,
    TRANSPORT_REFUSED,
    ...REMOTE_LOGON_NEEDS,
    ...ATTRIBUTION_NEEDS,
    ...BOOT_NEEDS,
    ...COMMON_NEEDS,
  ],
  signs: [TLS_CREDENTIAL_FAILED, ...NEGOTIATION_NEEDS, TRANSPORT_REFUSED],
  channels: [SYSTEM],
  lookedFor: [
    sentence('tls-policy-blocks-server.looked-for-credential'),
    sentence('tls-policy-blocks-server.looked-for-negotiation'),
  ],
  remediation: tlsPolicyRemediation(NO_HOST, UNKNOWN_POLICY),
  detect(sightings, context) {
    const records = gather(sightings, context)
    const view = tlsPolicyOnDisk(context.facts, context.build)
    const tally = tallyOf(tlsPolicyBlocksServer.needs, sightings, context, [TLS_CREDENTIAL_FAILED])
    const best = strongest(readingsOf(records, view, tally, context))
    const told = best && toFinding(best, { records, view, tally, passed: passedTls(best, sightings, context) }, context)
    if (told && isOpen(told) && !isSampled(best, records.others)) return told
    const remediation = () => tlsPolicyRemediation(context, view.repair)
    const silence = { scenario: tlsPolicyBlocksServer, view, worked: records.logons, remediation, told }
    return diskAlone(silence, context) ?? told
  },
}

function gather(sightings: Sightings, context: ScenarioContext): Records {
  const { standing, aside } = setAside(sightings.events(TLS_CREDENTIAL_FAILED.id), context)
  const failures = tlsFailures(standing, sightings, context)
  const own = failures.filter(({ attribution }) => attribution.owner !== 'other')
  const isKnown = ({ schannel }: TlsFailure) => schannel.side === 'server' && schannel.state === PROTOCOL_FORBIDDEN
  const negotiation = NEGOTIATION_NEEDS.flatMap(({ id }) => setAside(sightings.events(id), context).standing)
  return {
    known: own.filter(isKnown),
    unclear: own.filter(
      (failure) =>
        !isKnown(failure) && (failure.schannel.side === 'server' || failure.attribution.owner === 'listener'),
    ),
    others: failures.filter(({ attribution, schannel }) => attribution.owner === 'other' && schannel.side === 'server'),
    negotiation: negotiation.filter((event) => parseSchannel(event).side !== 'client').sort(compareSightings),
    around: sightings.events(TRANSPORT_REFUSED.id),
    aside: aside.filter((event) => parseSchannel(event).side === 'server'),
    logons: remoteLogons(sightings),
    attempts: connectionAttempts(sightings),
  }
}

function readingsOf(
  records: Records,
  view: PolicyView,
  tally: Tally,
  context: ScenarioContext,
): readonly (Weighed | undefined)[] {
  const { known, unclear, others, logons, negotiation } = records
  const moment = { boots: context.boots, clockJumps: context.clockJumps, lasting: false }
  return [
    weigh(
      {
        triggers: eventsOf(known),
        heals: logons,
        agreeingWith: (current) => [...tiesOf(known, current), ...agreeing(negotiation, current, moment)],
        disk: view,
      },
      context,
    ),
    weigh(
      {
        triggers: eventsOf(unclear),
        heals: logons,
        agreeingWith: (current) => tiesOf(unclear, current),
        weak: true,
        disk: view,
      },
      context,
    ),
    weighOthers(others, { heals: logons, refutes: view.refutes, tally }, context),
  ]
}

/** What a finding is made of. */
interface Grounds {
  readonly records: Records
  readonly view: PolicyView
  readonly tally: Tally
  /** Clients that came as far as their password. */
  readonly passed: readonly Sighting[]
}

function toFinding(weighed: Weighed, { records, view, tally, passed }: Grounds, context: ScenarioContext): Finding {
  const conclusion: Conclusion = {
    scenario: tlsPolicyBlocksServer,
    weighed,
    view,
    summary: summaryOf(weighed, records, tally),
    cause: causeOf(weighed),
    exhibits: [...exhibitsOf(weighed, records), ...passed.map(passwordExhibit)],
    tally,
    reasons: [...ownReasons(weighed, records, tally), ...passedTlsReasons(passed, tally)],
    healing: REMOTE_LOGON_CHANNELS,
    telling: ATTEMPT_CHANNELS,
    remediation: () => tlsPolicyRemediation(context, view.repair),
  }
  return conclude(conclusion, context)
}

function exhibitsOf(weighed: Weighed, records: Records): readonly Exhibit[] {
  const failures = [...records.known, ...records.unclear]
  const counted = new Set<Sighting>(weighed.episode.triggers)
  const cast = castOf(
    weighed,
    failures.filter(({ event }) => counted.has(event)),
    records.attempts,
  )
  return [
    ...failures.map(({ event, attribution }) =>
      schannelExhibit(cast.isTrigger(event) ? 'trigger' : 'context', event, attribution),
    ),
    ...records.others.map(({ event, attribution }) => schannelExhibit('refute', event, attribution)),
    ...records.negotiation.map((event) => schannelExhibit(cast.supportOf(event), event)),
    ...records.around.map((event) => transportExhibit('context', event)),
    ...records.aside.map((event) => schannelExhibit('context', event)),
    ...cast.attempts,
    ...cast.proofs(records.logons, logonExhibit),
  ]
}

function ownReasons(weighed: Weighed, { known, unclear, others }: Records, tally: Tally): readonly Reason[] {
  const { episode, refuted, weak } = weighed
  const counted = new Set(episode.triggers)
  const failures = [...[...known, ...unclear].filter(({ event }) => counted.has(event)), ...others]
  const attributed = attributionReasons(failures, tally)
  if (refuted || isSampled(weighed, others)) return attributed
  const why = weak ? sentence('rule.state-undocumented') : sentence('rule.state-known', { state: PROTOCOL_FORBIDDEN })
  return [...attributed, { id: 'known-error-state', met: weak ? 'no' : 'yes', why, about: episode.triggers }]
}

function causeOf({ verdict, disk }: Weighed): Sentence {
  const [proof] = verdict === 'refuted' ? disk.refutes : [...disk.proofs, ...disk.supports]
  if (proof) return proof.cause
  return verdict === 'refuted'
    ? sentence('tls-policy-blocks-server.cause-refuted')
    : sentence('tls-policy-blocks-server.cause')
}

function summaryOf(weighed: Weighed, { known, unclear, others }: Records, tally: Tally): Sentence {
  const { episode, verdict, weak, disk } = weighed
  const since = tally.since(episode)
  const count = tally.count(episode.triggers)
  const counted = new Set<Sighting>(episode.triggers)
  const listeners = [...known, ...unclear].filter(
    ({ event, attribution }) => counted.has(event) && attribution.owner === 'listener',
  )
  const tied = tally.count(eventsOf(listeners))
  const areAllTied = listeners.length === counted.size
  if (verdict === 'refuted' && disk.refutes.length > 0) {
    // A listener that needs no TLS keeps nobody out by failing to get it.
    const didFail = areAllTied && disk.refutes.every(({ id }) => id !== 'tls-not-used')
    return didFail
      ? sentence('tls-policy-blocks-server.summary-excused-listener', { since, count })
      : sentence('tls-policy-blocks-server.summary-excused', { since, count })
  }
  if (verdict === 'refuted')
    return sentence('tls-policy-blocks-server.summary-refuted', { count: tally.count(episode.triggers) })
  const healed = episode.heals[0]
  if (verdict === 'historic' && healed !== undefined) {
    const last = episode.last.timeCreated
    const heal = healed.timeCreated
    return isSameSecond(episode.first.timeCreated, last)
      ? sentence('tls-policy-blocks-server.summary-historic-once', { since, healed: heal })
      : sentence('tls-policy-blocks-server.summary-historic', { since, last, healed: heal })
  }
  if (isSampled(weighed, others)) {
    return sentence('tls-policy-blocks-server.summary-sampled', { since, count: episode.triggers.length })
  }
  if (weak) return sentence('tls-policy-blocks-server.summary-weak', { since, count })
  if (areAllTied) return sentence('tls-policy-blocks-server.summary-listener', { since, count })
  if (listeners.length > 0) return sentence('tls-policy-blocks-server.summary-tied', { since, count, tied })
  return sentence('tls-policy-blocks-server.summary', { since, count })
}
