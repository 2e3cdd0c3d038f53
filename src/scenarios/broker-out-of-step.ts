import { compareText } from '../bytes/compare-text.ts'
import { isSameSecond } from '../bytes/filetime.ts'
import { BOOT_NEEDS } from '../correlate/boots.ts'
import { channelCoverage } from '../correlate/coverage.ts'
import { agreeing, latestOf, setAside } from '../correlate/episode.ts'
import { eventOrder } from '../correlate/event-order.ts'
import { isWitness } from '../correlate/matches.ts'
import { compareSightings } from '../correlate/order.ts'
import { COMPUTER_RENAMED, firstLabel, type Rename, renamesAfter, renamesOf, sameLabel } from '../correlate/renames.ts'
import { SERVICE_FAILED } from '../correlate/service-failures.ts'
import { parseServiceEvent } from '../event/service-control.ts'
import {
  APPLICATION,
  BROKER_CLIENT_OPERATIONAL,
  BROKER_OPERATIONAL,
  INTERNAL_DATABASE,
  isFrom,
  SESSION_BROKER,
  SESSION_BROKER_CLIENT,
  SYSTEM,
  sameName,
} from '../event/source.ts'
import type { Sighting, WinEvent } from '../event/win-event.ts'
import type { Exhibit } from '../finding/exhibit.ts'
import type { Finding } from '../finding/finding.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import type { Need } from '../query/need.ts'
import { type BrokerPast, type BrokerView, brokerOnDisk, UNKNOWN_BROKER } from './broker-on-disk.ts'
import { type BrokerPlace, brokerPlace, causeElsewhere, certainElsewhere, joinedBroker } from './broker-place.ts'
import { type Conclusion, conclude } from './conclude.ts'
import { brokerExhibit, databaseLogonExhibit, renameExhibit, schannelExhibit, serviceExhibit } from './exhibits.ts'
import type { Reason } from './reason.ts'
import { brokerRemediation } from './remediation-broker.ts'
import { NO_HOST, type Scenario, type ScenarioContext, type Sightings } from './scenario.ts'
import { type Tally, tallyOf } from './tally.ts'
import { OF_A_CLIENT, TLS_CREDENTIAL_FAILED } from './tls-failure.ts'
import { COMMON_NEEDS, proofRoles, type Weighed, weigh } from './weigh.ts'

/** In any channel: what stands where it does not belong is told, and does not convict. */
const DATABASE_FAILED: Need = { id: 'broker-database-failed', provider: SESSION_BROKER, eventIds: [2056], as: 'event' }
const REDIRECTION_FAILED: Need = {
  id: 'broker-redirection-failed',
  provider: SESSION_BROKER_CLIENT,
  eventIds: [1296],
  as: 'event',
}
/** 1281: joined the farm; 1307: a user was redirected. */
const BROKER_WORKED: Need = {
  id: 'broker-worked',
  provider: SESSION_BROKER_CLIENT,
  eventIds: [1281, 1307],
  channels: [BROKER_CLIENT_OPERATIONAL],
  as: 'event',
}
const BROKER_TROUBLE: Need = {
  id: 'broker-trouble',
  provider: SESSION_BROKER,
  eventIds: [865, 898, 901],
  channels: [BROKER_OPERATIONAL],
  as: 'event',
}
const CLIENT_TROUBLE: Need = {
  id: 'broker-client-trouble',
  provider: SESSION_BROKER_CLIENT,
  eventIds: [1280, 1284, 1299, 1305, 1306],
  channels: [BROKER_CLIENT_OPERATIONAL],
  as: 'event',
}
const DATABASE_LOGON_FAILED: Need = {
  id: 'internal-database-logon-failed',
  provider: INTERNAL_DATABASE,
  eventIds: [18456],
  channels: [APPLICATION],
  as: 'event',
}
/** The broker is a client of its database; whose client failed, the record does not tell before build 20348. */
const TLS_CLIENT_CREDENTIAL_FAILED: Need = {
  ...TLS_CREDENTIAL_FAILED,
  id: 'tls-client-credential-failed',
  where: [OF_A_CLIENT],
  // Clients fail by the thousand on sound hosts; these are looked at around a failure of the broker only.
  beside: [DATABASE_FAILED.id, REDIRECTION_FAILED.id],
}

/** Services without which a broker cannot work. */
const BROKER_SERVICES: readonly string[] = ['Tssdis', 'RDMS', INTERNAL_DATABASE]

const CHANNELS: readonly string[] = [BROKER_OPERATIONAL, BROKER_CLIENT_OPERATIONAL]

