import { toIso } from '../bytes/filetime.ts'
import { sameName } from '../event/source.ts'
import type { Status } from '../event/status-code.ts'
import { NETWORK_SERVICE_TOKEN, SESSION_ENV_TOKEN } from '../facts/access.ts'
import type { StoredCertificate } from '../facts/certificate-store.ts'
import type { KeyFile } from '../facts/key-file.ts'
import type { JudgedFacts } from '../facts/machine-facts.ts'
import type { Check } from '../finding/finding.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import { checkOf, type DiskProof, type DiskView, differing, isUnknown, NO_DISK } from './disk.ts'

/** What the disk says about the listener's key. */
export interface KeyView extends DiskView {
  /**
   * Prove something only together with a certificate that could not be made (1057, 1058): they keep nobody out
   * meanwhile.
   */
  readonly renewal: readonly DiskProof[]
  readonly repair: KeyRepair
}

/** What a repair needs to know, as far as the disk told it. */
export interface KeyRepair {
  /** `f686aace…_<MachineGuid>` in full. */
  readonly keyFile?: string
  /** That file was seen. */
  readonly isFileThere: boolean
  readonly keyFolder: 'machine-keys' | 'crypto-keys'
  /** Certificates of the listener's own store. */
  readonly thumbprints: readonly string[]
  /** `SSLCertificateSHA1Hash`, where one is set. */
  readonly pinned?: string
  /** SIDs that are denied something of that file and that the two services hold. */
  readonly denied: readonly string[]
  /** The permissions of that file were there to look at. */
  readonly permissionsSeen: boolean
  /** None of the listener's own certificates has expired, and the key of each was seen. */
  readonly areCertificatesSound: boolean
  /** It was seen whether one is set, and `pinned` says which. */
  readonly isPinKnown: boolean
  /** What kind of failure the records tell. */
  readonly status?: Status['class']
  /** Some of them name a full disk. */
  readonly needsRoom?: boolean
  /** Ids of the proofs; empty where the disk proved nothing, so that every way must be told. */
  readonly proven: ReadonlySet<string>
}

/** What is to be repaired where no disk was there. */
export const UNKNOWN_KEY: KeyRepair = {
  isFileThere: false,
  keyFolder: 'machine-keys',
  thumbprints: [],
  denied: [],
  permissionsSeen: false,
  areCertificatesSound: false,
  isPinKnown: false,
  proven: new Set(),
}

/** Windows 11 25H2: the first that is reported to keep the listener's key in Crypto\Keys. */
const FIRST_WITH_CNG = 26_200

/** What the certificate that the listener is told to use should be. */
const IN_A_STORE = 'one that a store holds'

/** What logs alone leave open. */
const ALL_OPEN: readonly Sentence[] = [
  sentence('listener-key-unusable.certain-key-file'),
  sentence('listener-key-unusable.certain-store'),
]

/**
 * Looks at the listener's certificate, its key's file and who may read it: every way to lose a key that leaves a mark.
 *
 * @param at the time that certificates are judged by, FILETIME ticks
 */
