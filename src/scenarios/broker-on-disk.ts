import { firstLabel } from '../correlate/renames.ts'
import { sameName } from '../event/source.ts'
import type { Fact } from '../facts/fact.ts'
import type { JudgedFacts } from '../facts/machine-facts.ts'
import type { Check } from '../finding/finding.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import { checkOf, type DiskProof, type DiskView, differing, isUnknown, NO_DISK } from './disk.ts'

/** What the records tell of the broker's past, to be held against the disk. */
export interface BrokerPast {
  /** The name it was renamed from after the role was there, or joined the farm under. */
  readonly formerName?: string
  /** Records show the internal database, or the service that manages it, failing. */
  readonly databaseFails: boolean
}

/** A side of TLS, as its key in the registry is called. */
export type TlsSide = 'Server' | 'Client'

/** What a repair needs to know, as far as the disk told it. */
export interface BrokerRepair {
  /** The registry does not switch TLS 1.0 off on either side: there is nothing to give back. */
  readonly tlsIsLeft: boolean
  /** Sides on which TLS 1.0 is taken from programs that do not ask for it (`DisabledByDefault`). */
  readonly tlsHeld: readonly TlsSide[]
  /** Sides of which nobody could see whether that is so. */
  readonly tlsUnseen: readonly TlsSide[]
  /** Ids of the proofs; empty where the disk proved nothing. */
  readonly proven: ReadonlySet<string>
}

/** What the disk says about a Connection Broker. */
export interface BrokerView extends DiskView {
  readonly repair: BrokerRepair
}

/** What is to be repaired where no disk was there. */
export const UNKNOWN_BROKER: BrokerRepair = {
  tlsIsLeft: false,
  tlsHeld: [],
  tlsUnseen: ['Server', 'Client'],
  proven: new Set(),
}

/** What logs alone leave open. */
const ALL_OPEN: readonly Sentence[] = [
  sentence('broker-out-of-step.certain-name'),
  sentence('broker-out-of-step.certain-tls'),
]

const DATABASE = 'service.MSSQL$MICROSOFT##WID.start'
const SIDES: readonly TlsSide[] = ['Server', 'Client']
const TLS_KEY = 'schannel.tls-1.0'
const HELD = 'disabled-by-default'
const TLS_1_0 = ['schannel.tls-1.0.server.enabled', 'schannel.tls-1.0.client.enabled'] as const

/** Looks at whether this machine is a broker, what it is called now, and whether it can reach its database. */
export function brokerOnDisk(facts: JudgedFacts | undefined, past: BrokerPast): BrokerView {
  if (facts === undefined) return { ...NO_DISK, certainIf: ALL_OPEN, repair: UNKNOWN_BROKER }
  const isBroker = facts.fact('service.Tssdis.start')?.state === 'present'
  const proofs = isBroker ? [...renamed(facts, past), ...withoutTls(facts, past)] : []
  return {
    looked: facts.all.some(({ state }) => state === 'present' || state === 'absent'),
    proofs,
    supports: [],
    refutes: [],
    risks: pendingName(facts),
    certainIf: openQuestions(facts),
    checks: checksOf(facts, past, new Set(proofs.map(({ id }) => id))),
    repair: {
      tlsIsLeft: TLS_1_0.every((id) => !isUnknown(facts.fact(id)) && facts.fact(id)?.value !== 0),
      tlsHeld: SIDES.filter((side) => isHeld(heldFact(facts, side))),
      tlsUnseen: SIDES.filter((side) => isUnknown(heldFact(facts, side))),
      proven: new Set(proofs.map(({ id }) => id)),
    },
  }
}

function heldFact(facts: JudgedFacts, side: TlsSide): Fact | undefined {
  return facts.fact(side === 'Server' ? `${TLS_KEY}.server.${HELD}` : `${TLS_KEY}.client.${HELD}`)
}

function isHeld(fact: Fact | undefined): boolean {
  return fact?.state === 'present' && fact.value !== 0
}

/**
 * The name in force: the volatile copy where there is one, else what TCP/IP took at the last start. The stored one may
 * still wait.
 */
function nameInForce(facts: JudgedFacts): string | undefined {
  return facts.text('name.active') ?? facts.text('name.host')
}

/** NetBIOS names end after 15 characters. */
function isSameMachine(one: string, other: string): boolean {
  return sameName(one.slice(0, 15), other.slice(0, 15))
}

