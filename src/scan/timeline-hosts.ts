import type { HostGroup } from '../correlate/hosts.ts'
import { COMPUTER_RENAMED } from '../correlate/renames.ts'
import type { Collection } from '../evidence/collection.ts'
import type { SeenNames } from './read-matching.ts'
import { hostOf, type Whose } from './row-output.ts'
import type { Run } from './row-run.ts'
import { survey } from './survey.ts'
import { tellHostsApart } from './tell-apart.ts'
import type { ScanOptions, Watch } from './watch.ts'

/**
 * The name that a host is shown under.
 *
 * @param file log of a row
 * @param host as the row bears it, which is made of the label of its volume or of its record alone
 */
export type ShownHost = (file: string, host: string) => string

/** Whose records a log of a collection holds. */
export function whoseIs({ logs, roots }: Collection, log: number): Whose {
  const { root, forwarded } = logs[log]!
  const { kind, label } = roots[root]!
  return { forwarded, label: kind === 'volume' ? label : '' }
}

/**
 * Gathers the hosts that rows name while logs are read, and finds out at the end which of them are one, and what they
 * are called: as `analyze` tells hosts apart, so that the two can be laid side by side.
 */
export class HostNames {
  readonly #collection: Collection
  readonly #labels: ReadonlySet<string>
  /** The first host that is named by its records. */
  #first: string | undefined
  #areSeveral = false

  constructor(collection: Collection) {
    this.#collection = collection
    this.#labels = new Set(collection.roots.flatMap(({ kind, label }) => (kind === 'volume' ? [label] : [])))
  }

  /** Takes in what the rows of a run name. */
  addRun({ hosts }: Pick<Run, 'hosts'>): void {
    for (const host of hosts) this.#add(host)
  }

  /** Takes in what the records of a log name, wanted or not. */
  addNames(log: number, names: SeenNames | undefined): void {
    const whose = whoseIs(this.#collection, log)
    for (const computer of names?.computers ?? []) this.#add(hostOf(whose, computer))
  }

  /**
   * How hosts are shown. Where several are named by their records all logs are scanned once more: a rename may stand in
   * any of them. Undefined where nothing is to be changed.
   */
  async settle(options: ScanOptions, { signal }: Watch): Promise<ShownHost | undefined> {
    const kinds = new Set(this.#collection.roots.map(({ kind }) => kind))
    if (this.#first === undefined || (!this.#areSeveral && kinds.size === 1)) return undefined
    const needs = [COMPUTER_RENAMED]
    // Checksums were held against the records when those were read.
    const surveyed = await survey(this.#collection, needs, { ...options, verify: false }, { signal })
    return shownIn(await tellHostsApart(surveyed, this.#collection, needs, () => {}))
  }

  #add(host: string): void {
    // A record without a computer is of no host.
    if (host === '' || this.#labels.has(host)) return
    this.#first ??= host
    if (host !== this.#first) this.#areSeveral = true
  }
}

function shownIn(groups: readonly HostGroup[]): ShownHost {
  const shown = new Map<string, string>()
  for (const { host, parts } of groups) {
    for (const { file, rootKind, rootLabel, forwarded, computer } of parts) {
      const named = hostOf({ label: rootKind === 'volume' ? rootLabel : '', forwarded }, computer)
      shown.set(keyOf(file, named), host)
    }
  }
  // A record that names no computer stays without a host: the name of its log stands beside it anyway.
  return (file, host) => (host === '' ? host : (shown.get(keyOf(file, host)) ?? host))
}

function keyOf(file: string, host: string): string {
  return `${file}\0${host.toLowerCase()}`
}