export function listenerKeyOnDisk(facts: JudgedFacts | undefined, at: bigint): KeyView {
  if (facts === undefined) return { ...NO_DISK, certainIf: ALL_OPEN, renewal: [], repair: UNKNOWN_KEY }
  const own = facts.certificates.filter(({ store }) => store === 'remote-desktop')
  const chosen = facts.certificates.find(({ pinned }) => pinned)
  const hash = facts.text('listener.certificate-hash')
  const inUse = chosen ? [chosen] : hash === undefined ? own : []
  const listenerFile = facts.keyFiles.find(({ which }) => which === 'listener')
  const keyFile = keyFileOf(facts, chosen) ?? listenerFile
  const ofCertificate = [...pinProofs(facts, hash, chosen), ...ofEach(inUse, (each) => certificateProofs(facts, each))]
  const containerCounts = hash === undefined && inUse.every(({ key }) => !key || isListenerContainer(key.container))
  const ofContainer = containerCounts ? readProofs(facts, listenerFile) : []
  const found = [...ofCertificate, ...ofContainer].filter(isFirstOfItsId)
  const ofRenewal = [
    ...(containerCounts ? renewalProofs(facts, listenerFile) : []),
    ...storeProofs(facts, own),
    ...ofEach(inUse, (each) => expiry(each, at)),
  ]
  // Where another certificate may be in use, what is wrong with these proves nothing.
  const certain = isChoiceKnown(facts)
  const proofs = certain ? found : []
  const renewal = certain ? ofRenewal : []
  return {
    looked: isAnythingThere(facts),
    proofs,
    renewal,
    supports: certain ? [] : found,
    refutes: [],
    risks: risksOf(facts),
    certainIf: openQuestions(facts, inUse),
    checks: checksOf(facts, inUse, at),
    repair: {
      ...(keyFile?.expectedName !== undefined && { keyFile: keyFile.name ?? keyFile.expectedName }),
      isFileThere: keyFile?.state === 'present',
      keyFolder: keyFile?.folder.id ?? 'machine-keys',
      thumbprints: own.map(({ name }) => name),
      denied: keyFile === undefined ? [] : deniedSids(facts, keyFile),
      permissionsSeen: keyFile !== undefined && facts.access.get(keyFile.which)?.state === 'present',
      areCertificatesSound: own.length > 0 && own.every((each) => isSound(facts, each, at)),
      isPinKnown: !isUnknown(facts.fact('listener.certificate-hash')),
      ...(hash !== undefined && { pinned: hash }),
      proven: new Set([...proofs, ...renewal].map(({ id }) => id)),
    },
  }
}

function isSound(facts: JudgedFacts, stored: StoredCertificate, at: bigint): boolean {
  const { certificate } = stored
  return certificate !== undefined && certificate.notAfter >= at && keyFileOf(facts, stored)?.state === 'present'
}

function deniedSids({ access }: JudgedFacts, { which }: KeyFile): readonly string[] {
  const entries = access.get(which)?.descriptor?.dacl?.entries ?? []
  const isOurs = (sid: string) => NETWORK_SERVICE_TOKEN.has(sid) || SESSION_ENV_TOKEN.has(sid)
  return [
    ...new Set(entries.filter(({ effect, sid }) => effect === 'deny' && isOurs(sid)).map(({ sid }) => sid)),
  ].sort()
}

/** Whether it is known which certificate the listener uses: its own, or the one it is told to. */
function isChoiceKnown(facts: JudgedFacts): boolean {
  const store = facts.text('remote-desktop.certificate-store')
  const isOwnStore = store === undefined || sameName(store, 'Remote Desktop')
  return !isUnknown(facts.fact('listener.certificate-hash')) && isOwnStore && !byTemplate(facts)
}

/** Policy names a template: the listener then takes a certificate that was enrolled, from another store. */
function byTemplate(facts: JudgedFacts): boolean {
  return (facts.text('policy.certificate-template') ?? '') !== ''
}

function isListenerContainer(container: string): boolean {
  return sameName(container, 'TSSecKeySet1')
}

function keyFileOf(facts: JudgedFacts, stored: StoredCertificate | undefined): KeyFile | undefined {
  const container = stored?.key?.container
  return container === undefined ? undefined : facts.keyFiles.find((file) => sameName(file.container, container))
}

/** What is wrong with every one of the certificates: of several, any may be the one in use. */
function ofEach(
  certificates: readonly StoredCertificate[],
  prove: (stored: StoredCertificate) => readonly DiskProof[],
): readonly DiskProof[] {
  const [first, ...others] = certificates.map(prove)
  return (first ?? []).filter(({ id }) => others.every((proofs) => proofs.some((proof) => proof.id === id)))
}

function isFirstOfItsId({ id }: DiskProof, index: number, all: readonly DiskProof[]): boolean {
  return all.findIndex((each) => each.id === id) === index
}

