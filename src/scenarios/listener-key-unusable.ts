import { isSameSecond } from '../bytes/filetime.ts'
import { ATTEMPT_CHANNELS, connectionAttempts } from '../correlate/attempts.ts'
import { BOOT_NEEDS } from '../correlate/boots.ts'
import { agreeing, setAside } from '../correlate/episode.ts'
import { isWitness } from '../correlate/matches.ts'
import { compareSightings } from '../correlate/order.ts'
import { REMOTE_LOGON_CHANNELS, REMOTE_LOGON_NEEDS, remoteLogons } from '../correlate/remote-logons.ts'
import { SESSION_MANAGER_FAILED } from '../correlate/service-failures.ts'
import { certificateStatus, sessionManagerStatus } from '../event/listener-certificate.ts'
import { parseSchannel } from '../event/schannel.ts'
import { REMOTE_CONNECTION_MANAGER, SYSTEM } from '../event/source.ts'
import { isKeyStatus, renderStatus, type StatusClass } from '../event/status-code.ts'
import type { Sighting, WinEvent } from '../event/win-event.ts'
import type { Exhibit } from '../finding/exhibit.ts'
import { type Finding, isOpen, type Role } from '../finding/finding.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import type { Need } from '../query/need.ts'
import { type Conclusion, conclude } from './conclude.ts'
import { diskAlone } from './disk-alone.ts'
import {
  certificateExhibit,
  chosenCertificateExhibit,
  logonExhibit,
  passwordExhibit,
  schannelExhibit,
  sessionManagerExhibit,
} from './exhibits.ts'
import { type KeyRepair, type KeyView, listenerKeyOnDisk, UNKNOWN_KEY } from './listener-key-on-disk.ts'
import { listenerKeyRemediation } from './remediation-listener-key.ts'
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
  TLS_CHAIN,
  TLS_KEY,
  type TlsFailure,
  tiesOf,
  tlsFailures,
  weighOthers,
} from './tls-failure.ts'
import { COMMON_NEEDS, strongest, type Weighed, weigh } from './weigh.ts'

const CERTIFICATE_FAILED: Need = {
  id: 'listener-certificate-failed',
  provider: REMOTE_CONNECTION_MANAGER,
  eventIds: [1057, 1058],
  channels: [SYSTEM],
  as: 'event',
}
const CERTIFICATE_MADE: Need = { ...CERTIFICATE_FAILED, id: 'listener-certificate-made', eventIds: [1056] }
const CHOSEN_CERTIFICATE: Need = {
  ...CERTIFICATE_FAILED,
  id: 'listener-chosen-certificate-unusable',
  eventIds: [1051, 1053, 1054, 1055],
}
/** Carries no side and no caller: context, however near. */
const TLS_NO_DEFAULT: Need = { ...TLS_KEY, id: 'tls-no-default-credential', eventIds: [36886], where: [] }

/** All that the logs hold on this scenario. */
interface Records {
  readonly certificate: readonly WinEvent[]
  /** The listener's, about its key. */
  readonly key: readonly TlsFailure[]
  /** The listener's, but not saying that it is the key. */
  readonly chain: readonly TlsFailure[]
  /** Of a server that nothing names. */
  readonly nobodys: readonly TlsFailure[]
  /** Another service's. */
  readonly others: readonly TlsFailure[]
  readonly siblings: readonly WinEvent[]
  readonly noDefault: readonly WinEvent[]
  /** Found in slack or behind the reference. */
  readonly aside: { readonly certificate: readonly WinEvent[]; readonly tls: readonly WinEvent[] }
  readonly made: readonly WinEvent[]
  readonly logons: readonly Sighting[]
  readonly attempts: readonly Sighting[]
}

/**
 * "The port answers, the service runs, and every client is dropped as soon as TLS begins: TermService may not, or
 * cannot, open the private key of its own certificate."
 */