interface Records {
  readonly database: readonly WinEvent[]
  readonly redirection: readonly WinEvent[]
  /** 2056 and 1296 in channels where nothing is proven by them. */
  readonly elsewhere: readonly WinEvent[]
  readonly worked: readonly WinEvent[]
  readonly trouble: readonly WinEvent[]
  readonly services: readonly WinEvent[]
  readonly logons: readonly WinEvent[]
  /** After the broker was there. */
  readonly renames: readonly Rename[]
  /** The farm was joined under a name that this computer has given up. */
  readonly oldName: readonly WinEvent[]
  /** Failing TLS clients: the broker reaching for its database over a protocol that was switched off. */
  readonly tlsClients: readonly WinEvent[]
  readonly aside: readonly WinEvent[]
}

/**
 * "The broker was renamed after the farm was built, or can no longer talk to its own database: it never becomes ready,
 * and whoever has to pass it is not let in."
 */
export const brokerOutOfStep: Scenario = {
  id: 'broker-out-of-step',
  title: sentence('broker-out-of-step.title'),
  story: sentence('broker-out-of-step.story'),
  needs: [
    DATABASE_FAILED,
    REDIRECTION_FAILED,
    BROKER_WORKED,
    BROKER_TROUBLE,
    CLIENT_TROUBLE,
    SERVICE_FAILED,
    DATABASE_LOGON_FAILED,
    COMPUTER_RENAMED,
    TLS_CLIENT_CREDENTIAL_FAILED,
    ...BOOT_NEEDS,
    ...COMMON_NEEDS,
  ],
  signs: [DATABASE_FAILED, REDIRECTION_FAILED, BROKER_TROUBLE, CLIENT_TROUBLE, DATABASE_LOGON_FAILED],
  channels: CHANNELS,
  lookedFor: [
    sentence('broker-out-of-step.looked-for-database'),
    sentence('broker-out-of-step.looked-for-redirection'),
    sentence('broker-out-of-step.looked-for-around'),
  ],
  remediation: brokerRemediation(NO_HOST, UNKNOWN_BROKER),
  detect(sightings, context) {
    const records = gather(sightings, context)
    const view = brokerOnDisk(context.facts, pastOf(records, context))
    const weighed = weigh(
      {
        triggers: [...records.database, ...records.redirection].sort(compareSightings),
        heals: records.worked,
        agreeingWith: (current) => secondKind(records, current, context),
        disk: view,
      },
      context,
    )
    return weighed === undefined ? undefined : toFinding(weighed, records, view, sightings, context)
  },
  alsoSeen(sightings, context) {
    const { elsewhere } = gather(sightings, context)
    const channels = [...new Set(elsewhere.map(({ channel }) => channel))].sort(compareText)
    return channels.map((channel) => {
      const count = elsewhere.filter((event) => event.channel === channel).length
      return sentence('broker-out-of-step.seen-elsewhere', { count, channel })
    })
  },
}

function gather(sightings: Sightings, context: ScenarioContext): Records {
  const failed = [...sightings.events(DATABASE_FAILED.id), ...sightings.events(REDIRECTION_FAILED.id)].sort(
    compareSightings,
  )
  const { standing, aside } = setAside(failed, context)
  const database = standing.filter((event) => isFrom(event, SESSION_BROKER, BROKER_OPERATIONAL, 2056))
  const redirection = standing.filter((event) => isFrom(event, SESSION_BROKER_CLIENT, BROKER_CLIENT_OPERATIONAL, 1296))
  const proper = new Set([...database, ...redirection])
  const worked = sightings.events(BROKER_WORKED.id).filter(isWitness)
  const renames = renamesOf(setAside(sightings.events(COMPUTER_RENAMED.id), context).standing)
  const services = setAside(sightings.events(SERVICE_FAILED.id), context).standing
  return {
    database,
    redirection,
    elsewhere: standing.filter((event) => !proper.has(event)),
    worked,
    trouble: [...sightings.events(BROKER_TROUBLE.id), ...sightings.events(CLIENT_TROUBLE.id)],
    services: services.filter((event) => {
      const { service } = parseServiceEvent(event)
      return service !== undefined && BROKER_SERVICES.some((name) => sameName(name, service))
    }),
    logons: setAside(sightings.events(DATABASE_LOGON_FAILED.id), context).standing,
    renames: renamesAfter(renames, brokerSeen(worked, renames, context)),
    oldName: joinedAsFormerSelf(worked, context),
    tlsClients: setAside(sightings.events(TLS_CLIENT_CREDENTIAL_FAILED.id), context).standing,
    aside,
  }
}

/**
 * Earliest proof that the broker was there: in the logs, or the key of its service, which was there when it was last
 * written. Older proofs may be lost: then fewer renames count, never more.
 */