function isAnythingThere({ all }: JudgedFacts): boolean {
  return all.some(({ state }) => state === 'present' || state === 'absent')
}

/** Every store was looked at, and none holds the certificate that the listener is told to use. */
function pinMissing(facts: JudgedFacts): boolean {
  const hash = facts.text('listener.certificate-hash')
  const isHeld = facts.certificates.some(({ pinned }) => pinned)
  return hash !== undefined && !isHeld && facts.fact(`certificate.my.${hash}.thumbprint`)?.state === 'absent'
}

/** A certificate that the listener is told to use, and that no store holds. */
function pinProofs(facts: JudgedFacts, hash: string | undefined, chosen: StoredCertificate | undefined): DiskProof[] {
  if (hash === undefined || chosen || !pinMissing(facts)) return []
  const written = facts.fact('listener.certificate-hash')?.source.lastWrite
  const cause = sentence('disk.pinned-missing.cause')
  const missing = proof('pinned-missing', sentence('disk.pinned-missing', { thumbprint: hash }), cause, written)
  // The listener falls back to its own certificate, as 1051 says, where it can.
  return [{ ...missing, needsRecord: true }]
}

/** A certificate whose key is gone, or may not be read. */
function certificateProofs(facts: JudgedFacts, stored: StoredCertificate): DiskProof[] {
  const { name } = stored
  const file = keyFileOf(facts, stored)
  if (!file) return []
  const missing = file.state === 'absent' && file.expectedName !== undefined
  if (missing && file.otherMachine.length > 0) {
    return [
      proof(
        'machine-guid-changed',
        sentence('disk.machine-guid-changed', {
          thumbprint: name,
          file: file.expectedName,
          other: file.otherMachine[0] ?? '',
        }),
        sentence('disk.machine-guid-changed.cause'),
        facts.fact('machine.guid')?.source.lastWrite,
      ),
    ]
  }
  if (missing)
    return [
      proof(
        'key-missing',
        sentence('disk.key-missing', { thumbprint: name, file: file.expectedName }),
        sentence('disk.key-missing.cause'),
      ),
    ]
  return readProofs(facts, file)
}

/** A key file that the Remote Desktop service may not read. */
function readProofs({ access }: JudgedFacts, file: KeyFile | undefined): DiskProof[] {
  if (file?.name === undefined || access.get(file.which)?.networkService !== 'denied') return []
  return [proof('key-denied', sentence('disk.key-denied', { file: file.name }), sentence('disk.key-denied.cause'))]
}

/** The container stands in the way of a new one where the service that makes certificates may not open it. */
function renewalProofs({ access }: JudgedFacts, file: KeyFile | undefined): DiskProof[] {
  if (file?.name === undefined || access.get(file.which)?.sessionEnv !== 'denied') return []
  const why = sentence('disk.key-closed-to-renewal', { file: file.name })
  return [proof('key-closed-to-renewal', why, sentence('disk.key-closed-to-renewal.cause'))]
}

/** Up to that build every Windows that was measured keeps the key in MachineKeys. */
function keepsKeysInCng(facts: JudgedFacts): boolean {
  return (facts.number('os.build') ?? 0) >= FIRST_WITH_CNG
}

/** What keeps the store from being written. No certificate at all is no fault: Windows makes one in seconds. */
function storeProofs(facts: JudgedFacts, own: readonly StoredCertificate[]): DiskProof[] {
  const store = facts.fact('certificate-store.remote-desktop.system-access')
  const folder = facts.access.get('crypto-keys')
  const isEmpty = own.length === 0 && facts.number('certificate-store.remote-desktop') === 0
  return [
    ...(store?.value === 'denied'
      ? [
          proof(
            'store-denied',
            sentence('disk.store-denied'),
            sentence('disk.store-denied.cause'),
            store.source.lastWrite,
          ),
        ]
      : []),
    ...(keepsKeysInCng(facts) && isEmpty && folder?.sessionEnv === 'denied'
      ? [proof('crypto-keys-closed', sentence('disk.crypto-keys-closed'), sentence('disk.crypto-keys-closed.cause'))]
      : []),
  ]
}

