import type { KeyFolder } from '../../src/facts/key-file.ts'
import type { MachineEvidence } from '../../src/facts/machine-facts.ts'
import type { HiveEvidence } from '../../src/facts/registry.ts'
import { openHive } from '../../src/hive/hive.ts'
import { bytesInMemory } from '../../src/hive/hive-bytes.ts'
import type { KeyDescription } from '../../src/hive/write/hive-description.ts'
import { writeHive } from '../../src/hive/write/hive-writer.ts'

/** When every key of these hives was last written. */
export const WRITTEN = '2026-03-13T15:40:02Z'
export const MACHINE_GUID = '0cd83c84-1b0c-4b5a-8f4b-7f8b1c2d3e4f'
/** The file of the listener's own key on that machine. */
export const LISTENER_KEY_FILE = `f686aace6942fb7f7ceb231212eef4a4_${MACHINE_GUID}`

/** Keys by their paths; the keys between are made. */
export type ByPath = Readonly<Record<string, NonNullable<KeyDescription['values']>>>

/** A hive that holds some keys. */
export function hiveOf(keys: ByPath): Uint8Array {
  const root: Tree = { values: {}, keys: {} }
  for (const [path, values] of Object.entries(keys)) {
    let at = root
    for (const name of path.split('\\')) {
      at.keys[name] ??= { values: {}, keys: {} }
      at = at.keys[name]
    }
    at.values = values
  }
  return writeHive({ lastWrite: WRITTEN, ...root })
}

interface Tree {
  values: NonNullable<KeyDescription['values']>
  readonly keys: Record<string, Tree>
}

/** A hive as evidence. */
export function hiveEvidence(file: string, keys: ByPath): HiveEvidence {
  return { file, state: 'present', hive: openHive(bytesInMemory(hiveOf(keys))) }
}

/** The keys that every SYSTEM hive of these tests has. */
export const SELECT: ByPath = { Select: { Current: 1, Default: 1, Failed: 0, LastKnownGood: 2 }, ControlSet001: {} }

/** A folder of keys that was listed. */
export function machineKeys(...names: readonly string[]): KeyFolder {
  const files = names.map((name) => ({ name, size: 2_000 }))
  return { id: 'machine-keys', name: 'F:/MachineKeys', path: '/mnt/MachineKeys', state: 'present', files }
}

/** Hives and key folders of one machine. */
export function machineEvidence(parts: {
  readonly system?: ByPath
  readonly software?: ByPath
  readonly keyFolders?: readonly KeyFolder[]
}): MachineEvidence {
  return {
    hives: {
      SYSTEM: hiveEvidence('F:/config/SYSTEM', { ...SELECT, ...parts.system }),
      SOFTWARE: hiveEvidence('F:/config/SOFTWARE', {
        'Microsoft\\Cryptography': { MachineGuid: MACHINE_GUID },
        ...parts.software,
      }),
    },
    keyFolders: parts.keyFolders ?? [machineKeys(LISTENER_KEY_FILE)],
  }
}
