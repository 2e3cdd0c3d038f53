import { expect, test } from 'vitest'
import { md5, sha1 } from '../../src/bytes/digest.ts'
import { renderHex } from '../../src/bytes/hex.ts'

const bytes = new TextEncoder().encode('abc')

test('md5() is that of RFC 1321', () => {
  expect(renderHex(md5(bytes))).toBe('900150983CD24FB0D6963F7D28E17F72')
})

test('sha1() is that of FIPS 180', () => {
  expect(renderHex(sha1(bytes))).toBe('A9993E364706816ABA3E25717850C26C9CD0D89D')
})

test('renderHex() writes two digits a byte', () => {
  expect(renderHex(Uint8Array.from([0, 10, 255]))).toBe('000AFF')
})