function expiry({ name, certificate, pinned }: StoredCertificate, at: bigint): DiskProof[] {
  if (!certificate || certificate.notAfter >= at) return []
  const expired = certificate.notAfter
  const ended = pinned
    ? proof(
        'pinned-expired',
        sentence('disk.pinned-expired', { thumbprint: name, expired }),
        sentence('disk.pinned-expired.cause'),
      )
    : proof(
        'certificate-expired',
        sentence('disk.certificate-expired', { thumbprint: name, expired }),
        sentence('disk.certificate-expired.cause'),
      )
  return [{ ...ended, since: expired }]
}

function proof(id: string, why: Sentence, cause: Sentence, written?: bigint): DiskProof {
  return {
    id,
    why,
    cause,
    ...(written !== undefined && { written }),
  }
}

/** Measured not to break RDP by itself; it keeps the next key from being made. */
function risksOf(facts: JudgedFacts): readonly Sentence[] {
  return facts.access.get('machine-keys')?.sessionEnv === 'denied' ? [sentence('disk.machine-keys-closed')] : []
}

function openQuestions(facts: JudgedFacts, inUse: readonly StoredCertificate[]): readonly Sentence[] {
  const listener = keyFileOf(facts, inUse[0]) ?? facts.keyFiles[0]
  const accessOpen = listener?.state === 'present' && facts.access.get(listener.which)?.state !== 'present'
  const fileOpen = listener === undefined || listener.state === 'not-collected' || listener.state === 'unreadable'
  const storeOpen = isUnknown(facts.fact('certificate-store.remote-desktop')) || inUse.some(({ reason }) => reason)
  return [
    ...(fileOpen ? [sentence('listener-key-unusable.certain-key-file')] : []),
    ...(accessOpen ? [sentence('disk.certain-access', { file: listener?.name ?? '' })] : []),
    ...(isChoiceKnown(facts) ? [] : [sentence('disk.certain-choice')]),
    ...(storeOpen ? [sentence('listener-key-unusable.certain-store')] : []),
  ]
}

function checksOf(facts: JudgedFacts, inUse: readonly StoredCertificate[], at: bigint): readonly Check[] {
  return [
    ...checkOf(facts.fact('certificate-store.remote-desktop'), 'certificate-store'),
    ...checkOf(facts.fact('certificate-store.remote-desktop.system-access'), 'certificate-store-access', 'allowed'),
    ...checkOf(facts.fact('listener.certificate-hash'), 'pinned-certificate').map((check): Check => {
      if (check.state !== 'present') return check
      return pinMissing(facts) ? differing(check, IN_A_STORE) : { ...check, expected: IN_A_STORE }
    }),
    ...inUse.flatMap(({ store, name, certificate }) =>
      checkOf(facts.fact(`certificate.${store}.${name}.not-after`), 'certificate-valid-until').map(
        (check): Check => ({
          ...check,
          expected: `> ${toIso(at)}`,
          ...(certificate && certificate.notAfter < at && { differs: true }),
        }),
      ),
    ),
    ...facts.keyFiles.flatMap(({ which, expectedName }) => [
      ...checkOf(facts.fact(`key-file.${which}`), 'key-file', expectedName),
      ...checkOf(facts.fact(`key-file.${which}.network-service`), 'key-file-network-service', 'allowed'),
      ...checkOf(facts.fact(`key-file.${which}.session-env`), 'key-file-session-env', 'allowed'),
    ]),
    ...checkOf(facts.fact('key-folder.machine-keys.session-env'), 'key-folder-session-env', 'allowed'),
    ...(keepsKeysInCng(facts)
      ? checkOf(facts.fact('key-folder.crypto-keys.session-env'), 'cng-folder-session-env', 'allowed')
      : []),
  ]
}
