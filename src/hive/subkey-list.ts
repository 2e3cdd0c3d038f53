import { uint16At } from '../bytes/little-endian.ts'
import { viewOf } from '../bytes/view.ts'
import { type Cell, type Cells, placeOf } from './cells.ts'
import { hashOfName, upcase } from './name.ts'

/** Signatures of the lists. */
const INDEX_LEAF = 0x696c
const FAST_LEAF = 0x666c
const HASH_LEAF = 0x686c
const INDEX_ROOT = 0x6972
/**
 * Subkeys of one key that are looked at: twice as many as any Windows was seen with, and what bounds a hostile list.
 */
const MOST_SUBKEYS = 1 << 20

/** A list of up to 65,535 entries, each a place, with four bytes about the name in `lf` and `lh`. */
interface List {
  readonly signature: number
  readonly entries: DataView
  readonly count: number
  /** Bytes of an entry: 4 or 8. */
  readonly width: number
}

/**
 * Places of a key's subkeys, each once.
 *
 * @param at place of an `li`, `lf` or `lh`, or of an `ri` of those
 */
export function* walkListed(cells: Cells, at: number): Generator<number> {
  const seen = new Set<number>()
  for (const list of walkLeaves(cells, at)) {
    for (let i = 0; i < list.count; i++) {
      const place = placeIn(list, i)
      if (seen.has(place)) {
        cells.refuse(place, 0, `The key at ${placeOf(place)} is listed twice below one key; it is given once`)
        continue
      }
      if (seen.size >= MOST_SUBKEYS) {
        cells.refuse(at, 0, `The list at ${placeOf(at)} has more than ${MOST_SUBKEYS} subkeys; the rest is not read`)
        return
      }
      seen.add(place)
      yield place
    }
  }
}

/**
 * Places of those subkeys that may have a name, by the hash or hint that their list holds; of an `li`, which holds
 * none, all. Hashes and hints may be wrong: a name that is not among them may still be one of `walkListed`.
 *
 * @param upcased the name
 */
export function* walkAlike(cells: Cells, at: number, upcased: string): Generator<number> {
  const hash = hashOfName(upcased)
  const start = upcased.slice(0, 4)
  const given = new Set<number>()
  for (const list of walkLeaves(cells, at)) {
    const { signature, entries, count } = list
    for (let i = 0; i < count && given.size < MOST_SUBKEYS; i++) {
      if (signature === HASH_LEAF && entries.getUint32(i * 8 + 4, true) !== hash) continue
      if (signature === FAST_LEAF && upcase(textOfHint(entries.getUint32(i * 8 + 4, true))) !== start) continue
      const place = placeIn(list, i)
      if (!given.has(place)) yield place
      given.add(place)
    }
  }
}

function placeIn({ entries, width }: List, index: number): number {
  return entries.getUint32(index * width, true)
}

/** The characters of a fast leaf's hint. */
function textOfHint(hint: number): string {
  let text = ''
  for (let shift = 0; shift < 32; shift += 8) {
    const byte = (hint >>> shift) & 0xff
    if (byte === 0) break
    text += String.fromCharCode(byte)
  }
  return text
}

/** The leaves of a list: itself, or those of an index root. An index root in an index root is none. */
function* walkLeaves(cells: Cells, at: number): Generator<List> {
  const top = readList(cells, at)
  if (top?.signature !== INDEX_ROOT) {
    if (top) yield top
    return
  }
  const seen = new Set<number>()
  for (let i = 0; i < top.count; i++) {
    const place = top.entries.getUint32(i * 4, true)
    if (seen.has(place)) {
      cells.refuse(place, 0, `The list at ${placeOf(place)} is listed twice below one key; it is read once`)
      continue
    }
    seen.add(place)
    const leaf = readList(cells, place)
    if (leaf && leaf.signature !== INDEX_ROOT) yield leaf
    else if (leaf) cells.refuse(place, 0, `The list at ${placeOf(place)} is a list of lists in another one`)
  }
}

/**
 * Reads one list of subkeys.
 *
 *     offset  size  field
 *          0     2  signature: "li", "lf", "lh" or "ri"
 *          2     2  count
 *          4     …  entries: a place; in "lf" and "lh" four bytes about the name after it
 *
 * Source: msuhanov's regf specification, "Index leaf" to "Index root".
 */
function readList(cells: Cells, at: number): List | undefined {
  const cell = cells.find(at, 'A list of subkeys')
  if (!cell || !cells.seek(cell, 0, 4, 'The list of subkeys')) return undefined
  const signature = uint16At(cells.bytes, cells.start)
  const stated = uint16At(cells.bytes, cells.start + 2)
  const width = widthOf(signature)
  if (width === undefined) return cells.refuse(at, 0, `There is no list of subkeys at ${placeOf(at)}`)
  const count = countThatFits(cells, cell, stated, width)
  const entries = cells.readView(cell, 4, count * width, 'The list of subkeys')
  return entries && { signature, entries: viewOf(entries), count, width }
}

function widthOf(signature: number): 4 | 8 | undefined {
  if (signature === INDEX_LEAF || signature === INDEX_ROOT) return 4
  return signature === FAST_LEAF || signature === HASH_LEAF ? 8 : undefined
}

function countThatFits(cells: Cells, cell: Cell, count: number, width: number): number {
  const room = Math.floor((cell.length - 4) / width)
  if (count <= room) return count
  const detail = `The list of subkeys at ${placeOf(cell.at)} says ${count}, and its cell holds ${room}`
  cells.refuse(cell.at, 0, detail)
  return room
}
