import { listsBy } from '../bytes/lists-by.ts'
import { fullNames } from './full-names.ts'
import type { LogPart } from './host-input.ts'
import { firstLabel, type Rename, sameComputer } from './renames.ts'

/** A rename, with the names as records carry them: 6011 holds short names, its own Computer may be the full one. */
interface Link {
  readonly from: string
  readonly to: string
  /** Computer of the records before the rename. */
  readonly old: string
  /** Computer of the records after it. */
  readonly heir: string
  readonly file: string
  readonly teller: string
}

/**
 * The key of the host that a part of a loose log belongs to: its Computer, joined with another only where a 6011 says
 * that they are one, or where one is the other's full name (see `fullNames`). A record without a Computer belongs to
 * its log alone, and so does a name that several computers started from (an image's), unless its log holds just one of
 * them.
 */
export function looseKeys(parts: readonly LogPart[], renames: readonly Rename[]): (part: LogPart) => string {
  const links = linksOf(renames)
  const isShared = sharedNames(links)
  const full = fullNames(parts)
  const keyOf = (part: LogPart) => {
    const { file, computer } = part
    return computer === '' || isShared(computer) ? `${file}\0${computer.toLowerCase()}` : full.of(part)
  }
  const { join, rootOf } = joinedKeys()
  const ownOf = listsBy(links, ({ file }) => file)
  const heirsOf = new Map<string, Map<string, Link>>()
  for (const link of links) {
    const heirs = heirsOf.get(link.old) ?? new Map<string, Link>()
    heirsOf.set(link.old, heirs.set(link.heir, link))
  }
  for (const [file, inFile] of listsBy(parts, (part) => part.file)) {
    const meetings = [...meetingsByTeller(inFile, ownOf.get(file) ?? []), ...meetingsByName(inFile, heirsOf)]
    for (const [, sameFrom] of listsBy(meetings, ({ link }) => link.from)) {
      // Where two heirs of one name meet, it is a collector's log, and nobody can say whose the old records are.
      if (new Set(sameFrom.map(({ link }) => link.to)).size > 1) continue
      for (const { one } of sameFrom) for (const part of one) join(keyOf(one[0] ?? part), keyOf(part))
    }
  }
  // The log that tells of a rename proves it for every log of a name that only one computer had.
  for (const { from, old, heir } of links) {
    const [before, after] = [full.ofName(old), full.ofName(heir)]
    if (!isShared(from) && before !== undefined && after !== undefined) join(before, after)
  }
  return (part) => rootOf(keyOf(part))
}

/** The renames that one of the two computers tells of itself, names in lower case. */
function linksOf(renames: readonly Rename[]): readonly Link[] {
  return renames.flatMap(({ from, to, event }) => {
    const isOld = sameComputer(event.computer, from)
    const isHeir = sameComputer(event.computer, to)
    if (!isOld && !isHeir) return []
    const [old, heir] = [isOld ? event.computer : from, isHeir ? event.computer : to]
    const lower = (name: string) => name.toLowerCase()
    const names = {
      from: lower(from),
      to: lower(to),
      old: lower(old),
      heir: lower(heir),
      teller: lower(event.computer),
    }
    return [{ ...names, file: event.file }]
  })
}

/** The parts of one log that a rename makes one computer's. */
interface Meeting {
  readonly link: Link
  readonly one: readonly LogPart[]
}

/**
 * In the log that holds the 6011. The side that wrote it is known by its exact name; the other may be meant by its
 * first label, unless two computers of this log share that.
 */
function meetingsByTeller(inFile: readonly LogPart[], own: readonly Link[]): readonly Meeting[] {
  if (own.length === 0) return []
  const byLabel = listsBy(inFile, ({ computer }) => firstLabel(computer).toLowerCase())
  const meant = (name: string, teller: string) => {
    const alike = byLabel.get(firstLabel(name)) ?? []
    if (name === teller) return alike.filter(({ computer }) => computer.toLowerCase() === name)
    const named = alike.filter(({ computer }) => sameComputer(computer, name))
    return named.every((a) => named.every((b) => sameComputer(a.computer, b.computer))) ? named : []
  }
  return own.flatMap((link) => {
    const [old, heirs] = [meant(link.old, link.teller), meant(link.heir, link.teller)]
    return old.length > 0 && heirs.length > 0 ? [{ link, one: [...old, ...heirs] }] : []
  })
}

/** In any log, by exact names: in another log of that computer the two meet again. */
function meetingsByName(
  inFile: readonly LogPart[],
  heirsOf: ReadonlyMap<string, ReadonlyMap<string, Link>>,
): readonly Meeting[] {
  const byName = listsBy(inFile, ({ computer }) => computer.toLowerCase())
  const meetings: Meeting[] = []
  for (const [old, olds] of byName) {
    const heirs = heirsOf.get(old)
    if (heirs === undefined) continue
    // An image has as many heirs as a case has computers: the shorter list is walked.
    for (const name of heirs.size < byName.size ? heirs.keys() : byName.keys()) {
      const [link, heir] = [heirs.get(name), byName.get(name)]
      if (link !== undefined && heir !== undefined) meetings.push({ link, one: [...olds, ...heir] })
    }
  }
  return meetings
}

/** Tells names that different computers left for different names, and names that lead to such a one. */
function sharedNames(links: readonly Link[]): (computer: string) => boolean {
  const parents = listsBy(links, ({ to }) => to)
  const shared = new Set<string>()
  const found: string[] = []
  for (const [from, leaving] of listsBy(links, (link) => link.from)) {
    const heirs = new Set(leaving.map(({ to }) => to))
    const tellers = new Set(leaving.map(({ file, teller }) => `${file}\0${teller}`))
    if (heirs.size > 1 && tellers.size > 1) found.push(from)
  }
  for (let name = found.pop(); name !== undefined; name = found.pop()) {
    if (shared.has(name)) continue
    shared.add(name)
    found.push(...(parents.get(name) ?? []).map(({ from }) => from))
  }
  const byLabel = listsBy([...shared], firstLabel)
  return (computer) =>
    (byLabel.get(firstLabel(computer).toLowerCase()) ?? []).some((name) => sameComputer(name, computer))
}

/** Keys that are joined two by two, and the one that stands for all of a group. */
function joinedKeys() {
  const parents = new Map<string, string>()
  const rootOf = (key: string): string => {
    let root = key
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent
    for (let at = key; at !== root; ) {
      const next = parents.get(at) ?? root
      parents.set(at, root)
      at = next
    }
    return root
  }
  const join = (a: string, b: string) => {
    const [rootOfA, rootOfB] = [rootOf(a), rootOf(b)]
    if (rootOfA !== rootOfB) parents.set(rootOfB, rootOfA)
  }
  return { join, rootOf }
}