function renamed(facts: JudgedFacts, { formerName }: BrokerPast): DiskProof[] {
  const name = nameInForce(facts)
  if (name === undefined || formerName === undefined) return []
  const [former, now] = [firstLabel(formerName), firstLabel(name)]
  if (former === '' || isSameMachine(former, now)) return []
  return [
    proof(
      'broker-renamed',
      sentence('disk.broker-renamed', { from: former, to: now }),
      sentence('disk.broker-renamed.cause', { from: former, to: now }),
    ),
  ]
}

/** Broker and database on one machine talk over TLS 1.0 (KB4036954); a database elsewhere is another matter. */
function withoutTls(facts: JudgedFacts, { databaseFails }: BrokerPast): DiskProof[] {
  const isLocal =
    facts.fact(DATABASE)?.state === 'present' && facts.fact('broker.connection-string')?.state === 'absent'
  const off = TLS_1_0.map((id) => facts.fact(id)).find((fact) => fact?.value === 0)
  if (!isLocal || !databaseFails || !off) return []
  return [
    proof(
      'broker-tls-1.0-off',
      sentence('disk.broker-tls-1.0-off', { key: off.source.key ?? '' }),
      sentence('disk.broker-tls-1.0-off.cause'),
      off.source.lastWrite,
    ),
  ]
}

function proof(id: string, why: Sentence, cause: Sentence, written?: bigint): DiskProof {
  return {
    id,
    why,
    cause,
    ...(written !== undefined && { written, fromNextBoot: true }),
  }
}

/** A rename that waits for the next start is not yet in force. */
function pendingName(facts: JudgedFacts): readonly Sentence[] {
  const [now, next] = [facts.text('name.host'), facts.text('name.host-pending')]
  if (now === undefined || next === undefined || sameName(now, next)) return []
  return [sentence('disk.name-pending', { now, next })]
}

function openQuestions(facts: JudgedFacts): readonly Sentence[] {
  return [
    ...(isUnknown(facts.fact('name.host')) ? [sentence('broker-out-of-step.certain-name')] : []),
    ...(isUnknown(facts.fact('schannel.tls-1.0.server.enabled')) ? [sentence('broker-out-of-step.certain-tls')] : []),
  ]
}

/** What the registry says of TLS 1.0 on one side, in the words that server protocols are told in. */
function tlsCheck(fact: Fact | undefined, id: string, isNeeded: boolean): readonly Check[] {
  return checkOf(fact, id).map((check): Check => {
    if (check.state !== 'present') return check
    const isOff = fact?.value === 0
    const said = { ...check, observed: isOff ? 'off (registry)' : 'on (registry)' }
    return isNeeded && isOff ? differing(said, 'on') : said
  })
}

/** A name that is not the one the broker was set up under, where that is what keeps it from working. */
function nameCheck(fact: Fact | undefined, id: string, former: string | undefined): readonly Check[] {
  return checkOf(fact, id).map((check) =>
    former === undefined || check.state !== 'present' || isSameMachine(String(fact?.value), former)
      ? check
      : differing(check, former),
  )
}

function checksOf(facts: JudgedFacts, { formerName }: BrokerPast, proven: ReadonlySet<string>): readonly Check[] {
  const former = proven.has('broker-renamed') && formerName !== undefined ? firstLabel(formerName) : undefined
  const needsTls = proven.has('broker-tls-1.0-off')
  const active = facts.fact('name.active')
  const service = facts.fact('service.Tssdis.start')
  return [
    ...checkOf(service, 'broker-service'),
    ...checkOf(facts.fact('service.RDMS.start'), 'management-service'),
    ...checkOf(facts.fact(DATABASE), 'internal-database'),
    // Of a session host nobody expects the role.
    ...checkOf(facts.fact('role.connection-broker'), 'broker-role', service?.state === 'absent' ? undefined : '1'),
    ...nameCheck(facts.fact('name.computer'), 'computer-name', former),
    ...nameCheck(active?.state === 'present' ? active : facts.fact('name.host'), 'host-name', former),
    ...checkOf(facts.fact('name.host-pending'), 'host-name-pending'),
    ...tlsCheck(facts.fact('schannel.tls-1.0.server.enabled'), 'server-tls-1.0', needsTls),
    ...tlsCheck(facts.fact('schannel.tls-1.0.client.enabled'), 'client-tls-1.0', needsTls),
    ...checkOf(facts.fact('broker.connection-string'), 'connection-string'),
  ]
}
