import type { HostGroup } from '../correlate/hosts.ts'
import { sameLabel } from '../correlate/renames.ts'
import type { Collection, EvidenceRoot } from '../evidence/collection.ts'
import type { Machine } from '../evidence/machine.ts'
import type { MachineFacts } from '../facts/machine-facts.ts'
import type { MachineFactsOptions } from './machine-facts.ts'

/** What lies beside a host's logs. */
export interface HostDisk {
  readonly facts: MachineFacts
  /** Where its root was given as a drive: `F:`. */
  readonly drive?: string
}

/**
 * Reads the hives and key folders beside the logs, and gives each to the host whose they are: a volume's to the volume,
 * loose ones to the host of their folder that is called as the hive says. Hives of another computer that lie beside
 * loose logs are nobody's: what they say must not convict.
 *
 * @throws the signal's reason when it is aborted
 */
export async function hostDisks(
  groups: readonly HostGroup[],
  { roots }: Collection,
  options: MachineFactsOptions,
): Promise<ReadonlyMap<HostGroup, HostDisk>> {
  const disks = new Map<HostGroup, HostDisk>()
  for (const [position, { machine, path, kind }] of roots.entries()) {
    if (!machine || !isCollected(machine)) continue
    // Most logs come without hives: what reads them is loaded when there is one.
    const { machineFacts } = await import('./machine-facts.ts')
    const facts = await machineFacts(machine, options)
    const owner = ownerOf(groups, position, facts, kind)
    const drive = /^([A-Za-z]:)[\\/]?$/.exec(path)?.[1]?.toUpperCase()
    if (owner && !disks.has(owner)) disks.set(owner, { facts, ...(drive !== undefined && { drive }) })
  }
  return disks
}

/** Of a copy of logs alone there is nothing to tell. */
function isCollected({ hives, keyFolders }: Machine): boolean {
  return [...hives, ...keyFolders].some(({ state }) => state !== 'not-collected')
}

function ownerOf(
  groups: readonly HostGroup[],
  root: number,
  facts: MachineFacts,
  kind: EvidenceRoot['kind'],
): HostGroup | undefined {
  const here = groups.filter(({ parts, silent }) => {
    const own = parts.filter((part) => part.root === root)
    return own.some(({ forwarded }) => !forwarded) || (parts.length === 0 && silent.some((log) => log.root === root))
  })
  const names = [facts.text('name.computer'), facts.text('name.host')].filter((name) => name !== undefined)
  const [only, ...others] = here
  const isNameless = names.length === 0 || only?.computers.length === 0
  if (others.length === 0 && (kind === 'volume' || isNameless)) return only
  return here.find(({ computers }) => computers.some((computer) => names.some((name) => sameLabel(computer, name))))
}
