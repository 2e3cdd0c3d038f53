/** Bytes of a hive or of one of its transaction logs, read as they are asked for. */
export interface HiveBytes {
  /** Bytes there are. */
  readonly size: number
  /**
   * Bytes at an offset: as many as asked for, fewer only at the end. They stay as they are until the hive is let go of.
   * What it throws becomes damage of kind `read-failed`, except while a hive's first block is read.
   */
  read(offset: number, length: number): Uint8Array
}

/** A hive or a log that is wholly in memory; borrowed. */
export function bytesInMemory(bytes: Uint8Array): HiveBytes {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) }
}
