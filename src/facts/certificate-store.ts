import { sha1 } from '../bytes/digest.ts'
import { toIso } from '../bytes/filetime.ts'
import { renderHex } from '../bytes/hex.ts'
import { FormatError } from '../errors.ts'
import type { HiveKey } from '../hive/key.ts'
import { type Certificate, readCertificate } from './certificate.ts'
import { type KeyProvider, readCertificateBlob } from './certificate-blob.ts'
import type { Fact, FactSource } from './fact.ts'
import type { Look, Registry } from './registry.ts'

/** A store of certificates, as ids spell it. */
export type StoreName = 'remote-desktop' | 'my'

/** A certificate of the machine, as its store keeps it. */
export interface StoredCertificate {
  readonly store: StoreName
  /** Name of its key in the store, upper case: its thumbprint. */
  readonly name: string
  /** The listener is told to use it (`SSLCertificateSHA1Hash`). */
  readonly pinned: boolean
  readonly source: FactSource
  /** SHA-1 of the certificate as it stands in the blob, upper-case hex. */
  readonly thumbprint?: string
  readonly certificate?: Certificate
  /** Where its private key is; undefined when the store says nothing of one. */
  readonly key?: KeyProvider
  /** Why it could not be read whole. */
  readonly reason?: string
}

const STORE_KEYS: Readonly<Record<StoreName, string>> = {
  'remote-desktop': 'Microsoft\\SystemCertificates\\Remote Desktop\\Certificates',
  my: 'Microsoft\\SystemCertificates\\MY\\Certificates',
}
/** Certificates that are read of the listener's store, which holds one or two. */
const READ_AT_MOST = 32
/** Certificates that are counted. */
const COUNTED_AT_MOST = 10_000
/** Bytes that a blob may have. */
const BIGGEST_BLOB = 1_048_576
const THUMBPRINT = /^[0-9A-F]{40}$/

/** The certificates that the listener has or is told to use, and facts about their stores. */
export function readStores(
  registry: Registry,
  pinnedHash: string | undefined,
): { readonly facts: readonly Fact[]; readonly certificates: readonly StoredCertificate[] } {
  const own = readStore(registry, 'remote-desktop')
  const mine = readStore(registry, 'my')
  const chosen = (key: HiveKey): boolean => key.name.toUpperCase() === pinnedHash
  const certificates = [
    ...own.keys.slice(0, READ_AT_MOST).map((key) => ({ store: 'remote-desktop' as const, key })),
    ...mine.keys.filter(chosen).map((key) => ({ store: 'my' as const, key })),
  ].map(({ store, key }) => readStored(registry, store, key, chosen(key)))
  return { facts: [own.fact, mine.fact], certificates }
}

function readStore(registry: Registry, store: StoreName): { fact: Fact; keys: readonly HiveKey[] } {
  const id = `certificate-store.${store}`
  const look: Look<readonly HiveKey[]> = registry.subkeys('SOFTWARE', STORE_KEYS[store], COUNTED_AT_MOST)
  const { source } = look
  if (look.state !== 'present') {
    return {
      fact: { id, state: look.state, source, ...(look.reason !== undefined && { reason: look.reason }) },
      keys: [],
    }
  }
  // Half a list of certificates does not tell which the listener uses.
  if (look.incomplete !== undefined)
    return { fact: { id, state: 'unreadable', source, reason: look.incomplete }, keys: [] }
  const keys = look.thing.filter(({ name }) => THUMBPRINT.test(name.toUpperCase()))
  return { fact: { id, state: 'present', value: keys.length, source }, keys }
}

function readStored(registry: Registry, store: StoreName, key: HiveKey, pinned: boolean): StoredCertificate {
  const look = registry.value('SOFTWARE', key.path, 'Blob')
  const stored = { store, name: key.name.toUpperCase(), pinned, source: look.source }
  if (look.state !== 'present') return { ...stored, reason: look.reason ?? 'The certificate has no value "Blob"' }
  const { bytes, typeName } = look.thing
  if (bytes.length > BIGGEST_BLOB)
    return { ...stored, reason: `${typeName} of ${bytes.length} bytes is no certificate` }
  let partial: StoredCertificate = stored
  try {
    const { derView, key: provider } = readCertificateBlob(bytes)
    if (provider) partial = { ...partial, key: provider }
    if (!derView) return { ...partial, reason: 'The store keeps no certificate under this name' }
    partial = { ...partial, thumbprint: renderHex(sha1(derView)) }
    return { ...partial, certificate: readCertificate(derView) }
  } catch (error) {
    if (error instanceof FormatError) return { ...partial, reason: error.message }
    throw error
  }
}

/** The facts of one certificate; `certificate.` + store + `.` + name of its key + what it is about. */
export function certificateFacts(stored: StoredCertificate): readonly Fact[] {
  const { store, name, source, thumbprint, certificate, key, reason } = stored
  const fact = (about: string, value: string | number | undefined): Fact => {
    const id = `certificate.${store}.${name}.${about}`
    if (value !== undefined) return { id, state: 'present', value, source }
    return reason === undefined ? { id, state: 'absent', source } : { id, state: 'unreadable', source, reason }
  }
  return [
    fact('thumbprint', thumbprint),
    fact('subject', certificate?.subject),
    fact('issuer', certificate?.issuer),
    fact('not-before', certificate && toIso(certificate.notBefore)),
    fact('not-after', certificate && toIso(certificate.notAfter)),
    fact('key-usage', certificate?.keyUsage?.join(', ')),
    fact('key-container', key?.container),
    fact('key-provider', key?.provider),
    fact('key-provider-type', key?.type),
  ]
}
