import type { Damage } from '../errors.ts'
import { type Access, accessOf, type DescriptorEvidence, folderFacts, keyFileFacts } from './access-facts.ts'
import { type FactId, type KeyFolderId, REGISTRY_FACTS } from './catalogue.ts'
import { certificateFacts, readStores, type StoredCertificate } from './certificate-store.ts'
import type { Fact } from './fact.ts'
import { joinedFacts } from './joined-facts.ts'
import { type FactSelection, JUDGED_VALUES, type JudgedFactId } from './judged-facts.ts'
import { findKeyFiles, type KeyFile, type KeyFolder } from './key-file.ts'
import { type HiveEvidence, openRegistry, type Registry } from './registry.ts'
import type { HiveName } from './registry-fact.ts'
import { readFact } from './understand.ts'

/** All that was read of one machine's disk beside its logs. */
export interface MachineFacts {
  /** In the order of the catalogue; each id once. */
  readonly all: readonly Fact[]
  /** `ControlSet001`; undefined when the control set in force is not known. */
  readonly controlSet: string | undefined
  /** Of the listener's store, and of the store MY the one that the listener is told to use. */
  readonly certificates: readonly StoredCertificate[]
  readonly keyFolders: readonly KeyFolder[]
  /** The listener's own first, whatever became of it. */
  readonly keyFiles: readonly KeyFile[]
  /** Who may do what, by `listener` and other names of key files and by the ids of folders. */
  readonly access: ReadonlyMap<string, Access>
  /** What was met in the hives at the places that were looked at. */
  readonly damage: readonly (Damage & { readonly file: string })[]
  fact(id: FactId): Fact | undefined
  /** The value of a fact that is present and a number. */
  number(id: FactId): number | undefined
  /** The value of a fact that is present and a text. */
  text(id: FactId): string | undefined
}

/** A machine's facts as a scenario sees them. */
export interface JudgedFacts extends Omit<MachineFacts, 'fact' | 'number' | 'text'> {
  fact(id: JudgedFactId): ReturnType<MachineFacts['fact']>
  number(id: JudgedFactId): number | undefined
  text(id: JudgedFactId): string | undefined
}

/** What facts are made from: the hives of a machine, or why there are none, and its folders of keys. */
export interface MachineEvidence {
  readonly hives: Readonly<Record<HiveName, HiveEvidence>>
  readonly keyFolders: readonly KeyFolder[]
}

/** What was read before access control is: it says whose access control is of interest. */
export interface RegistryReading {
  readonly facts: readonly Fact[]
  readonly controlSet: string | undefined
  readonly certificates: readonly StoredCertificate[]
  readonly keyFolders: readonly KeyFolder[]
  readonly keyFiles: readonly KeyFile[]
  readonly damage: MachineFacts['damage']
}

const JUDGED: ReadonlySet<string> = new Set(JUDGED_VALUES)

/** Reads the hives, only at the asked-for places, and finds the files of the keys that the certificates name. */
export function readRegistry(
  { hives, keyFolders }: MachineEvidence,
  selection: FactSelection = 'all',
): RegistryReading {
  const registry = openRegistry(hives)
  const specs = selection === 'all' ? REGISTRY_FACTS : REGISTRY_FACTS.filter(({ id }) => JUDGED.has(id))
  const values = specs.map((spec) => readFact(spec, registry))
  const known = (id: FactId): Fact | undefined => values.find((fact) => fact.id === id)
  const pinned = known('listener.certificate-hash')?.value
  const stores = readStores(registry, pinned === undefined ? undefined : String(pinned))
  const build = known('os.build')?.value
  return {
    facts: [
      ...hiveFacts(hives),
      ...values,
      ...joinedFacts(registry, typeof build === 'number' ? build : undefined, selection),
      ...stores.facts,
      ...stores.certificates.flatMap(certificateFacts),
      ...pinnedFacts(registry, stores.certificates, pinned),
    ],
    controlSet: registry.controlSet.state === 'present' ? registry.controlSet.thing : undefined,
    certificates: stores.certificates,
    keyFolders,
    keyFiles: findKeyFiles(stores.certificates, known('machine.guid'), keyFolders),
    damage: damageIn(hives),
  }
}

/** Whether the hives were whole. */
function hiveFacts(hives: Readonly<Record<HiveName, HiveEvidence>>): readonly Fact[] {
  return (['SYSTEM', 'SOFTWARE'] as const).map((name): Fact => {
    const evidence = hives[name]
    const fact = { id: name === 'SYSTEM' ? 'hive.system' : 'hive.software', source: { file: evidence.file } }
    if (evidence.state === 'present') {
      const { state, missing } = evidence.hive
      const reason = missing > 0 && { reason: `Bytes are missing at its end (${missing})` }
      return { ...fact, state: 'present', value: state, ...reason }
    }
    return { ...fact, state: evidence.state, ...(evidence.reason !== undefined && { reason: evidence.reason }) }
  })
}

function damageIn(hives: Readonly<Record<HiveName, HiveEvidence>>): MachineFacts['damage'] {
  return [hives.SYSTEM, hives.SOFTWARE].flatMap((evidence) => {
    if (evidence.state !== 'present') return []
    return evidence.hive.damage.map((damage) => ({ ...damage, file: evidence.file }))
  })
}

/** A certificate that the listener is told to use, and that no store has. */
function pinnedFacts(
  registry: Registry,
  certificates: readonly StoredCertificate[],
  pinned: string | number | undefined,
): readonly Fact[] {
  if (pinned === undefined || certificates.some((stored) => stored.pinned)) return []
  const id = `certificate.my.${pinned}.thumbprint`
  const look = registry.key('SOFTWARE', `Microsoft\\SystemCertificates\\MY\\Certificates\\${pinned}`)
  if (look.state === 'present') return []
  return [{ id, state: look.state, source: look.source, ...(look.reason !== undefined && { reason: look.reason }) }]
}

/**
 * Joins what was read with who may read it.
 *
 * @param descriptors by `listener` and other names of key files, and by the ids of folders; those that are missing
 *   were not asked for
 */
export function machineFactsOf(
  reading: RegistryReading,
  descriptors: ReadonlyMap<string, DescriptorEvidence>,
): MachineFacts {
  const { controlSet, certificates, keyFolders, keyFiles } = reading
  const access = new Map<string, Access>()
  for (const [of, evidence] of descriptors) {
    access.set(of, accessOf(of, keyFolders.some(({ id }) => id === of) ? 'folder' : 'file', evidence))
  }
  const all = [
    ...reading.facts,
    ...keyFolders.flatMap((folder) => folderFacts(folder, access.get(folder.id satisfies KeyFolderId))),
    ...keyFiles.flatMap((file) => keyFileFacts(file, access.get(file.which))),
  ]
  const byId = new Map(all.map((fact) => [fact.id, fact]))
  const valueIn = (id: FactId) => byId.get(id)?.value
  return {
    all: [...byId.values()],
    controlSet,
    certificates,
    keyFolders,
    keyFiles,
    access,
    damage: reading.damage,
    fact: (id) => byId.get(id),
    number: (id) => {
      const value = valueIn(id)
      return typeof value === 'number' ? value : undefined
    },
    text: (id) => {
      const value = valueIn(id)
      return typeof value === 'string' ? value : undefined
    },
  }
}
