import { expect, test } from 'vitest'
import { openHive } from '../../src/hive/hive.ts'
import { bytesInMemory } from '../../src/hive/hive-bytes.ts'
import { writeHive } from '../../src/hive/write/hive-writer.ts'

const hiveBytes = () => writeHive({ lastWrite: '2026-03-13T15:40:02Z', keys: { K: {} } })

/** Where the one security cell's content begins. */
function placeOf(hive: Uint8Array): number {
  const view = new DataView(hive.buffer)
  for (let at = 4096; ; at += 2) if (view.getUint16(at) === 0x736b) return at
}

test('security() gives a copy of the descriptor that the key names', () => {
  const bytes = hiveBytes()
  const at = placeOf(bytes)
  const length = new DataView(bytes.buffer).getUint32(at + 16, true)
  const expected = bytes.slice(at + 20, at + 20 + length)
  const descriptor = openHive(bytesInMemory(bytes)).key('K')?.security()
  expect(descriptor).toEqual(expected)
  bytes.fill(0, at + 20)
  expect(descriptor).toEqual(expected)
})

test.each([
  [0, 'There is no security descriptor at'],
  [16, 'and its cell holds'],
])('security() meets damage where the cell is spoilt at byte %i', (field, detail) => {
  const bytes = hiveBytes()
  bytes.fill(0xff, placeOf(bytes) + field, placeOf(bytes) + field + 2)
  const hive = openHive(bytesInMemory(bytes))
  expect(hive.key('K')?.security()).toBeUndefined()
  expect(hive.damage.at(-1)?.detail).toContain(detail)
})
