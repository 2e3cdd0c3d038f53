import { describe, expect, it } from 'vitest'
import { renderEvtxDumpJson } from '../../src/evtx/json-evtx-dump.ts'
import { isDamage, type LogRecord, walkLog } from '../../src/evtx/log.ts'
import { HAS_EVTX_DUMP, readCorpus, readEvtxDump } from '../support/corpus.ts'
import { type ChunkBytes, hex, onlyRecord, type RawValue, utf16 } from '../support/evtx-bytes.ts'

function line(write: (b: ChunkBytes) => void, values: readonly RawValue[] = []): string {
  const { event } = onlyRecord((b) =>
    b.record(() => b.fragment(() => b.instance(() => b.element('Event', { content: () => write(b) }), values))),
  )
  return renderEvtxDumpJson(event)
}

function data(b: ChunkBytes, name: string | undefined, content: string | number): void {
  b.element('Data', {
    ...(name !== undefined && { attributes: () => b.attribute('Name', name) }),
    content: () => (typeof content === 'number' ? b.slot(content) : b.value(content)),
  })
}

const eventData = (write: (b: ChunkBytes) => void) => (b: ChunkBytes) =>
  b.element('EventData', { content: () => write(b) })

describe('renderEvtxDumpJson()', () => {
  it('puts attributes under #attributes, and text beside them under #text', () => {
    const write = (b: ChunkBytes) =>
      b
        .element('A', { attributes: () => b.attribute('x', '1'), content: () => b.value('t') })
        .element('B', { attributes: () => b.attribute('y', '2') })
        .element('C', { content: () => b.value('u') })
        .element('D')
    expect(line(write)).toBe(
      '{"Event":{"A":{"#attributes":{"x":"1"},"#text":"t"},"B":{"#attributes":{"y":"2"}},"C":"u","D":null}}',
    )
  })

  it('adds _1, _2 to a name that is repeated (quirk 36)', () => {
    expect(line((b) => b.element('A').element('A').element('A_1').element('A'))).toBe(
      '{"Event":{"A":null,"A_1":null,"A_1_1":null,"A_2":null}}',
    )
    expect(
      line(
        eventData((b) => {
          for (const text of ['1', '2']) data(b, 'x', text)
        }),
      ),
    ).toBe('{"Event":{"EventData":{"x":"1","x_1":"2"}}}')
  })

  it('puts unnamed items together under Data, where the first stands', () => {
    expect(line(eventData((b) => data(b, undefined, 'a')))).toBe('{"Event":{"EventData":{"Data":{"#text":"a"}}}}')
    const mixed = eventData((b) => {
      data(b, undefined, 'a')
      data(b, 'x', 'y')
      data(b, undefined, '')
    })
    expect(line(mixed)).toBe('{"Event":{"EventData":{"Data":{"#text":["a",""]},"x":"y"}}}')
  })

  it('writes numbers and bools bare, times with six digits, GUIDs without braces in upper case', () => {
    const values: RawValue[] = [
      { type: 0x0a, bytes: hex('ff'.repeat(8)) },
      { type: 0x03, bytes: hex('ff') },
      { type: 0x0d, bytes: hex('01000000') },
      { type: 0x0c, bytes: hex('000000000000f83f') },
      { type: 0x11, bytes: hex('87d612 0000000000') },
      { type: 0x12, bytes: hex('ea07 0300 0600 0e00 0900 2900 0500 0700') },
      { type: 0x0f, bytes: hex('33221100554477668899aabbccddeeff') },
      { type: 0x14, bytes: hex('0a000000') },
      { type: 0x00, bytes: hex('') },
      { type: 0x01, bytes: utf16('"\\') },
    ]
    const write = eventData((b) => {
      for (const i of values.keys()) data(b, `v${i}`, i)
    })
    expect(line(write, values)).toBe(
      `{"Event":{"EventData":${[
        '{"v0":18446744073709551615',
        '"v1":-1',
        '"v2":true',
        '"v3":1.5',
        '"v4":"1601-01-01T00:00:00.123456Z"',
        '"v5":"2026-03-14T09:41:05.007000Z"',
        '"v6":"00112233-4455-6677-8899-AABBCCDDEEFF"',
        '"v7":"0xa"',
        '"v8":""',
        '"v9":"\\"\\\\"}',
      ].join(',')}}}`,
    )
  })

  it('is JSON whatever the names', () => {
    expect(JSON.parse(line(eventData((b) => data(b, '__proto__', '"'))))).toHaveProperty('Event.EventData')
  })
})

/**
 * A line of evtx_dump as we write it: hex digits of escapes in lower case, and of what Windows leaves out (elements whose
 * value is null) nothing left.
 */
function withoutOmitted(text: string): string {
  return text
    .replaceAll(/\\u00[01][0-9A-F]/g, (digits) => digits.toLowerCase())
    .replaceAll('"Data":{"#text":""},"Binary":', '"Binary":')
    .replaceAll(',"Binary":null', '')
    .replaceAll('{"Binary":null}', 'null')
}

/** Our line with repeated names as evtx_dump has them: twice. */
function withRepeatedNames(text: string): string {
  return text.replaceAll(/"([A-Za-z]+)_\d+":/g, (suffixed, name) =>
    text.includes(`"${name}":`) ? `"${name}":` : suffixed,
  )
}

describe.skipIf(!HAS_EVTX_DUMP)('renderEvtxDumpJson() beside evtx_dump', () => {
  it('writes what evtx_dump writes of every live record that both read', () => {
    let exact = 0
    let compared = 0
    const different: string[] = []
    for (const [file, { lines }] of readEvtxDump()) {
      const records = [...walkLog(readCorpus(file), { recover: 'none' })].filter(
        (found): found is LogRecord => !isDamage(found),
      )
      // Where the two differ over which records there are, those with the same System part are compared.
      const key = (text: string) => text.slice(0, text.search(/(?<="EventRecordID":\d+),/))
      const queues = new Map<string, string[]>()
      for (const text of lines) queues.set(key(text), [...(queues.get(key(text)) ?? []), text])
      for (const { event } of records) {
        const ours = renderEvtxDumpJson(event)
        const theirs = queues.get(key(ours))?.shift()
        if (theirs === undefined) continue
        compared++
        if (ours === theirs) exact++
        else if (withRepeatedNames(ours) !== withoutOmitted(theirs)) different.push(`${file}\n${ours}\n${theirs}`)
      }
    }
    expect(different.slice(0, 3)).toEqual([])
    // All but the 89 that evtx_dump does not reach in plaso-samples/System2.evtx; see corpus.test.ts.
    expect({ compared, exact }).toEqual({ compared: 31850, exact: 31180 })
  })
})
