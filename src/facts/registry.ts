import type { Hive } from '../hive/hive.ts'
import type { HiveKey } from '../hive/key.ts'
import { dwordOf, type HiveValue } from '../hive/value.ts'
import type { FactSource, FactState } from './fact.ts'
import { CURRENT_CONTROL_SET, type HiveName } from './registry-fact.ts'

/** Why a place is unreadable where nothing was found and damage was met. */
const DAMAGED = 'The hive is damaged on the way there'

/** A hive of one machine, or why there is none. */
export type HiveEvidence =
  | { readonly file: string; readonly state: 'present'; readonly hive: Hive }
  | { readonly file: string; readonly state: Exclude<FactState, 'present'>; readonly reason?: string }

/** What a look at one place gives: the thing, or why there is none. */
export type Look<Thing> = Found<Thing> | Missing

/** A place with what was looked for. */
interface Found<Thing> {
  readonly state: 'present'
  readonly thing: Thing
  readonly source: FactSource
  /** Why a list lacks some: what it does not hold may be there. One sentence without full stop. */
  readonly incomplete?: string
}

/** A place without what was looked for. */
export interface Missing {
  readonly state: Exclude<FactState, 'present'>
  /** One sentence without full stop; set unless absent. */
  readonly reason?: string
  readonly source: FactSource
}

/** Looks keys and values up in the hives of one machine. What damage hides is unreadable, never absent. */
export interface Registry {
  /** `ControlSet001`, or why the control set in force is not known. */
  readonly controlSet: Look<string>
  /** A key by its path, in any letter case; `CurrentControlSet\` stands for the control set in force. */
  key(hive: HiveName, path: string): Look<HiveKey>
  /** A value of a key. */
  value(hive: HiveName, path: string, name: string): Look<HiveValue>
  /** All direct subkeys of a key, at most `limit`. */
  subkeys(hive: HiveName, path: string, limit: number): Look<readonly HiveKey[]>
  /** All values of a key, at most `limit`. */
  values(hive: HiveName, path: string, limit: number): Look<readonly HiveValue[]>
}

/** Lookups in the hives of one machine. */
export function openRegistry(hives: Readonly<Record<HiveName, HiveEvidence>>): Registry {
  const lookups = { SYSTEM: lookupIn(hives.SYSTEM), SOFTWARE: lookupIn(hives.SOFTWARE) }
  const controlSet = controlSetIn(lookups.SYSTEM)
  const find = (hive: HiveName, path: string): Look<HiveKey> => {
    if (path !== CURRENT_CONTROL_SET && !path.startsWith(`${CURRENT_CONTROL_SET}\\`)) return lookups[hive].key(path)
    if (controlSet.state !== 'present') return { ...controlSet, source: { file: controlSet.source.file, key: path } }
    return lookups[hive].key(controlSet.thing + path.slice(CURRENT_CONTROL_SET.length))
  }
  // By the path as the facts have it, a constant: to join and to lower one costs more than all else of finding its key.
  const found = { SYSTEM: new Map<string, Look<HiveKey>>(), SOFTWARE: new Map<string, Look<HiveKey>>() }
  const key = (hive: HiveName, path: string): Look<HiveKey> => {
    const known = found[hive].get(path)
    if (known) return known
    const look = find(hive, path)
    found[hive].set(path, look)
    return look
  }
  return {
    controlSet,
    key,
    value: (hive, path, name) => lookups[hive].value(key(hive, path), name),
    subkeys: (hive, path, limit) => lookups[hive].all(key(hive, path), (found) => found.subkeys(), limit),
    values: (hive, path, limit) => lookups[hive].all(key(hive, path), (found) => found.values(), limit),
  }
}

/** Lookups in one hive, or in none. */
interface Lookup {
  key(path: string): Look<HiveKey>
  value(key: Look<HiveKey>, name: string): Look<HiveValue>
  all<Thing>(key: Look<HiveKey>, walk: (found: HiveKey) => Iterable<Thing>, limit: number): Look<readonly Thing[]>
}