export const listenerKeyUnusable: Scenario = {
  id: 'listener-key-unusable',
  title: sentence('listener-key-unusable.title'),
  story: sentence('listener-key-unusable.story'),
  needs: [
    CERTIFICATE_FAILED,
    CERTIFICATE_MADE,
    CHOSEN_CERTIFICATE,
    TLS_KEY,
    TLS_CHAIN,
    TLS_NO_DEFAULT,
    SESSION_MANAGER_FAILED,
    ...REMOTE_LOGON_NEEDS,
    ...ATTRIBUTION_NEEDS,
    ...BOOT_NEEDS,
    ...COMMON_NEEDS,
  ],
  signs: [CERTIFICATE_FAILED, CHOSEN_CERTIFICATE, TLS_KEY, TLS_CHAIN, TLS_NO_DEFAULT, SESSION_MANAGER_FAILED],
  channels: [SYSTEM],
  lookedFor: [
    sentence('listener-key-unusable.looked-for-certificate'),
    sentence('listener-key-unusable.looked-for-schannel'),
    sentence('listener-key-unusable.looked-for-siblings'),
  ],
  remediation: listenerKeyRemediation(NO_HOST, UNKNOWN_KEY),
  detect(sightings, context) {
    const records = gather(sightings, context)
    const view = listenerKeyOnDisk(context.facts, context.windows.window.end)
    const tally = tallyOf(listenerKeyUnusable.needs, sightings, context, [TLS_KEY, TLS_CHAIN])
    const best = strongest(readingsOf(records, view, tally, context))
    const told = best && toFinding(best, { records, view, tally, passed: passedTls(best, sightings, context) }, context)
    if (told && isOpen(told) && !isSampled(best, records.others)) return told
    const remediation = () => listenerKeyRemediation(context, view.repair)
    const worked = [...records.made, ...records.logons]
    const silence = { scenario: listenerKeyUnusable, view, worked, remediation, told }
    return diskAlone(silence, context) ?? told
  },
}

function gather(sightings: Sightings, context: ScenarioContext): Records {
  const certificate = setAside(sightings.events(CERTIFICATE_FAILED.id), context)
  const tls = setAside(
    [...sightings.events(TLS_KEY.id), ...sightings.events(TLS_CHAIN.id)].sort(compareSightings),
    context,
  )
  const failures = tlsFailures(tls.standing, sightings, context)
  const listeners = failures.filter(({ attribution }) => attribution.owner === 'listener')
  return {
    certificate: certificate.standing,
    key: listeners.filter(isAboutKey),
    chain: listeners.filter((failure) => !isAboutKey(failure)),
    nobodys: failures.filter(
      ({ attribution, schannel }) => attribution.owner === 'unknown' && schannel.side === 'server',
    ),
    others: failures.filter(({ attribution, schannel }) => attribution.owner === 'other' && schannel.side === 'server'),
    siblings: setAside(
      [...sightings.events(CHOSEN_CERTIFICATE.id), ...sightings.events(SESSION_MANAGER_FAILED.id)],
      context,
    ).standing,
    noDefault: sightings.events(TLS_NO_DEFAULT.id),
    aside: {
      certificate: certificate.aside,
      tls: tls.aside.filter((event) => parseSchannel(event).side !== 'client'),
    },
    made: sightings.events(CERTIFICATE_MADE.id).filter(isWitness),
    logons: remoteLogons(sightings),
    attempts: connectionAttempts(sightings),
  }
}

function isAboutKey({ event, schannel }: TlsFailure): boolean {
  if (event.eventId === 36872 || schannel.side !== 'server') return false
  return event.eventId === 36869 || (schannel.status !== undefined && isKeyStatus(schannel.status))
}

