import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { EngineComparison } from '../../scripts/engines/compare-chunk.ts'
import { fromSeed } from '../../scripts/engines/from-seed.ts'
import { mutateChunk } from '../../scripts/engines/mutate-chunk.ts'
import { CHUNK_SIZE, type Chunk, chunkAt } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { PlainRenderer } from '../../src/evtx/plain-renderer.ts'
import type { Dialect } from '../../src/evtx/plan.ts'
import { layOut, MEMORY_SIZE } from '../../src/evtx/plan-memory.ts'
import { walkRecords } from '../../src/evtx/record.ts'
import { REFUSAL } from '../../src/evtx/run-xml.ts'
import { corpusLogs, HAS_CORPUS, HAS_WINDOWS_XML, readCorpus, readWindowsXml } from '../support/corpus.ts'
import { type ChunkBytes, chunkOf, hex, type RawValue, utf16 } from '../support/evtx-bytes.ts'

const SAMPLES = fileURLToPath(new URL('../../samples/', import.meta.url))

/** The chunks of a log, one after the other in the same memory. */
function* chunksOf(log: Uint8Array): Generator<Chunk> {
  const chunk = chunkAt(new ArrayBuffer(CHUNK_SIZE), 0)
  for (let at = FILE_HEADER_SIZE; at < log.length; at += CHUNK_SIZE) {
    chunk.bytes.fill(0)
    chunk.bytes.set(log.subarray(at, at + CHUNK_SIZE))
    yield chunk
  }
}

function compareLog(comparison: EngineComparison, log: Uint8Array): string[] {
  const differences: string[] = []
  for (const chunk of chunksOf(log)) {
    const difference = comparison.compare(chunk)
    if (difference !== undefined) differences.push(difference)
  }
  return differences
}

function rendererOf(dialect: Dialect): PlainRenderer {
  return new PlainRenderer(layOut(new ArrayBuffer(MEMORY_SIZE)), dialect)
}

/** What plans make of the records of a chunk, undefined for each that they refuse. */
function rendered(chunk: Chunk, dialect: Dialect, renderer = rendererOf(dialect)): (string | undefined)[] {
  renderer.startChunk(chunk)
  const { bytes, outputAt } = renderer.memory
  const texts: (string | undefined)[] = []
  walkRecords(
    chunk,
    { recover: 'resync', headerless: false, dirty: false },
    (offset, size) => {
      const end = renderer.render(offset, size, outputAt)
      texts.push(end === REFUSAL ? undefined : new TextDecoder().decode(bytes.subarray(outputAt, end)))
    },
    () => {},
  )
  return texts
}

describe('PlainRenderer beside the tree', () => {
  it.skipIf(!HAS_CORPUS)('writes the same bytes of every record of the corpus, in each dialect', () => {
    const comparison = new EngineComparison()
    for (const path of corpusLogs()) {
      expect([path, compareLog(comparison, readCorpus(path)).slice(0, 1)]).toEqual([path, []])
    }
    for (const [dialect, { records, damaged, refused }] of comparison.tallies) {
      expect(records - damaged).toBeGreaterThan(30_000)
      // A renderer that refuses is right as well, and slow.
      expect([dialect, refused / (records - damaged) < (dialect === 'json' ? 0.012 : 0.002)]).toEqual([dialect, true])
    }
  })

  it('writes the same bytes of every record of the samples, and refuses none', () => {
    const comparison = new EngineComparison()
    const logs = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.evtx'))
    for (const path of logs) {
      expect([path, compareLog(comparison, readFileSync(join(SAMPLES, path)))]).toEqual([path, []])
    }
    for (const [dialect, { records, refused }] of comparison.tallies) {
      expect(records).toBeGreaterThan(1_000)
      expect([dialect, refused]).toEqual([dialect, 0])
    }
  })

  it.skipIf(!HAS_CORPUS)(
    'writes the same bytes, or refuses, where chunks of the corpus were changed at random',
    () => {
      const comparison = new EngineComparison()
      const chunks = corpusLogs().flatMap((path) => {
        const log = readCorpus(path)
        return log.length >= FILE_HEADER_SIZE + CHUNK_SIZE ? [{ path, log }] : []
      })
      const chunk = chunkAt(new ArrayBuffer(CHUNK_SIZE), 0)
      for (let seed = 1; seed <= 1_500; seed++) {
        const random = fromSeed(seed)
        for (let skip = 0; skip < 4; skip++) random(2)
        const { path, log } = chunks[random(chunks.length)]!
        chunk.bytes.set(log.subarray(FILE_HEADER_SIZE, FILE_HEADER_SIZE + CHUNK_SIZE))
        mutateChunk(chunk.bytes, random)
        expect([path, seed, comparison.compare(chunk)]).toEqual([path, seed, undefined])
      }
    },
    60_000,
  )
})

