import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderFiletime } from '../../src/bytes/filetime.ts'
import { encodeUtf16 } from '../../src/bytes/utf16.ts'
import { decodeAnsi } from '../../src/bytes/windows-1252.ts'
import { layOut, MEMORY_SIZE } from '../../src/evtx/plan-memory.ts'
import { jsonTextWriter } from '../../src/evtx/write-json-text.ts'
import { writersOf } from '../../src/evtx/write-value.ts'
import { escapeXml } from '../../src/evtx/xml.ts'
import { xmlValueWriter } from '../../src/evtx/xml-value.ts'

const memory = layOut(new ArrayBuffer(MEMORY_SIZE))
const { inputAt, outputAt, bytes } = memory
const { numbers, times, values } = writersOf(memory)
const { writeHex, writeInt64, writeUint32, writeUint64 } = numbers
const { writeFiletime } = times
const { writeXmlText, writeXmlValue } = xmlValueWriter(memory, values)
const writeJsonText = jsonTextWriter(memory)

/** Text of what was written up to a position. */
function written(end: number): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(outputAt, end))
}

/** Mostly plain, with everything between that a text may hold. */
const texts = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 12 }) },
      fc.constantFrom(
        '&',
        '<',
        '>',
        "'",
        '"',
        '\\',
        '\t',
        '\n',
        '\r',
        '\u007f',
        '\u0080',
        '\u07ff',
        '\u0800',
        '\uffff',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))
const halves = fc.tuple(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0, max: 0xffffffff }))
const runs = { numRuns: 2_000, seed: 20_260_314 }

describe('writeXmlText() and writeJsonText()', () => {
  it('write what escapeXml() and JSON.stringify() write, wherever the text stands', () => {
    fc.assert(
      fc.property(texts, fc.nat(7), (text, shift) => {
        bytes.set(encodeUtf16(text), inputAt + shift)
        const xml = escapeXml(text).split('\0', 1)[0]!
        expect(written(writeXmlText(inputAt + shift, text.length, outputAt))).toBe(xml)
        const json = JSON.stringify(text).slice(1, -1)
        expect(written(writeJsonText(inputAt + shift, text.length, outputAt))).toBe(json)
      }),
      runs,
    )
  })
})

describe('writeXmlValue() of ANSI text', () => {
  it('writes each byte as its character', () => {
    for (let byte = 1; byte < 256; byte++) {
      bytes[inputAt] = byte
      const character = decodeAnsi(Uint8Array.of(byte), 0, 1)
      expect(written(writeXmlValue(0x02, inputAt, 1, outputAt))).toBe(escapeXml(character))
    }
  })
})

describe('writers of numbers', () => {
  it('write what String() writes, of 32 and 64 bits', () => {
    const edges = [0, 9, 10, 99, 100, 999, 1_000, 99_999, 100_000, 999_999_999, 1_000_000_000, 0xffffffff]
    for (const value of edges) expect(written(writeUint32(value, outputAt))).toBe(String(value))
    fc.assert(
      fc.property(halves, fc.nat(31), ([low, high], shift) => {
        const top = high >>> shift
        const value = (BigInt(top) << 32n) | BigInt(low)
        expect(written(writeUint32(low, outputAt))).toBe(String(low))
        expect(written(writeUint64(low, top, outputAt))).toBe(String(value))
        expect(written(writeInt64(low, top, outputAt))).toBe(String(BigInt.asIntN(64, value)))
        expect(written(writeHex(low, top, outputAt))).toBe(`0x${value.toString(16)}`)
      }),
      runs,
    )
  })

  it('write a FILETIME as renderFiletime() does, and cut its fraction', () => {
    fc.assert(
      fc.property(halves, ([low, high]) => {
        const wanted = renderFiletime(low, high)
        expect(written(writeFiletime(low, high, outputAt, 7))).toBe(wanted)
        expect(written(writeFiletime(low, high, outputAt, 6))).toBe(wanted.replace(/\dZ$/, 'Z'))
      }),
      runs,
    )
  })
})
