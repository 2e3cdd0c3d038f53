import { encodeUtf16 } from '../../bytes/utf16.ts'
import { type BaseBlock, baseChecksum } from '../base-block.ts'

/** The fields of a base block that differ between hives. */
export interface BaseBlockFields extends Omit<BaseBlock, 'isIntact' | 'clusteringFactor'> {
  /** Up to 31 characters. */
  readonly fileName: string
}

/** Writes a base block over the first 512 bytes of a hive or a log; see `readBaseBlock` for the fields. */
export function writeBaseBlock(bytes: Uint8Array, fields: BaseBlockFields): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 512)
  view.setUint32(0, 0x72656766)
  view.setUint32(4, fields.primarySequence, true)
  view.setUint32(8, fields.secondarySequence, true)
  view.setBigUint64(12, fields.lastWritten, true)
  view.setUint32(20, 1, true)
  view.setUint32(24, fields.minorVersion, true)
  view.setUint32(28, fields.fileType, true)
  view.setUint32(32, 1, true)
  view.setUint32(36, fields.rootCell, true)
  view.setUint32(40, fields.binsSize, true)
  view.setUint32(44, 1, true)
  bytes.set(encodeUtf16(fields.fileName.slice(0, 31)), 48)
  view.setUint32(508, baseChecksum(view), true)
}

/** What a copy of a base block says differently: its numbers, kind, time, root and size. */
export type BaseBlockChanges = Partial<
  Pick<BaseBlock, 'primarySequence' | 'secondarySequence' | 'lastWritten' | 'fileType' | 'rootCell' | 'binsSize'>
>

/** Changes a base block in its first 512 bytes, and makes its checksum right again. */
export function changeBaseBlock(bytes: Uint8Array, changes: BaseBlockChanges): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 512)
  const set = (offset: number, value: number | undefined) => {
    if (value !== undefined) view.setUint32(offset, value, true)
  }
  set(4, changes.primarySequence)
  set(8, changes.secondarySequence)
  if (changes.lastWritten !== undefined) view.setBigUint64(12, changes.lastWritten, true)
  set(28, changes.fileType)
  set(36, changes.rootCell)
  set(40, changes.binsSize)
  view.setUint32(508, baseChecksum(view), true)
}