function lookupIn(evidence: HiveEvidence): Lookup {
  const { file } = evidence
  if (evidence.state !== 'present') {
    const why =
      evidence.reason ?? (evidence.state === 'unreadable' ? 'The hive could not be read' : 'There is no such hive')
    // A hive that is not there says nothing about its values.
    const state = evidence.state === 'absent' ? 'not-collected' : evidence.state
    return {
      key: (path) => ({ state, reason: why, source: { file, key: path } }),
      value: (key, name) => named(asMissing(key), name),
      all: asMissing,
    }
  }
  const { hive } = evidence
  const guarded = <Result>(look: () => Result): { result: Result; why: string | undefined } => {
    const before = hive.damageMet
    const result = look()
    return { result, why: hive.damageMet > before ? DAMAGED : undefined }
  }
  const found = (thing: HiveKey): Look<HiveKey> => {
    return { state: 'present', thing, source: { file, key: thing.path, lastWrite: thing.lastWrite } }
  }
  const keys = new Map<string, Look<HiveKey>>([['', found(hive.root)]])
  // Step by step, and each step once: most asked-for keys lie beside each other.
  const key = (path: string): Look<HiveKey> => {
    const known = keys.get(path.toLowerCase())
    if (known) return known
    const cut = path.lastIndexOf('\\')
    const parent = key(cut < 0 ? '' : path.slice(0, cut))
    const look = ((): Look<HiveKey> => {
      if (parent.state !== 'present') return { ...parent, source: { ...parent.source, key: path } }
      const { result, why } = guarded(() => parent.thing.subkey(path.slice(cut + 1)))
      return result ? found(result) : missing({ file, key: path, lastWriteAbove: parent.thing.lastWrite }, why)
    })()
    keys.set(path.toLowerCase(), look)
    return look
  }
  return {
    key,
    value: (holder, name) => {
      if (holder.state !== 'present') return named(holder, name)
      const before = hive.damageMet
      const result = holder.thing.value(name)
      const why = hive.damageMet > before ? DAMAGED : undefined
      const source = { ...holder.source, value: name }
      return result ? { state: 'present', thing: result, source } : missing(source, why)
    },
    all: (holder, walk, limit) => {
      if (holder.state !== 'present') return holder
      const { result, why } = guarded(() => firstOf(walk(holder.thing), limit))
      return why === undefined || result.length > 0
        ? { state: 'present', thing: result, source: holder.source, ...(why !== undefined && { incomplete: why }) }
        : missing(holder.source, why)
    },
  }
}

function firstOf<Thing>(things: Iterable<Thing>, limit: number): readonly Thing[] {
  const first: Thing[] = []
  for (const thing of things) {
    if (first.length >= limit) break
    first.push(thing)
  }
  return first
}

function missing(source: FactSource, why: string | undefined): Missing {
  return why === undefined ? { state: 'absent', source } : { state: 'unreadable', reason: why, source }
}

function named(look: Missing, value: string): Missing {
  return { ...look, source: { ...look.source, value } }
}

/** A lookup without a hive finds nothing. */
function asMissing(look: Look<unknown>): Missing {
  if (look.state === 'present') throw new Error('A key was found in a hive that is not there')
  return look
}

/** `ControlSet001`: the key of a control set by its number. */
export function controlSetName(number: number): string {
  return `ControlSet${String(number).padStart(3, '0')}`
}

/** The name of the control set that `Select\Current` says is in force. */
function controlSetIn(lookup: Lookup): Look<string> {
  const current = lookup.value(lookup.key('Select'), 'Current')
  const unknown = (why: string): Missing => {
    // The control sets are there: nothing in them is absent, it is only not known which of them counts.
    return { state: 'unreadable', reason: `The control set in force is not known: ${why}`, source: current.source }
  }
  if (current.state === 'absent') return unknown('Select\\Current is absent')
  if (current.state !== 'present') return current
  const number = dwordOf(current.thing)
  if (number === undefined) return unknown(`Select\\Current is no number (${current.thing.typeName})`)
  if (number < 1 || number > 999) return unknown(`Select\\Current names none (${number})`)
  const name = controlSetName(number)
  const set = lookup.key(name)
  // Of a set that is not there everything would read as absent, and a repair would make a stub of it.
  if (set.state === 'absent') return unknown(`the hive does not hold it (${name})`)
  if (set.state !== 'present') return { ...set, source: current.source }
  return { state: 'present', thing: name, source: current.source }
}