function brokerSeen(
  worked: readonly WinEvent[],
  renames: readonly Rename[],
  context: ScenarioContext,
): bigint | undefined {
  const log = channelCoverage(context.coverage, BROKER_OPERATIONAL)?.firstTime
  const service = context.facts?.fact('service.Tssdis.start')
  // A session host joins the farm of somebody else's broker.
  if (service?.state === 'absent') return undefined
  const names = [context.computer, ...context.computers, ...renames.map(({ from }) => from)]
  const isOwn = (name: string) => names.some((own) => sameLabel(own, name))
  const joined = worked.find((event) => event.eventId === 1281 && isOwn(joinedBroker(event)))?.timeCreated
  const written = service?.state === 'present' ? service.source.lastWrite : undefined
  const [first, ...others] = [log, joined, written].filter((time) => time !== undefined)
  return first === undefined ? undefined : others.reduce((a, b) => (b < a ? b : a), first)
}

/** What the records tell of the name that the broker had, and of its database when brokering failed. */
function pastOf(records: Records, context: ScenarioContext): BrokerPast {
  const { database, redirection, renames, oldName, worked, services, logons } = records
  const triggers = [...database, ...redirection].sort(compareSightings)
  const order = eventOrder(context.clockJumps)
  const last = triggers.at(-1)
  if (last === undefined) return { databaseFails: false }
  const before = worked.filter((event) => order.isLater(last, event))
  // What the broker has outlived is no reason.
  const latest = latestOf(before)
  const rename = renames.findLast(
    ({ event }) => order.isLater(last, event) && latest.every((each) => !order.isLater(each, event)),
  )
  const latestOwn = latestOf(before.filter((event) => sameLabel(event.computer, context.computer)))
  const isOutlived = (join: WinEvent): boolean => latestOwn.some((event) => order.isLater(event, join))
  const joined = oldName.findLast((event) => order.isLater(last, event) && !isOutlived(event))
  const formerName = joined ? joinedBroker(joined) : rename?.from
  const ofDatabase = services.filter((event) => {
    const { service } = parseServiceEvent(event)
    return service !== undefined && [INTERNAL_DATABASE, 'RDMS'].some((name) => sameName(name, service))
  })
  const measure = { boots: context.boots, clockJumps: context.clockJumps, lasting: true }
  const databaseFails = agreeing([...logons, ...ofDatabase], triggers, measure).length > 0
  return { ...(formerName !== undefined && { formerName }), databaseFails }
}

/** Joins under a name that was given up, unless the farm was joined under today's name since. */
function joinedAsFormerSelf(worked: readonly WinEvent[], context: ScenarioContext): readonly WinEvent[] {
  const joins = worked.filter((event) => event.eventId === 1281)
  const last = joins.at(-1)
  return last && namesFormerSelf(last, context) ? joins.filter((event) => namesFormerSelf(event, context)) : []
}

function namesFormerSelf(event: WinEvent, context: ScenarioContext): boolean {
  const broker = joinedBroker(event)
  if (firstLabel(broker) === '' || sameLabel(broker, context.computer)) return false
  return context.computers.some((name) => sameLabel(name, broker))
}

function secondKind(records: Records, current: readonly WinEvent[], context: ScenarioContext): readonly Sighting[] {
  const last = current.at(-1)
  if (last === undefined) return []
  const within = (lasting: boolean) => ({ boots: context.boots, clockJumps: context.clockJumps, lasting })
  const ofBroker = current.filter((event) => event.eventId === 2056)
  const ofClient = current.filter((event) => event.eventId === 1296)
  return [
    ...agreeing(ofBroker, ofClient, within(false)),
    ...agreeing(records.logons, current, within(false)),
    ...agreeing(records.services, current, within(true)),
    // A name stays changed: it agrees however long ago it was.
    ...records.renames.map(({ event }) => event).filter((event) => event.timeCreated < last.timeCreated),
    ...records.oldName.filter((event) => event.timeCreated < last.timeCreated),
  ]
}

