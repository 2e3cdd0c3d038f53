import type { HiveBytes } from './hive-bytes.ts'

/** Grain of what a transaction log replaces. */
export const SECTOR_SIZE = 512
/** Sectors that may be replaced: 512 MiB of a hive, and no more than some 50 MB of memory here. */
const MOST_SECTORS = 1 << 20

/** Where the bytes of a sector stand in a transaction log. */
interface Place {
  readonly log: HiveBytes
  readonly offset: number
}

/**
 * A hive with sectors of its transaction logs in front of it. It remembers where they stand and reads them there: the
 * hive is not written, and nothing of it is copied.
 */
export class Overlay implements HiveBytes {
  size: number
  private readonly main: HiveBytes
  private readonly sectors = new Map<number, Place>()

  constructor(main: HiveBytes) {
    this.main = main
    this.size = main.size
  }

  /** Whether as many sectors more can be replaced. */
  hasRoom(count: number): boolean {
    return this.sectors.size + count <= MOST_SECTORS
  }

  /**
   * Puts bytes of a log in the place of those of the hive.
   *
   * @param offset bytes from the start of the hive, a multiple of 512; `length` too
   * @param logOffset where they stand in the log
   */
  replace(offset: number, length: number, log: HiveBytes, logOffset: number): void {
    for (let done = 0; done < length; done += SECTOR_SIZE) {
      this.sectors.set((offset + done) / SECTOR_SIZE, { log, offset: logOffset + done })
    }
    this.size = Math.max(this.size, offset + length)
  }

  read(offset: number, length: number): Uint8Array {
    const end = Math.min(offset + length, this.size)
    const bytes = new Uint8Array(Math.max(0, end - offset))
    for (let at = offset; at < end; ) {
      const place = this.sectors.get(Math.floor(at / SECTOR_SIZE))
      const stop = place ? Math.min(nextSector(at), end) : this.endOfClean(at, end)
      const part = place
        ? place.log.read(place.offset + (at % SECTOR_SIZE), stop - at)
        : this.main.read(at, Math.min(stop, this.main.size) - at)
      bytes.set(part, at - offset)
      // Between the end of a hive and what its logs add there may be nothing: that stays zeros. In a log it is an end.
      if (place && part.length < stop - at) return bytes.subarray(0, at - offset + part.length)
      at = stop
    }
    return bytes
  }

  private endOfClean(at: number, end: number): number {
    let stop = nextSector(at)
    while (stop < end && !this.sectors.has(stop / SECTOR_SIZE)) stop += SECTOR_SIZE
    return Math.min(stop, end)
  }
}

function nextSector(at: number): number {
  return (Math.floor(at / SECTOR_SIZE) + 1) * SECTOR_SIZE
}
