import { sameName } from '../event/source.ts'
import type { Fact } from '../facts/fact.ts'
import type { JudgedFacts } from '../facts/machine-facts.ts'
import { needsTlsUpdate, type ServerProtocol, serverProtocols } from '../facts/server-protocols.ts'
import type { Check } from '../finding/finding.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import { checkOf, type DiskProof, type DiskView, differing, isUnknown, NO_DISK } from './disk.ts'

/** What the disk says about TLS on the server side. */
export interface PolicyView extends DiskView {
  readonly repair: PolicyRepair
}

/** What a repair needs to know, as far as the disk told it. */
export interface PolicyRepair {
  /** Ids of the proofs; empty where the disk proved nothing. */
  readonly proven: ReadonlySet<string>
}

/** What is to be repaired where no disk was there. */
export const UNKNOWN_POLICY: PolicyRepair = { proven: new Set() }

/** The value that takes a protocol from programs that do not ask for it. */
const HELD = 'DisabledByDefault'

/** What a cipher order should be. */
const USABLE_ORDER = 'absent, or with a suite that can be used'

/** What logs alone leave open. */
const ALL_OPEN: readonly Sentence[] = [
  sentence('tls-policy-blocks-server.certain-protocols'),
  sentence('tls-policy-blocks-server.certain-ciphers'),
]

/**
 * Looks at what the server side of Schannel may offer. TLS 1.0 and 1.1 off with TLS 1.2 on is as it should be, and
 * never a fault; a value that differs from a document is none either, as long as something is left to offer.
 */
export function tlsPolicyOnDisk(facts: JudgedFacts | undefined, build: number | undefined): PolicyView {
  if (facts === undefined) return { ...NO_DISK, certainIf: ALL_OPEN, repair: UNKNOWN_POLICY }
  const protocols = serverProtocols(facts, build)
  const ciphers = cipherOrder(facts, protocols)
  // Without a policy Windows' own order counts. What a broken one does is not known, and not to be repaired by removing
  // it.
  const [byPolicy, local] = ciphers.by === 'policy' ? [cipherProofs(ciphers), []] : [[], cipherProofs(ciphers)]
  const proofs = [...protocolProofs(protocols), ...byPolicy]
  const supports =
    proofs.length > 0 ? [] : [...switchedOff(protocols, build), ...withoutUpdate(facts, protocols, build)]
  const strange = strangeValues(facts)
  return {
    looked: facts.all.some(({ state }) => state === 'present' || state === 'absent'),
    proofs,
    supports: [...supports, ...local, ...strange],
    refutes: [...withoutTls(facts), ...(strange.length > 0 ? [] : inEffect(facts, protocols, ciphers, build))],
    risks: [],
    undecided: held(protocols, build),
    certainIf: openQuestions(facts, protocols),
    checks: checksOf(facts, protocols, ciphers),
    repair: {
      proven: new Set([...proofs, ...supports].map(({ id }) => id)),
    },
  }
}

function stateOf(protocols: readonly ServerProtocol[], wanted: ServerProtocol['version']): ServerProtocol | undefined {
  return protocols.find(({ version }) => version === wanted)
}

function protocolProofs(protocols: readonly ServerProtocol[]): DiskProof[] {
  if (protocols.some(({ state }) => state !== 'off')) return []
  return [
    proof(
      'no-protocol',
      sentence('disk.no-protocol', { versions: namesOf(protocols.filter(isOfThisWindows)) }),
      sentence('disk.no-protocol.cause'),
      latestWrite(protocols),
    ),
  ]
}

/** False for TLS 1.3 where this Windows never had it: nobody switched it off. */
function isOfThisWindows({ version, state, by }: ServerProtocol): boolean {
  return version !== '1.3' || state !== 'off' || by !== 'default'
}

/** TLS 1.2 taken away and something older left: fits, but something is still on offer. */
function switchedOff(protocols: readonly ServerProtocol[], build: number | undefined): DiskProof[] {
  const newest = stateOf(protocols, '1.2')
  // Windows 7 has it off by itself and speaks 1.0.
  if (needsTlsUpdate(build)) return []
  if (newest?.state !== 'off' || newest.by !== 'registry') return []
  const left = protocols.filter(({ state }) => state === 'on')
  return [
    proof(
      'tls-1.2-off',
      sentence('disk.tls-1.2-off', { versions: namesOf(left) || '–' }),
      sentence('disk.tls-1.2-off.cause'),
      newest.fact?.source.lastWrite,
    ),
  ]
}

/** TLS 1.2 taken from programs that do not ask for it: nobody knows whether the listener asks. */
function held(protocols: readonly ServerProtocol[], build: number | undefined): readonly Sentence[] {
  const newest = stateOf(protocols, '1.2')
  if (newest === undefined || !isHeld(newest) || needsTlsUpdate(build)) return []
  return [sentence('rule.disk-tls-1.2-held', { value: String(newest.fact?.value) })]
}

