import { type Hive, openHive } from '../../src/hive/hive.ts'
import { bytesInMemory } from '../../src/hive/hive-bytes.ts'
import type { HiveKey } from '../../src/hive/key.ts'
import type { HiveDescription } from '../../src/hive/write/hive-description.ts'
import { writeHive } from '../../src/hive/write/hive-writer.ts'

/** Time of hives that are about something else. */
export const SOME_TIME = '2026-03-14T09:41:00.1234567Z'

/** A hive, opened from memory, with its logs. */
export function openBytes(main: Uint8Array, ...logs: readonly Uint8Array[]): Hive {
  return openHive(bytesInMemory(main), logs.map(bytesInMemory))
}

/** A described hive, written and opened. */
export function openDescribed(description: Partial<HiveDescription>): Hive {
  return openBytes(writeHive({ lastWrite: SOME_TIME, ...description }))
}

/** Everything below a key, as plain data. */
export interface Tree {
  readonly name: string
  readonly lastWrite: bigint
  readonly className: string | undefined
  readonly values: readonly (readonly [name: string, type: number, hex: string])[]
  readonly keys: readonly Tree[]
}

/** Hex digits of bytes. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** Reads all there is below a key. */
export function treeOf(key: HiveKey): Tree {
  return {
    name: key.name,
    lastWrite: key.lastWrite,
    className: key.className,
    values: Array.from(key.values(), ({ name, type, bytes }) => [name, type, hexOf(bytes)] as const),
    keys: Array.from(key.subkeys(), treeOf),
  }
}

/** How many keys and values there are below a key, and with it. */
export function countAll(key: HiveKey): number {
  let count = 1
  for (const value of key.values()) count += value.bytes.length >= 0 ? 1 : 0
  for (const subkey of key.subkeys()) count += countAll(subkey)
  return count
}

/** A cell in the bytes of a hive, found without the reader. */
export interface RawCell {
  /** Bytes from the start of the bins: what other cells point with. */
  readonly at: number
  /** Its content; writes go to the hive. */
  readonly view: DataView
  readonly isUsed: boolean
}

/** All cells of all bins. */
export function cellsOf(hive: Uint8Array): RawCell[] {
  const view = new DataView(hive.buffer, hive.byteOffset, hive.byteLength)
  const cells: RawCell[] = []
  for (let bin = 4096; bin < hive.length; bin += view.getUint32(bin + 8, true)) {
    const end = bin + view.getUint32(bin + 8, true)
    for (let cell = bin + 32; cell < end; cell += Math.abs(view.getInt32(cell, true))) {
      const size = Math.abs(view.getInt32(cell, true))
      cells.push({
        at: cell - 4096,
        view: new DataView(hive.buffer, hive.byteOffset + cell + 4, size - 4),
        isUsed: view.getInt32(cell, true) < 0,
      })
    }
  }
  return cells
}

/** The cells with a signature of two letters, in the order they stand in. */
export function cellsLike(hive: Uint8Array, signature: string): RawCell[] {
  return cellsOf(hive).filter(({ view, isUsed }) => isUsed && textAt(view, 0, 2) === signature)
}

/** The cell of the key or value with a name of ASCII characters. */
export function cellNamed(hive: Uint8Array, signature: 'nk' | 'vk', name: string): RawCell {
  const at = signature === 'nk' ? 76 : 20
  const lengthAt = signature === 'nk' ? 72 : 2
  const found = cellsLike(hive, signature).find(
    ({ view }) => view.getUint16(lengthAt, true) === name.length && textAt(view, at, name.length) === name,
  )
  if (!found) throw new Error(`No ${signature} "${name}"`)
  return found
}

function textAt(view: DataView, at: number, length: number): string {
  if (at + length > view.byteLength) return ''
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length))
}
