import { compareText } from '../bytes/compare-text.ts'
import { md5 } from '../bytes/digest.ts'
import { viewOf } from '../bytes/view.ts'
import type { KeyFolderId } from './catalogue.ts'
import type { StoredCertificate } from './certificate-store.ts'
import type { Fact, FactState } from './fact.ts'

/** A folder of private keys as it was listed. */
export interface KeyFolder {
  readonly id: KeyFolderId
  /** As reports name it. */
  readonly name: string
  /** To read its access control; undefined inside an archive. */
  readonly path?: string
  readonly state: FactState
  readonly files: readonly { readonly name: string; readonly size: number }[]
  /** Why it is not collected or unreadable, or what is wrong with the listing. */
  readonly reason?: string
}

/** Container of the self-signed certificate of the RDP listener, on every Windows measured. */
const LISTENER_CONTAINER = 'TSSecKeySet1'
/** Provider type of CNG. */
const CNG = 0
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The file of one key container: what it must be called, and whether it is there. */
export interface KeyFile {
  /** `listener` for `TSSecKeySet1`, else the 32 hex digits its name begins with. */
  readonly which: string
  readonly container: string
  /** `f686aace…_<MachineGuid>`; undefined when the MachineGuid is not known. */
  readonly expectedName?: string
  readonly state: FactState
  /** Why it is not collected or unreadable. */
  readonly reason?: string
  /** The folder that holds it, or that was to hold it. */
  readonly folder: KeyFolder
  /** Its name as listed, and its size in bytes; set exactly when present. */
  readonly name?: string
  readonly size?: number
  /** Files of the same container under another MachineGuid, as after imaging; sorted. */
  readonly otherMachine: readonly string[]
}

/**
 * What the file of a key container begins with: MD5 of the name in lower-case ASCII with its NUL, as four little-endian
 * 32-bit numbers in hex. Recomputed from well-known files; how a name outside of ASCII is written is not known.
 *
 * @returns undefined for a name outside of ASCII
 */
export function keyFilePrefix(container: string): string | undefined {
  const name = `${container.toLowerCase()}\0`
  const bytes = Uint8Array.from(name, (character) => Math.min(character.charCodeAt(0), 0xff))
  if (bytes.some((byte) => byte > 0x7e)) return undefined
  const digest = md5(bytes)
  const view = viewOf(digest)
  return [0, 4, 8, 12].map((at) => view.getUint32(at, true).toString(16).padStart(8, '0')).join('')
}

/** Where a container's key is: its name, and how it is kept. */
interface Container {
  readonly name: string
  /** Provider type, where a certificate tells. */
  readonly type?: number
}

/** The key files that matter: the listener's own, and those of the certificates it has or is told to use. */
export function findKeyFiles(
  certificates: readonly StoredCertificate[],
  machineGuid: Fact | undefined,
  folders: readonly KeyFolder[],
): readonly KeyFile[] {
  const containers = new Map<string, Container>([[LISTENER_CONTAINER.toLowerCase(), { name: LISTENER_CONTAINER }]])
  for (const { key } of certificates) {
    if (key) containers.set(key.container.toLowerCase(), { name: key.container, type: key.type })
  }
  const found = new Map<string, KeyFile>()
  for (const container of containers.values()) {
    const file = findKeyFile(container, machineGuid, folders)
    if (file && !found.has(file.which)) found.set(file.which, file)
  }
  return [...found.values()]
}

function findKeyFile(
  container: Container,
  machineGuid: Fact | undefined,
  folders: readonly KeyFolder[],
): KeyFile | undefined {
  const prefix = keyFilePrefix(container.name)
  const isCng = container.type === CNG
  const [home, other] = isCng ? (['crypto-keys', 'machine-keys'] as const) : (['machine-keys', 'crypto-keys'] as const)
  const folder = folders.find(({ id }) => id === home)
  if (prefix === undefined || !folder) return undefined
  const which = container.name.toLowerCase() === LISTENER_CONTAINER.toLowerCase() ? 'listener' : prefix
  const file = { which, container: container.name, folder, otherMachine: [] }
  if (machineGuid?.state !== 'present') {
    const state = machineGuid?.state === 'not-collected' ? 'not-collected' : 'unreadable'
    const why = machineGuid?.reason ?? 'the value is absent'
    return { ...file, state, reason: `The name of the file is not known without the MachineGuid: ${why}` }
  }
  const guid = String(machineGuid.value).toLowerCase()
  if (!GUID.test(guid)) return { ...file, state: 'unreadable', reason: `MachineGuid "${guid.slice(0, 60)}" is no GUID` }
  const expectedName = `${prefix}_${guid}`
  const otherMachine = folders
    .flatMap(({ files }) => files.map(({ name }) => name))
    .filter((name) => name.toLowerCase().startsWith(`${prefix}_`) && name.toLowerCase() !== expectedName)
    .sort(compareText)
  const named = { ...file, expectedName, otherMachine }
  for (const place of [folder, folders.find(({ id }) => id === other)]) {
    const listed = place?.files.find(({ name }) => name.toLowerCase() === expectedName)
    if (place && listed) return { ...named, state: 'present', folder: place, name: listed.name, size: listed.size }
  }
  if (folder.state === 'not-collected' || folder.state === 'unreadable') {
    return { ...named, state: folder.state, reason: folder.reason ?? 'The folder could not be listed' }
  }
  // A listing that is not whole does not show what is missing.
  if (folder.reason !== undefined && folder.state === 'present') {
    return { ...named, state: 'unreadable', reason: folder.reason }
  }
  // For CNG nobody has confirmed that files are named so: a name that is not found proves nothing.
  if (isCng) return { ...named, state: 'unreadable', reason: 'How CNG names the file of this key is not confirmed' }
  return { ...named, state: 'absent' }
}
