import { join } from 'node:path'
import { EvtxError } from '../errors.ts'
import { readAccessControl } from '../evidence/access-control.ts'
import { type HiveBytes, hiveBytes } from '../evidence/hive-bytes.ts'
import type { HiveFile, Machine } from '../evidence/machine.ts'
import { errorCode, reasonUnreadable } from '../evidence/why-unreadable.ts'
import type { DescriptorEvidence } from '../facts/access-facts.ts'
import type { FactSelection } from '../facts/judged-facts.ts'
import type { KeyFolder } from '../facts/key-file.ts'
import { type MachineFacts, machineFactsOf, type RegistryReading, readRegistry } from '../facts/machine-facts.ts'
import type { HiveEvidence } from '../facts/registry.ts'
import type { HiveName } from '../facts/registry-fact.ts'
import { openHive } from '../hive/hive.ts'

/** How a machine's facts are read. */
export interface MachineFactsOptions {
  readonly signal?: AbortSignal
  /** All when absent. */
  readonly selection?: FactSelection
  /** A test brings its own. */
  readonly readAccess?: (path: string) => Promise<DescriptorEvidence>
}

const NOT_IN_ARCHIVE = 'An archive holds no access control'

/**
 * Reads what the hives and key folders beside a machine's logs say. Of a hive only the asked-for places are read; it is
 * open meanwhile, and closed before access control is read.
 *
 * @throws the signal's reason when it is aborted
 */
export async function machineFacts(machine: Machine, options: MachineFactsOptions = {}): Promise<MachineFacts> {
  const { signal, readAccess = (path) => readAccessControl(path, signal ? { signal } : {}) } = options
  signal?.throwIfAborted()
  const reading = await readHives(machine, options.selection)
  signal?.throwIfAborted()
  return machineFactsOf(reading, await readDescriptors(reading, readAccess))
}

async function readHives(machine: Machine, selection: FactSelection | undefined): Promise<RegistryReading> {
  const opened: HiveBytes[] = []
  try {
    const hives: Record<HiveName, HiveEvidence> = {
      SYSTEM: await openEvidence(machine, 'SYSTEM', opened),
      SOFTWARE: await openEvidence(machine, 'SOFTWARE', opened),
    }
    return readRegistry({ hives, keyFolders: machine.keyFolders }, selection)
  } finally {
    for (const bytes of opened) bytes.close()
  }
}

async function openEvidence(machine: Machine, name: HiveName, opened: HiveBytes[]): Promise<HiveEvidence> {
  const file = machine.hives.find(({ hive }) => hive === name)
  if (!file) return { file: name, state: 'not-collected' }
  const { state, source, reason } = file
  if (state !== 'present' || !source) {
    return {
      file: file.name,
      state: state === 'present' ? 'unreadable' : state,
      ...(reason !== undefined && { reason }),
    }
  }
  try {
    const main = await hiveBytes(source)
    opened.push(main)
    return { file: file.name, state: 'present', hive: openHive(main, await openLogs(file, opened)) }
  } catch (error) {
    return { file: file.name, state: 'unreadable', reason: reasonOf(error) }
  }
}

/** A log of a hive that cannot be opened is a log that is not there: the hive says itself that it is not whole. */
async function openLogs({ logs }: HiveFile, opened: HiveBytes[]): Promise<readonly HiveBytes[]> {
  const readable: HiveBytes[] = []
  for (const { source } of logs) {
    try {
      const bytes = await hiveBytes(source)
      opened.push(bytes)
      readable.push(bytes)
    } catch (error) {
      reasonOf(error)
    }
  }
  return readable
}

/** Why evidence could not be read; a mistake of ours is thrown on. */
function reasonOf(error: unknown): string {
  if (error instanceof EvtxError) return error.message
  if (errorCode(error) !== undefined) return reasonUnreadable(error)
  throw error
}

/** Descriptors of the folders of keys and of the keys' files that are there. */
async function readDescriptors(
  { keyFolders, keyFiles }: RegistryReading,
  readAccess: (path: string) => Promise<DescriptorEvidence>,
): Promise<ReadonlyMap<string, DescriptorEvidence>> {
  const read = (folder: KeyFolder, name = ''): Promise<DescriptorEvidence> => {
    if (folder.path === undefined) return Promise.resolve({ state: 'not-collected', reason: NOT_IN_ARCHIVE })
    return readAccess(join(folder.path, name))
  }
  const wanted = [
    ...keyFolders.filter(({ state }) => state === 'present').map((folder) => ({ of: folder.id, folder, name: '' })),
    ...keyFiles.flatMap(({ which, folder, name }) => (name === undefined ? [] : [{ of: which, folder, name }])),
  ]
  const descriptors = await Promise.all(
    wanted.map(async ({ of, folder, name }) => [of, await read(folder, name)] as const),
  )
  return new Map(descriptors)
}