describe.skipIf(!HAS_WINDOWS_XML)('PlainRenderer beside Windows 11', () => {
  it.each(['Application', 'System'])('writes each event of %s as Windows exports it, byte for byte', (name) => {
    const { log, events } = readWindowsXml(name)
    const renderer = rendererOf('xml')
    const ours: (string | undefined)[] = []
    for (const chunk of chunksOf(log)) ours.push(...rendered(chunk, 'xml', renderer))
    expect(ours.map((text) => text?.replaceAll('\r\n', '\n'))).toEqual(events)
  })
})

const text = (value: string): RawValue => ({ type: 0x01, bytes: utf16(value) })
const ANSI = (bytes: string): RawValue => ({ type: 0x02, bytes: hex(bytes) })

/** One record: an element E whose items are slots, one for each value. */
function items(values: readonly RawValue[], name?: string): ChunkBytes {
  return chunkOfOne((b) =>
    b.instance(
      () =>
        b.element('EventData', {
          content: () => {
            for (const [slot] of values.entries()) {
              const attributes = () => b.attribute('Name', `${name}${slot}`)
              b.element('Data', { ...(name && { attributes }), dependency: slot, content: () => b.slot(slot) })
            }
          },
        }),
      values,
    ),
  )
}

function chunkOfOne(content: (b: ChunkBytes) => void): ChunkBytes {
  return chunkOf((b) => b.record(() => b.fragment(() => content(b))))
}

/** Values of every type, whole, of the wrong size, and at their edges. */
const VALUES: readonly (readonly [what: string, value: RawValue])[] = [
  ['null', { type: 0x00, bytes: hex('') }],
  ['text with markup, controls, and more than four characters', text('a<b>&c\t"\\\u0001 and so on\u007f')],
  ['text with a zero inside and zeros behind', text('ab\0cd\0\0')],
  ['text of zeros', text('\0\0')],
  ['text beyond ASCII, also of four bytes', text('Grüße, €, 日本語, 😀 and back to ASCII')],
  ['text with halves of surrogates', text('a\ud83d, \ude00b, \ud83d')],
  ['text with what XML excludes', text('\ufffe\uffff\u001f')],
  ['text of an odd size', { type: 0x01, bytes: hex('410042') }],
  ['ANSI text', ANSI('41263c80819f2200')],
  ['ANSI text with a zero inside', ANSI('41004200')],
  ['int8', { type: 0x03, bytes: hex('80') }],
  ['uint8', { type: 0x04, bytes: hex('ff') }],
  ['int16', { type: 0x05, bytes: hex('0080') }],
  ['uint16', { type: 0x06, bytes: hex('ffff') }],
  ['int32', { type: 0x07, bytes: hex('00000080') }],
  ['uint32', { type: 0x08, bytes: hex('ffffffff') }],
  ['int64, least', { type: 0x09, bytes: hex('0000000000000080') }],
  ['int64, small', { type: 0x09, bytes: hex('ffffffffffffffff') }],
  ['uint64, greatest', { type: 0x0a, bytes: hex('ffffffffffffffff') }],
  ['uint64, exact', { type: 0x0a, bytes: hex('ffffffffffff1f00') }],
  ['uint64, one beyond', { type: 0x0a, bytes: hex('0000000000002000') }],
  ['float', { type: 0x0b, bytes: hex('0000c03f') }],
  ['double', { type: 0x0c, bytes: hex('000000000000f07f') }],
  ['double, great', { type: 0x0c, bytes: hex('6b2f6a3b7b1f4544') }],
  ['bool', { type: 0x0d, bytes: hex('02000000') }],
  ['bool of one byte', { type: 0x0d, bytes: hex('01') }],
  ['binary', { type: 0x0e, bytes: hex('00ff10') }],
  ['GUID', { type: 0x0f, bytes: hex('33221100554477668899aabbccddeeff') }],
  ['size_t of 4', { type: 0x10, bytes: hex('10000000') }],
  ['size_t of 8', { type: 0x10, bytes: hex('1000000000000080') }],
  ['FILETIME', { type: 0x11, bytes: hex('00b4a3a19bb3dc01') }],
  ['FILETIME, last', { type: 0x11, bytes: hex('ffffffffffffffff') }],
  ['SYSTEMTIME', { type: 0x12, bytes: hex('ea0703000600 0e00 0900 2900 0000 7b00') }],
  ['SYSTEMTIME that is none', { type: 0x12, bytes: hex('ffffffffffffffffffffffffffffffff') }],
  ['SID', { type: 0x13, bytes: hex('010200000000000520000000 20020000') }],
  ['SID that is cut', { type: 0x13, bytes: hex('0105000000000005 20000000') }],
  ['hex32', { type: 0x14, bytes: hex('00000000') }],
  ['hex64', { type: 0x15, bytes: hex('0000000000000080') }],
  ['uint32 of three bytes', { type: 0x08, bytes: hex('010203') }],
  ['uint32 of no bytes', { type: 0x08, bytes: hex('') }],
  ['an unknown type', { type: 0x1f, bytes: hex('0102') }],
  ['texts', { type: 0x81, bytes: utf16('one\0two<\0\0four') }],
  ['one text', { type: 0x81, bytes: utf16('one\0') }],
  ['no texts', { type: 0x81, bytes: hex('') }],
  ['bytes', { type: 0x84, bytes: hex('01ff') }],
  ['uint64s', { type: 0x8a, bytes: hex('0100000000000000 ffffffffffffffff') }],
  ['bytes that do not come out even', { type: 0x86, bytes: hex('010203') }],
  ['SIDs', { type: 0x93, bytes: hex('010100000000000512000000 010100000000000513000000') }],
]

