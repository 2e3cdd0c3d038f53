import { joinBytes } from '../../bytes/join-bytes.ts'
import { FormatError } from '../../errors.ts'
import { BASE_BLOCK_SIZE, BASE_SECTOR_SIZE, type BaseBlock, FILE_TYPE, readBaseBlock } from '../base-block.ts'
import { ENTRY_HEAD_SIZE } from '../log-entry.ts'
import { Marvin32 } from '../marvin32.ts'
import { SECTOR_SIZE } from '../overlay.ts'
import { changeBaseBlock } from './base-block-writer.ts'

/** Stretches that Windows logs; each is eight sectors of the old form's bitmap. */
const GRAIN = 4096

/** How a hive with unfinished writes is left. */
export interface DirtyOptions {
  /**
   * `entries`: logs of the form that Windows 8.1 began, an entry for each state. `vector`: one log of the form before
   * it, with all that the last state has other than the first.
   */
  readonly form: 'entries' | 'vector'
  /** States that go to the first log; those after them go to a second one. All when absent. */
  readonly inFirstLog?: number
}

/** A hive with unfinished writes, and its logs. */
export interface DirtyHive {
  readonly main: Uint8Array
  /** `.LOG1`, and `.LOG2` where there is one. */
  readonly logs: readonly Uint8Array[]
}

/**
 * The files of a hive that Windows began to change and did not finish: the hive is still what it was, and its logs hold
 * what it was to be.
 *
 * @param states whole hives: what stands in the file, and what it was to be after each write
 * @throws {FormatError} `too-many` for fewer than two states, and as `readBaseBlock` for what is no hive
 */
export function writeDirtyHive(states: readonly Uint8Array[], options: DirtyOptions): DirtyHive {
  const [first, ...later] = states
  if (!first || later.length === 0)
    throw new FormatError('too-many', 0, 'A dirty hive needs a state to be and one it was')
  const base = readBaseBlock(first)
  const main = first.slice()
  changeBaseBlock(main, { primarySequence: (base.primarySequence + 1) >>> 0 })
  if (options.form === 'vector') {
    const last = later.at(-1)!
    changeBaseBlock(main, { lastWritten: readBaseBlock(last).lastWritten })
    return { main, logs: [vectorLog(first, last)] }
  }
  const inFirstLog = options.inFirstLog ?? later.length
  const logs = [
    entryLog(states.slice(0, inFirstLog + 1), base.secondarySequence),
    ...(inFirstLog < later.length
      ? [entryLog(states.slice(inFirstLog), (base.secondarySequence + inFirstLog) >>> 0)]
      : []),
  ]
  return { main, logs }
}

/** A log of the new form: an entry for what each state has other than the one before it. */
function entryLog(states: readonly Uint8Array[], firstSequence: number): Uint8Array {
  const parts = [logBase(states.at(-1)!, FILE_TYPE.newLog, firstSequence)]
  for (let i = 1; i < states.length; i++) {
    parts.push(entryBytes(states[i - 1]!, states[i]!, (firstSequence + i - 1) >>> 0))
  }
  return joinBytes(parts)
}

/** One entry; see `readLogRun` for the fields. */
function entryBytes(before: Uint8Array, after: Uint8Array, sequence: number): Uint8Array {
  const pages = changedGrains(before, after)
  const used = ENTRY_HEAD_SIZE + pages.length * (8 + GRAIN)
  const bytes = new Uint8Array(Math.ceil(used / SECTOR_SIZE) * SECTOR_SIZE)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x48764c45)
  view.setUint32(4, bytes.length, true)
  view.setUint32(12, sequence, true)
  view.setUint32(16, after.length - BASE_BLOCK_SIZE, true)
  view.setUint32(20, pages.length, true)
  for (const [i, offset] of pages.entries()) {
    view.setUint32(ENTRY_HEAD_SIZE + 8 * i, offset, true)
    view.setUint32(ENTRY_HEAD_SIZE + 8 * i + 4, GRAIN, true)
    bytes.set(grainOf(after, offset), ENTRY_HEAD_SIZE + 8 * pages.length + GRAIN * i)
  }
  setHash(view, 24, bytes.subarray(ENTRY_HEAD_SIZE))
  setHash(view, 32, bytes.subarray(0, 32))
  return bytes
}

function setHash(view: DataView, at: number, hashed: Uint8Array): void {
  const { low, high } = new Marvin32().update(hashed).finish()
  view.setUint32(at, low, true)
  view.setUint32(at + 4, high, true)
}

/** A log of the old form; see `readDirtyVector` for the fields. */
function vectorLog(before: Uint8Array, after: Uint8Array): Uint8Array {
  const base = readBaseBlock(before)
  const binsSize = after.length - BASE_BLOCK_SIZE
  const vector = new Uint8Array(Math.ceil((4 + binsSize / GRAIN) / SECTOR_SIZE) * SECTOR_SIZE)
  new DataView(vector.buffer).setUint32(0, 0x44495254)
  const pages = changedGrains(before, after)
  for (const offset of pages) vector[4 + offset / GRAIN] = 0xff
  const sequence = (base.primarySequence + 1) >>> 0
  return joinBytes([
    logBase(after, FILE_TYPE.oldLog, sequence),
    vector,
    ...pages.map((offset) => grainOf(after, offset)),
  ])
}

/** The first sector of a log: that of the hive, with what a log says differently. */
function logBase(state: Uint8Array, fileType: BaseBlock['fileType'], sequence: number): Uint8Array {
  const bytes = state.slice(0, BASE_SECTOR_SIZE)
  changeBaseBlock(bytes, { primarySequence: sequence, secondarySequence: sequence, fileType })
  return bytes
}

/** Where in the bins two states differ. */
function changedGrains(before: Uint8Array, after: Uint8Array): number[] {
  const offsets: number[] = []
  for (let offset = 0; offset < after.length - BASE_BLOCK_SIZE; offset += GRAIN) {
    const old = grainOf(before, offset)
    if (old.length < GRAIN || grainOf(after, offset).some((byte, i) => byte !== old[i])) offsets.push(offset)
  }
  return offsets
}

function grainOf(state: Uint8Array, offset: number): Uint8Array {
  return state.subarray(BASE_BLOCK_SIZE + offset, BASE_BLOCK_SIZE + offset + GRAIN)
}