function toFinding(
  weighed: Weighed,
  records: Records,
  view: BrokerView,
  sightings: Sightings,
  context: ScenarioContext,
): Finding {
  const { trouble, worked } = records
  const place = brokerPlace({ failed: records.database, agreed: weighed.second, trouble, worked }, context)
  const tally = tallyOf(brokerOutOfStep.needs, sightings, context)
  const conclusion: Conclusion = {
    scenario: brokerOutOfStep,
    weighed,
    view,
    summary: summaryOf(weighed, records, tally),
    cause: weighed.disk.proofs[0]?.cause ?? causeOf(weighed, records, place),
    exhibits: exhibitsOf(weighed, records),
    tally,
    reasons: ownReasons(weighed, records, place, tally),
    healing: [BROKER_CLIENT_OPERATIONAL],
    telling: tellingOf(place),
    remediation: () => brokerRemediation(context, view.repair, place),
    // Where only its client spoke nobody knows that the broker and its database are what failed.
    ...(place.where !== 'here' && {
      title: sentence('broker-out-of-step.title-elsewhere'),
      certainIf: [certainElsewhere(place)],
    }),
  }
  return conclude(conclusion, context)
}

function exhibitsOf(weighed: Weighed, records: Records): readonly Exhibit[] {
  const { episode, second } = weighed
  const agreed = new Set(second)
  const roleOfProof = proofRoles(weighed)
  const role = (event: Sighting) => (agreed.has(event) ? 'support' : 'context')
  const near = agreeing(records.tlsClients, episode.triggers, { boots: [], clockJumps: [], lasting: false })
  const triggers = new Set<Sighting>(episode.triggers)
  return [
    ...[...records.database, ...records.redirection].map((event) =>
      brokerExhibit(triggers.has(event) ? 'trigger' : 'context', event),
    ),
    ...[...records.elsewhere, ...records.aside, ...records.trouble].map((event) => brokerExhibit('context', event)),
    ...records.worked.flatMap((event) => {
      const asProof = roleOfProof(event)
      const told = agreed.has(event) && asProof !== 'heal' ? 'support' : asProof
      return told === undefined ? [] : [brokerExhibit(told, event)]
    }),
    ...records.services.map((event) => serviceExhibit(role(event), event)),
    ...records.logons.map((event) => databaseLogonExhibit(role(event), event)),
    ...records.renames.map(({ event, from, to }) => renameExhibit(role(event), event, from, to)),
    ...near.map((event) => schannelExhibit('context', event)),
  ]
}

/** Channels that tell of a broker; where it is another machine, this one has none of its own. */
function tellingOf({ where }: BrokerPlace): readonly string[] {
  return where === 'elsewhere' ? [SYSTEM] : [BROKER_OPERATIONAL, APPLICATION, SYSTEM]
}

function ownReasons(
  { second }: Weighed,
  { elsewhere, renames, oldName }: Records,
  { where }: BrokerPlace,
  tally: Tally,
): readonly Reason[] {
  const agreed = new Set(second)
  const reasons: Reason[] = []
  const named = [...renames.map(({ event }) => event), ...oldName].filter((event) => agreed.has(event))
  if (named.length > 0) {
    reasons.push({ id: 'renamed-after-the-role', met: 'yes', why: sentence('rule.renamed'), about: named })
  } else if (where === 'here') {
    reasons.push({ id: 'renamed-after-the-role', met: 'unknown', why: sentence('rule.not-renamed') })
  }
  if (elsewhere.length > 0) {
    const why = sentence('rule.elsewhere', { count: tally.count(elsewhere) })
    reasons.push({ id: 'in-its-own-channel', met: 'no', why, about: elsewhere })
  }
  return reasons
}

function summaryOf({ episode, verdict }: Weighed, { database, redirection }: Records, tally: Tally): Sentence {
  const since = tally.since(episode)
  const counted = new Set<Sighting>(episode.triggers)
  const failures = tally.count(database.filter((event) => counted.has(event)))
  const users = tally.count(redirection.filter((event) => counted.has(event)))
  const healed = episode.heals[0]
  if (verdict === 'historic' && healed !== undefined) {
    const last = episode.last.timeCreated
    const heal = healed.timeCreated
    return isSameSecond(episode.first.timeCreated, last)
      ? sentence('broker-out-of-step.summary-historic-once', { since, healed: heal })
      : sentence('broker-out-of-step.summary-historic', { since, last, healed: heal })
  }
  if (users === 0) return sentence('broker-out-of-step.summary-database', { since, failures })
  if (failures === 0) return sentence('broker-out-of-step.summary-redirection', { since, users })
  return sentence('broker-out-of-step.summary-both', { since, failures, users })
}

function causeOf({ second }: Weighed, { renames, oldName }: Records, place: BrokerPlace): Sentence {
  if (place.where !== 'here') return causeElsewhere(place)
  const rename = renames.findLast(({ event }) => second.includes(event))
  if (rename !== undefined) return sentence('broker-out-of-step.cause-renamed', { from: rename.from, to: rename.to })
  if (oldName.some((event) => second.includes(event))) return sentence('broker-out-of-step.cause-old-name')
  return sentence('broker-out-of-step.cause')
}
