/** Where the bytes of a log or a hive are: plain data, so that a worker can be sent it and opens it itself. */
export type Source = FileSource | ZipSource

/** A file of this file system. */
export interface FileSource {
  readonly kind: 'file'
  readonly path: string
}

/** An entry of a zip; `stored` as it is, or `deflated`. */
export interface ZipSource {
  readonly kind: 'stored' | 'deflated'
  /** The zip. */
  readonly path: string
  /** Place of the entry's own header, bytes from the start of the zip. */
  readonly headerOffset: number
  /** Bytes in the zip. */
  readonly packedSize: number
  /** Bytes of the entry, as the zip's directory says. */
  readonly size: number
  /** CRC-32 of the entry, as the zip's directory says. */
  readonly crc32: number
}

/** What is wrong with a source as a whole: its bytes end early, or are not those that were packed. */
export interface Flaw {
  /** First byte that cannot be trusted, from the start of the source. */
  readonly at: number
  /** Bytes that are lost from there on; 0 where only a checksum or a size is wrong. */
  readonly lost: number
  /** One sentence without full stop. */
  readonly reason: string
}

/**
 * A source that is open for reading. Two ways to the same bytes: `readSoon` for whoever can wait, and for loops that
 * read into a buffer shared with others `prepare`, which may wait, and then `read`, which does not. Reading forward is
 * cheap; going back costs the way from the start where bytes must be inflated.
 */
export interface OpenSource {
  /** Bytes there are, or should be. */
  readonly size: number
  /** Known when the bytes before it have been read. */
  readonly flaw: Flaw | undefined
  /** Makes a stretch ready for `read`; undefined when nothing has to be waited for. */
  prepare(at: number, length: number): Promise<void> | undefined
  /**
   * Fills the buffer from a place, as far as the source goes; returns how many bytes there were.
   *
   * @throws what the disk says
   */
  read(into: Uint8Array, at: number): number
  /** As `read`, without `prepare` before it; while one waits for it others can have their turn. */
  readSoon(into: Uint8Array, at: number): Promise<number>
  close(): void
}

/** True where reading a place costs reading all that is before it. */
export function flowsOnly(source: Source): boolean {
  return source.kind === 'deflated'
}
