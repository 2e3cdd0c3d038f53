import { expect, test } from 'vitest'
import { joinBytes } from '../../src/bytes/join-bytes.ts'

test('joinBytes() puts bytes one after the other, into a buffer of their own', () => {
  const parts = [Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3)]
  const joined = joinBytes(parts)
  parts[0]![0] = 9
  expect([...joined]).toEqual([1, 2, 3])
  expect(joinBytes([])).toHaveLength(0)
})
