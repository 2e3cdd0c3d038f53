import { ticksFrom } from '../bytes/filetime.ts'
import { viewOf } from '../bytes/view.ts'
import { type Damage, FormatError } from '../errors.ts'
import { BASE_BLOCK_SIZE, BASE_SECTOR_SIZE, type BaseBlock, FILE_TYPE, readBaseBlock } from './base-block.ts'
import { Cells } from './cells.ts'
import { DamageList } from './damage-list.ts'
import type { HiveBytes } from './hive-bytes.ts'
import { type HiveKey, KeyShelf } from './key.ts'
import { PageCache } from './page-cache.ts'
import { recover } from './recover.ts'

export type { HiveBytes } from './hive-bytes.ts'

/** Bytes before the cells of a bin. */
const BIN_HEAD_SIZE = 32

/** One registry hive, with its unfinished writes made whole from its logs where that can be. */
export interface Hive {
  readonly root: HiveKey
  /**
   * `recovered`: made whole in memory from its logs; `dirty`: unfinished writes, and no log that holds them;
   * `truncated`: it ends before it should, whatever else there is to say of it.
   */
  readonly state: 'clean' | 'recovered' | 'dirty' | 'truncated'
  /** Bytes that it should have and that are missing at its end; 0 unless truncated. */
  readonly missing: number
  /** What has been met so far that could not be read; bounded, and each place once. */
  readonly damage: readonly Damage[]
  /**
   * How often damage was met so far. A look-up that finds nothing and raises it does not prove that nothing is there.
   */
  readonly damageMet: number
  /** A key by its path from the root, `ControlSet001\Control\Lsa`, in any letter case; '' is the root. */
  key(path: string): HiveKey | undefined
}

/**
 * Opens a hive. Little of it is read: what is asked for later is read then.
 *
 * @param main the hive; never written
 * @param logs its `.LOG1` and `.LOG2`, or its `.LOG`, in any order; looked at only where the hive has unfinished writes
 * @throws {FormatError} when this is no hive, or one without a root key; and what the first `read` of `main` throws
 */
export function openHive(main: HiveBytes, logs: readonly HiveBytes[] = []): Hive {
  const damage = new DamageList()
  const base = readOwnBase(main, damage)
  const binsWritten = readFirstBin(main, damage, base !== undefined)
  const trusted = base?.isIntact ? base : undefined
  const isClean = trusted !== undefined && trusted.primarySequence === trusted.secondarySequence
  const whole = isClean ? undefined : recover(main, logs, damage, { base: trusted, binsWritten })
  // Of a hive that lost its first block, all there is are bins, and the first cell of the first one is the root.
  const { bytes, rootCell, binsSize } = whole ?? {
    bytes: main,
    rootCell: base?.rootCell ?? BIN_HEAD_SIZE,
    binsSize: trusted?.binsSize ?? Math.max(0, main.size - BASE_BLOCK_SIZE),
  }
  const missing = Math.max(0, BASE_BLOCK_SIZE + binsSize - bytes.size)
  if (missing > 0) {
    const detail = `The hive should have ${BASE_BLOCK_SIZE + binsSize} bytes, and ${missing} of them are missing at its end`
    damage.add('truncated', bytes.size, missing, detail)
  }
  const root = new KeyShelf(new Cells(new PageCache(bytes, damage), binsSize, damage), rootCell).root()
  if (!root) {
    const why = damage.kept.at(-1)?.detail ?? 'nothing is there'
    throw new FormatError('bad-value', BASE_BLOCK_SIZE + rootCell, `The root key cannot be read: ${why}`)
  }
  return {
    root,
    state: missing > 0 ? 'truncated' : isClean ? 'clean' : whole ? 'recovered' : 'dirty',
    missing,
    damage: damage.kept,
    get damageMet() {
      return damage.met
    },
    key: (path) => keyAt(root, path),
  }
}

/** The hive's base block; undefined, and damage, where it is lost and the bins are there. */
function readOwnBase(main: HiveBytes, damage: DamageList): BaseBlock | undefined {
  try {
    const base = readBaseBlock(main.read(0, BASE_SECTOR_SIZE))
    if (base.fileType !== FILE_TYPE.hive && base.isIntact) {
      throw new FormatError('bad-value', 28, 'This is a transaction log of a hive, and no hive')
    }
    if (!base.isIntact) {
      damage.add('hive-header', 0, 0, 'The checksum of the first block is wrong; the hive is read all the same')
    }
    return base
  } catch (error) {
    if (!(error instanceof FormatError) || error.code !== 'bad-signature' || !hasFirstBin(main)) throw error
    const detail = 'The first block is lost; the root key is looked for where it always is'
    damage.add('hive-header', 0, BASE_BLOCK_SIZE, detail)
    return undefined
  }
}

function hasFirstBin(main: HiveBytes): boolean {
  const head = main.read(BASE_BLOCK_SIZE, BIN_HEAD_SIZE)
  return head.length === BIN_HEAD_SIZE && viewOf(head).getUint32(0) === 0x6862696e
}

/**
 * The time in the head of the first bin, FILETIME ticks; 0 where that is not there, which in a whole hive is damage.
 *
 *     offset  size  field
 *          0     4  signature, "hbin"
 *          4     4  offset from the start of the bins
 *          8     4  size, a multiple of 4096
 *         20     8  last written, in the first bin only
 *
 * Source: msuhanov's regf specification, "Hive bin".
 */
function readFirstBin(main: HiveBytes, damage: DamageList, hasBase: boolean): bigint {
  const head = main.read(BASE_BLOCK_SIZE, BIN_HEAD_SIZE)
  if (head.length === BIN_HEAD_SIZE && viewOf(head).getUint32(0) === 0x6862696e) {
    return ticksFrom(viewOf(head).getUint32(20, true), viewOf(head).getUint32(24, true))
  }
  if (hasBase) damage.add('hive-header', BASE_BLOCK_SIZE, 0, 'The first bin has no "hbin" signature')
  return 0n
}

function keyAt(root: HiveKey, path: string): HiveKey | undefined {
  let key: HiveKey | undefined = root
  for (const name of path.split('\\')) {
    if (name !== '') key = key?.subkey(name)
  }
  return key
}