function readingsOf(
  records: Records,
  view: KeyView,
  tally: Tally,
  context: ScenarioContext,
): readonly (Weighed | undefined)[] {
  const { certificate, key, chain, nobodys, others } = records
  const heals = [...records.made, ...records.logons].sort(compareSightings)
  const lasting = inBootOf(context)
  const siblings = records.siblings.filter(isSiblingAboutKey)
  const ofKey = eventsOf(key)
  const ofListener = [...ofKey, ...eventsOf(chain)]
  return [
    weigh(
      {
        triggers: certificate,
        heals,
        // 1057 and 1058 do not confirm each other: one provider says both, with one status.
        agreeingWith: (current) => agreeing([...ofListener, ...siblings], current, lasting),
        // An old certificate proves something only beside a renewal that failed.
        disk: { ...view, proofs: [...view.proofs, ...view.renewal] },
      },
      context,
    ),
    weigh(
      {
        triggers: ofKey,
        heals,
        // What ties the failure to the listener is another provider's record: the second kind.
        agreeingWith: (current) => [
          ...tiesOf(key, current),
          ...agreeing([...certificate, ...siblings], current, lasting),
        ],
        disk: view,
      },
      context,
    ),
    weigh(
      {
        triggers: [...eventsOf(chain), ...eventsOf(nobodys)].sort(compareSightings),
        heals,
        agreeingWith: () => [],
        weak: true,
      },
      context,
    ),
    weighOthers(others, { heals, refutes: view.refutes, tally }, context),
  ]
}

/** What agrees with a key that cannot be used: it stays so for a boot. */
function inBootOf({ boots, clockJumps }: ScenarioContext) {
  return { boots, clockJumps, lasting: true }
}

function isSiblingAboutKey(event: WinEvent): boolean {
  if (event.eventId !== 17) return event.eventId === 1055
  return isKeyStatus(sessionManagerStatus(event))
}

/** What a finding is made of. */
interface Grounds {
  readonly records: Records
  readonly view: KeyView
  readonly tally: Tally
  /** Clients that came as far as their password. */
  readonly passed: readonly Sighting[]
}

function toFinding(weighed: Weighed, { records, view, tally, passed }: Grounds, context: ScenarioContext): Finding {
  const failures = [...records.key, ...records.chain, ...records.nobodys, ...records.others]
  const { status, needsRoom } = statusOf(weighed, records)
  const repair = { ...view.repair, status, needsRoom }
  const conclusion: Conclusion = {
    scenario: listenerKeyUnusable,
    weighed,
    view,
    summary: summaryOf(weighed, records, tally),
    cause: causeOnDisk(weighed, repair) ?? causeOf(status, weighed.verdict === 'refuted'),
    exhibits: [...exhibitsOf(weighed, records, context), ...passed.map(passwordExhibit)],
    tally,
    reasons: [
      ...attributionReasons(
        failures.filter(({ event }) => !weighed.isOutlived(event)),
        tally,
      ),
      ...passedTlsReasons(passed, tally),
    ],
    healing: [SYSTEM, ...REMOTE_LOGON_CHANNELS],
    telling: ATTEMPT_CHANNELS,
    remediation: () => listenerKeyRemediation(context, repair),
  }
  return conclude(conclusion, context)
}

function exhibitsOf(weighed: Weighed, records: Records, context: ScenarioContext): readonly Exhibit[] {
  const listeners = [...records.key, ...records.chain]
  const standing = eventsOf(listeners).filter((event) => !weighed.isOutlived(event))
  const near = new Set(agreeing(standing, weighed.episode.triggers, inBootOf(context)))
  const cast = castOf(
    weighed,
    listeners.filter(({ event }) => near.has(event)),
    records.attempts,
  )
  const roleOf = (event: Sighting, otherwise: Role): Role => (cast.isTrigger(event) ? 'trigger' : otherwise)
  return [
    ...records.certificate.map((event) => certificateExhibit(roleOf(event, cast.supportOf(event)), event)),
    ...listeners.map(({ event, attribution }) =>
      schannelExhibit(roleOf(event, near.has(event) ? 'support' : 'context'), event, attribution),
    ),
    ...records.nobodys.map(({ event, attribution }) => schannelExhibit(roleOf(event, 'context'), event, attribution)),
    ...records.others.map(({ event, attribution }) => schannelExhibit('refute', event, attribution)),
    ...records.siblings.map((event) => siblingExhibit(cast.supportOf(event), event)),
    ...records.noDefault.map((event) => schannelExhibit('context', event)),
    ...records.aside.certificate.map((event) => certificateExhibit('context', event)),
    ...records.aside.tls.map((event) => schannelExhibit('context', event)),
    ...cast.attempts,
    ...cast.proofs(records.made, certificateExhibit),
    ...cast.proofs(records.logons, logonExhibit),
  ]
}