describe('PlainRenderer on values', () => {
  it.each(VALUES)('writes them as the tree does, or leaves them to it: %s', (_, value) => {
    for (const name of [undefined, 'x']) {
      const comparison = new EngineComparison()
      expect(comparison.compare(items([value, text('behind')], name).chunk())).toBeUndefined()
      expect(comparison.tallies.get('xml')).toMatchObject({ records: 1, damaged: 0 })
    }
  })

  it('writes an array as an element repeated, or as an array of JSON', () => {
    const chunk = items([{ type: 0x81, bytes: utf16('one\0two\0') }, text('x')]).chunk()
    expect(rendered(chunk, 'xml')).toEqual(['<EventData><Data>one</Data><Data>two</Data><Data>x</Data></EventData>'])
    expect(rendered(chunk, 'evtx_dump')).toEqual(['{"EventData":{"Data":{"#text":["one","two","x"]}}}'])
  })

  it('leaves out an element that depends on a null, and an attribute without a value', () => {
    const chunk = chunkOfOne((b) =>
      b.instance(
        () =>
          b.element('E', {
            content: () => {
              b.element('A', { dependency: 0, content: () => b.slot(0) })
              b.element('B', { attributes: () => b.attribute('x', () => b.slot(0)).attribute('y', () => b.slot(1)) })
            },
          }),
        [{ type: 0, bytes: hex('') }, text('v')],
      ),
    ).chunk()
    expect(rendered(chunk, 'xml')).toEqual(["<E><B y='v'/></E>"])
    expect(rendered(chunk, 'evtx_dump')).toEqual(['{"E":{"B":{"#attributes":{"y":"v"}}}}'])
  })

  it('refuses what only the tree can judge: a missing template, values that run over the end, an apostrophe in an attribute', () => {
    const attribute = () =>
      chunkOfOne((b) =>
        b.instance(() => b.element('E', { attributes: () => b.attribute('x', () => b.slot(0)) }), [text("it's")]),
      )
    const wide = () => chunkOfOne((b) => b.instance(() => b.element('E', {}), [{ ...text('v'), size: 60_000 }]))
    const lost = () => chunkOfOne((b) => b.instance(300, [text('v')]))
    for (const make of [attribute, wide, lost]) expect(rendered(make().chunk(), 'xml')).toEqual([undefined])
  })
})

describe('PlainRenderer on texts in several parts, in a record without a template', () => {
  /** One part of text for each string; one that begins with `&` is an entity reference. */
  const parts = (b: ChunkBytes, texts: readonly string[]) => {
    for (const part of texts) {
      if (part.startsWith('&')) b.u8(0x49).name(part.slice(1))
      else b.value(part, 0x45)
    }
  }
  const record = (texts: readonly string[], attribute: readonly string[]) =>
    chunkOfOne((b) =>
      b.element('E', {
        content: () =>
          b.element('D', {
            attributes: () => b.attribute('x', () => parts(b, attribute)),
            content: () => parts(b, texts),
          }),
      }),
    ).chunk()

  it('writes entity references as XML has them, and in JSON what they mean', () => {
    const chunk = record(['a', '&lt', 'b>', '&quot', '&quot'], ['1', '&quot', '2', '&apos'])
    expect(rendered(chunk, 'xml')).toEqual([`<E><D x='1"2&apos;'>a&lt;b&gt;&quot;&quot;</D></E>`])
    expect(rendered(chunk, 'evtx_dump')).toEqual([
      String.raw`{"E":{"D":{"#attributes":{"x":"1\"2'"},"#text":"a<b>\"\""}}}`,
    ])
  })

  it.each([
    ['one reference alone', ['&amp'], ['&amp']],
    ['a zero in a part', ['a\0b', '&lt', 'c'], ['a\0b', '&lt', 'c']],
    ['halves of a surrogate in two parts', ['\ud83d', '\ude00', '&gt'], ['\ud83d', '\ude00']],
    ['empty parts', ['', '&lt', ''], ['', '&lt']],
    ['a reference to what XML does not know', ['a', '&nbsp'], ['a', '&nbsp']],
    ['an apostrophe beside a reference', ["it's", '&lt'], ["it's", '&lt']],
  ])('writes what the tree writes, or leaves it to it: %s', (_, texts, attribute) => {
    for (const [content, value] of [
      [texts, ['v']],
      [['t'], attribute],
    ] as const) {
      const comparison = new EngineComparison()
      expect(comparison.compare(record(content, value))).toBeUndefined()
      expect(comparison.tallies.get('xml')).toMatchObject({ records: 1, damaged: 0 })
    }
  })
})
