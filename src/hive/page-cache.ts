import type { DamageList } from './damage-list.ts'
import type { HiveBytes } from './hive-bytes.ts'

/** Bytes in a page: the grain of hive bins, so that a page belongs to one bin. */
const PAGE_SIZE = 4096
/** Pages that are kept: 1 MiB. */
const MOST_PAGES = 256
/** Longer stretches are read past the cache, which they would only empty. */
const LONG_READ = 16 * PAGE_SIZE
/** Shared by all pages of which nothing could be read. */
const NOTHING = new Uint8Array(0)

/**
 * The pages of a hive that were asked for last. A page that cannot be read is damage, and as if the file had none
 * there.
 */
export class PageCache {
  private readonly source: HiveBytes
  private readonly damage: DamageList
  /** What `seek` found stands here, from `start` on; to be looked at, neither kept nor changed. */
  bytes: Uint8Array = NOTHING
  start = 0
  /** In the order of their last use. */
  private readonly pages = new Map<number, Uint8Array>()
  /** The last of them: most that is read stands in the same page as what was read before. */
  private last = -1
  private lastPage: Uint8Array = NOTHING

  constructor(source: HiveBytes, damage: DamageList) {
    this.source = source
    this.damage = damage
  }

  /**
   * Bytes at an offset, fewer where the file ends or cannot be read.
   *
   * @returns a view or a copy: to be looked at, neither kept nor changed
   */
  readView(offset: number, length: number): Uint8Array {
    const there = this.seek(offset, length)
    return this.bytes.subarray(this.start, this.start + there)
  }

  /** Finds as many bytes at an offset, fewer where the file ends or cannot be read; returns how many. */
  seek(offset: number, length: number): number {
    const first = Math.floor(offset / PAGE_SIZE)
    const start = offset - first * PAGE_SIZE
    if (start + length <= PAGE_SIZE) {
      this.bytes = this.page(first)
      this.start = start
      return Math.max(0, Math.min(length, this.bytes.length - start))
    }
    this.bytes = length > LONG_READ ? this.load(offset, length) : this.join(first, start, length)
    this.start = 0
    return this.bytes.length
  }

  /** A stretch that goes over the end of a page. */
  private join(first: number, start: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    let done = 0
    for (let index = first; done < length; index++) {
      const page = this.page(index)
      const from = index === first ? start : 0
      const part = page.subarray(from, from + length - done)
      bytes.set(part, done)
      done += part.length
      if (page.length < PAGE_SIZE) break
    }
    return bytes.subarray(0, done)
  }

  private page(index: number): Uint8Array {
    if (index === this.last) return this.lastPage
    let page = this.pages.get(index)
    if (page) this.pages.delete(index)
    else page = this.load(index * PAGE_SIZE, PAGE_SIZE)
    this.pages.set(index, page)
    this.last = index
    this.lastPage = page
    if (this.pages.size > MOST_PAGES) {
      for (const oldest of this.pages.keys()) {
        this.pages.delete(oldest)
        break
      }
    }
    return page
  }

  private load(offset: number, length: number): Uint8Array {
    const there = Math.min(length, this.source.size - offset)
    if (there <= 0) return NOTHING
    try {
      return this.source.read(offset, there)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      this.damage.add('read-failed', offset, there, `The hive could not be read there: ${why}`)
      return NOTHING
    }
  }
}