function siblingExhibit(role: Role, event: WinEvent): Exhibit {
  return event.eventId === 17 ? sessionManagerExhibit(role, event) : chosenCertificateExhibit(role, event)
}

function summaryOf(weighed: Weighed, records: Records, tally: Tally): Sentence {
  const { episode, verdict, weak } = weighed
  const since = tally.since(episode)
  const last = episode.last.timeCreated
  if (verdict === 'refuted') {
    return sentence('listener-key-unusable.summary-refuted', { count: tally.count(episode.triggers) })
  }
  const healed = episode.heals[0]
  if (verdict === 'historic' && healed !== undefined) {
    const heal = healed.timeCreated
    if (weak) {
      const count = tally.count(episode.triggers)
      return sentence('listener-key-unusable.summary-weak-historic', { since, count, healed: heal })
    }
    return isSameSecond(episode.first.timeCreated, last)
      ? sentence('listener-key-unusable.summary-historic-once', { since, healed: heal })
      : sentence('listener-key-unusable.summary-historic', { since, last, healed: heal })
  }
  if (isSampled(weighed, records.others)) {
    return sentence('listener-key-unusable.summary-sampled', { since, count: episode.triggers.length })
  }
  if (weak) return sentence('listener-key-unusable.summary-weak', { since, count: tally.count(episode.triggers) })
  const triggers = new Set<Sighting>(episode.triggers)
  const certificate = records.certificate.filter((event) => triggers.has(event))
  const schannel = tally.count(eventsOf(records.key).filter((event) => event.timeCreated >= episode.first.timeCreated))
  const worst = certificate.at(-1)
  if (worst === undefined) return sentence('listener-key-unusable.summary-schannel', { since, schannel })
  const status = renderStatus(certificateStatus(worst))
  const count = tally.count(certificate)
  if (schannel === 0) return sentence('listener-key-unusable.summary-certificate', { since, count, status })
  return sentence('listener-key-unusable.summary-both', { since, count, status, schannel })
}

/** What the disk proves; of an expired certificate not more than it explains. */
function causeOnDisk({ disk }: Weighed, { status, permissionsSeen }: KeyRepair): Sentence | undefined {
  const [first] = disk.proofs
  if (first?.id !== 'certificate-expired' || status !== 'access-denied' || permissionsSeen) return first?.cause
  return sentence('disk.certificate-expired-denied.cause')
}

/**
 * What kind of failure the latest 1057 or 1058 names, of those since RDP last worked. A full disk is told only where
 * nothing else failed: it has no part in a key that cannot be read.
 */
function statusOf(
  { isOutlived }: Weighed,
  { certificate, key }: Records,
): Required<Pick<KeyRepair, 'status' | 'needsRoom'>> {
  const classes = certificate.filter((event) => !isOutlived(event)).map((event) => certificateStatus(event).class)
  const needsRoom = classes.includes('disk-full')
  const last = classes.findLast((each) => each !== 'disk-full')
  if (last !== undefined) return { status: last, needsRoom }
  const isKeyFailing = key.some(({ event }) => !isOutlived(event))
  return { status: needsRoom && !isKeyFailing ? 'disk-full' : 'key', needsRoom }
}

/** The last failure's status tells which of the ways to lose a key it most likely was. */
function causeOf(status: StatusClass, refuted: boolean): Sentence {
  if (refuted) return sentence('listener-key-unusable.cause-refuted')
  switch (status) {
    case 'access-denied':
      return sentence('listener-key-unusable.cause-access-denied')
    case 'exists':
      return sentence('listener-key-unusable.cause-exists')
    case 'bad-keyset':
      return sentence('listener-key-unusable.cause-bad-keyset')
    case 'disk-full':
      return sentence('listener-key-unusable.cause-disk-full')
    default:
      return sentence('listener-key-unusable.cause')
  }
}