/** What leaves this protocol open is `DisabledByDefault`. */
function isHeld({ state, fact }: ServerProtocol): boolean {
  return state === 'unknown' && fact?.state === 'present' && sameName(fact.source.value ?? '', HELD)
}

/**
 * Before Windows 8 Remote Desktop speaks TLS 1.1 and 1.2 only with an update, which a rollup may have brought unseen.
 */
function withoutUpdate(
  facts: JudgedFacts,
  protocols: readonly ServerProtocol[],
  build: number | undefined,
): DiskProof[] {
  const oldest = stateOf(protocols, '1.0')
  if (!needsTlsUpdate(build) || oldest?.state !== 'off') return []
  if (facts.fact('update.kb3080079')?.state !== 'absent') return []
  return [
    proof(
      'no-tls-update',
      sentence('disk.no-tls-update'),
      sentence('disk.no-tls-update.cause'),
      oldest.fact?.source.lastWrite,
    ),
  ]
}

/** The order of cipher suites in force. */
interface CipherOrder {
  readonly state: 'open' | 'empty' | 'unusable' | 'unknown'
  readonly by: 'policy' | 'windows'
  readonly fact: Fact | undefined
}

/** What policy says about cipher suites; without a policy the local order has the say. */
function cipherOrder(facts: JudgedFacts, protocols: readonly ServerProtocol[]): CipherOrder {
  const policy = facts.fact('schannel.cipher-order.policy')
  const by = policy?.state === 'absent' ? 'windows' : 'policy'
  const fact = by === 'windows' ? facts.fact('schannel.cipher-order.local') : policy
  if (fact?.state === 'absent') return { state: 'open', by, fact }
  if (fact?.state !== 'present') return { state: 'unknown', by, fact }
  const suites = String(fact.value)
    .split(',')
    .map((suite) => suite.trim())
    .filter((suite) => suite !== '')
  if (suites.length === 0) return { state: 'empty', by, fact }
  // A self-signed listener certificate has an RSA key; a chosen one may have another.
  const ownCertificate = facts.fact('listener.certificate-hash')?.state === 'absent'
  const noTemplate = facts.fact('policy.certificate-template')?.state === 'absent'
  const chosen = !ownCertificate || !noTemplate
  const newest = stateOf(protocols, '1.3')?.state
  const isUsable = (suite: string): boolean => {
    if (/^TLS_(ECDHE_RSA|DHE_RSA|RSA)_WITH_(?!NULL)/.test(suite)) return true
    if (/^TLS_(AES|CHACHA20)_/.test(suite)) return newest !== 'off'
    return /^TLS_ECDHE_ECDSA_/.test(suite) ? chosen : !/^(TLS|SSL)_/.test(suite)
  }
  return { state: suites.some(isUsable) ? 'open' : 'unusable', by, fact }
}

function cipherProofs({ state, fact }: CipherOrder): DiskProof[] {
  const written = fact?.source.lastWrite
  if (state === 'empty')
    return [proof('no-cipher', sentence('disk.no-cipher'), sentence('disk.no-cipher.cause'), written)]
  return state === 'unusable'
    ? [proof('no-usable-cipher', sentence('disk.no-usable-cipher'), sentence('disk.no-usable-cipher.cause'), written)]
    : []
}

/** Settings of the listener with a policy each, which wins, and what Windows knows as their values. */
const SETTINGS = [
  ['security-layer', 0, 2],
  ['user-authentication', 0, 1],
  ['min-encryption-level', 1, 4],
] as const

/** The fact that counts of a setting: policy's, else the listener's own; undefined where nobody can tell which. */
function inForce(facts: JudgedFacts, name: (typeof SETTINGS)[number][0]): Fact | undefined {
  const policy = facts.fact(`policy.${name}`)
  if (isUnknown(policy)) return undefined
  return policy?.state === 'present' ? policy : facts.fact(`listener.${name}`)
}

/** Values outside of what Windows knows are a fault by themselves; what exactly they break is not documented. */
function strangeValues(facts: JudgedFacts): DiskProof[] {
  return SETTINGS.flatMap(([name, least, most]) => {
    const fact = inForce(facts, name)
    const value = fact?.value
    if (typeof value !== 'number' || (value >= least && value <= most)) return []
    return [
      proof(
        'strange-value',
        sentence('disk.strange-value', { name: fact?.source.value ?? name, value, least, most }),
        sentence('disk.strange-value.cause'),
        fact?.source.lastWrite,
      ),
    ]
  })
}

/** Where TLS is not used at all, no credential for it is missed. Network level authentication needs it all the same. */
function withoutTls(facts: JudgedFacts): DiskProof[] {
  const layer = inForce(facts, 'security-layer')
  if (layer?.value !== 0 || inForce(facts, 'user-authentication')?.value !== 0) return []
  const why = sentence('disk.tls-not-used')
  return [proof('tls-not-used', why, sentence('disk.tls-not-used.cause'), layer.source.lastWrite)]
}

function inEffect(
  facts: JudgedFacts,
  protocols: readonly ServerProtocol[],
  ciphers: CipherOrder,
  build: number | undefined,
): DiskProof[] {
  const newest = stateOf(protocols, '1.2')
  const fips = facts.fact('fips.enabled')
  const isFree = fips?.state === 'absent' || fips?.value === 0
  if (newest?.state !== 'on' || ciphers.state !== 'open' || !isFree || needsTlsUpdate(build)) return []
  // A key that was taken away, as a repair does, changed the key above it.
  const above = newest.fact?.source.lastWriteAbove
  const writes = [newest.fact, ciphers.fact, fips].flatMap((fact) => fact?.source.lastWrite ?? [])
  return [
    proof(
      'tls-1.2-on',
      sentence('disk.tls-1.2-on', { by: newest.by }),
      sentence('disk.tls-1.2-on.cause'),
      greatest(above === undefined ? writes : [...writes, above]),
    ),
  ]
}

function proof(id: string, why: Sentence, cause: Sentence, written?: bigint): DiskProof {
  return {
    id,
    why,
    cause,
    ...(written !== undefined && { written }),
    // Schannel reads its settings at start: what was set after the last failure did not cause it, and does not excuse
    // it.
    fromNextBoot: true,
  }
}

function latestWrite(protocols: readonly ServerProtocol[]): bigint | undefined {
  return greatest(protocols.flatMap(({ by, fact }) => (by === 'registry' ? (fact?.source.lastWrite ?? []) : [])))
}

function greatest(times: readonly bigint[]): bigint | undefined {
  return times.reduce<bigint | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined)
}

function namesOf(protocols: readonly ServerProtocol[]): string {
  return protocols.map(({ version }) => `TLS ${version}`).join(', ')
}

function openQuestions(facts: JudgedFacts, protocols: readonly ServerProtocol[]): readonly Sentence[] {
  const isOpen = protocols.some(({ state }) => state === 'unknown')
  return [
    ...(isOpen && isUnknown(facts.fact('schannel.tls-1.2.server.enabled'))
      ? [sentence('tls-policy-blocks-server.certain-protocols')]
      : []),
    ...(isUnknown(facts.fact('schannel.cipher-order.policy'))
      ? [sentence('tls-policy-blocks-server.certain-ciphers')]
      : []),
  ]
}

function checksOf(facts: JudgedFacts, protocols: readonly ServerProtocol[], ciphers: CipherOrder): readonly Check[] {
  return [
    ...protocols.flatMap(protocolCheck),
    ...cipherChecks(facts, ciphers),
    ...checkOf(facts.fact('fips.enabled'), 'fips'),
    ...checkOf(facts.fact('listener.security-layer'), 'security-layer'),
    ...checkOf(facts.fact('policy.security-layer'), 'security-layer-by-policy'),
    ...checkOf(facts.fact('listener.min-encryption-level'), 'min-encryption-level'),
    ...checkOf(facts.fact('schannel.event-logging'), 'schannel-event-logging'),
  ]
}

function protocolCheck(protocol: ServerProtocol): readonly Check[] {
  const { version, state, by, fact } = protocol
  const [check] = checkOf(fact, `server-tls-${version}`)
  if (!check) return []
  // What this Windows does whatever the registry says needs no look at it.
  if (isUnknown(fact)) return state === 'unknown' ? [check] : []
  // What counts is in force, be it set or not; of 1.0 and 1.1 nothing is expected.
  const wanted = version === '1.2' && { expected: 'on', ...(state === 'off' && { differs: true as const }) }
  // The value alone would read as the state: 1 as on.
  const observed = isHeld(protocol) ? `${HELD} ${String(fact?.value)}` : `${state} (${by})`
  return [{ ...check, ...((state !== 'unknown' || isHeld(protocol)) && { observed }), ...wanted }]
}

/** Of the order in force it is told what it should be. */
function cipherChecks(facts: JudgedFacts, { state, by }: CipherOrder): readonly Check[] {
  const isBad = state === 'empty' || state === 'unusable'
  const held = (check: Check): Check => (isBad ? differing(check, USABLE_ORDER) : { ...check, expected: USABLE_ORDER })
  const policy = checkOf(facts.fact('schannel.cipher-order.policy'), 'cipher-order')
  const local = checkOf(facts.fact('schannel.cipher-order.local'), 'cipher-order-local')
  return by === 'policy' ? [...policy.map(held), ...local] : [...policy, ...local.map(held)]
}
