import { describe, expect, it } from 'vitest'
import type { XmlElement } from '../../src/evtx/element.ts'
import { toJson } from '../../src/evtx/json.ts'
import { type ChunkBytes, onlyRecord, type RawValue, utf16 } from '../support/evtx-bytes.ts'

/** An event without template. */
function plain(write: (b: ChunkBytes) => void): XmlElement {
  return onlyRecord((b) => b.record(() => b.fragment(() => b.element('Event', { content: () => write(b) })))).event
}

/** The EventData that a template makes of these values. */
function eventData(write: (b: ChunkBytes) => void, values: readonly RawValue[] = []): unknown {
  const { event } = onlyRecord((b) =>
    b.record(() =>
      b.fragment(() =>
        b.instance(
          () => b.element('Event', { content: () => b.element('EventData', { content: () => write(b) }) }),
          values,
        ),
      ),
    ),
  )
  return toJson(event).EventData
}

/** `<Data Name='…'>` with a slot, or with a text. */
function data(b: ChunkBytes, name: string | undefined, content: number | string): void {
  b.element('Data', {
    ...(name !== undefined && { attributes: () => b.attribute('Name', name) }),
    content: () => (typeof content === 'number' ? b.slot(content) : b.value(content)),
  })
}

/** A value of so many bytes, little-endian. */
function value(type: number, size: 0 | 1 | 2 | 4 | 8, n: bigint): RawValue {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigInt64(0, n, true)
  return { type, bytes: bytes.slice(0, size) }
}

describe('toJson()', () => {
  it('lays System flat, with numbers where the schema has numbers, also in a record without template', () => {
    const event = plain((b) =>
      b.element('System', {
        content: () => {
          b.element('Provider', {
            attributes: () =>
              b.attribute('Name', 'P', true).attribute('Guid', '{G}', true).attribute('EventSourceName', 'S'),
          })
          b.element('EventID', { attributes: () => b.attribute('Qualifiers', '49152'), content: () => b.value('1057') })
          for (const name of ['Version', 'Level', 'Task', 'Opcode']) b.element(name, { content: () => b.value('3') })
          b.element('Keywords', { content: () => b.value('0x80') })
          b.element('TimeCreated', { attributes: () => b.attribute('SystemTime', '2026-03-14T09:41:00.0000000Z') })
          b.element('EventRecordID', { content: () => b.value('18446744073709551615') })
          b.element('Correlation', {
            attributes: () => b.attribute('ActivityID', '{A}', true).attribute('RelatedActivityID', '{R}'),
          })
          b.element('Execution', { attributes: () => b.attribute('ProcessID', '4', true).attribute('KernelTime', '7') })
          b.element('Security', { attributes: () => b.attribute('UserID', 'S-1-5-18') })
          b.element('Channel', { content: () => b.value('System') })
        },
      }),
    )
    expect(toJson(event)).toEqual({
      Provider: 'P',
      ProviderGuid: '{G}',
      EventSourceName: 'S',
      EventID: 1057,
      Qualifiers: 49152,
      Version: 3,
      Level: 3,
      Task: 3,
      Opcode: 3,
      Keywords: '0x80',
      TimeCreated: '2026-03-14T09:41:00.0000000Z',
      EventRecordID: '18446744073709551615',
      ActivityID: '{A}',
      RelatedActivityID: '{R}',
      ProcessID: 4,
      ExecutionKernelTime: '7',
      UserID: 'S-1-5-18',
      Channel: 'System',
    })
  })

  it('takes no name for more than it is', () => {
    const event = plain((b) =>
      b.element('System', {
        content: () =>
          b.element('constructor', { attributes: () => b.attribute('name', 'x', true).attribute('assign', 'y') }),
      }),
    )
    expect(toJson(event)).toEqual({ constructorname: 'x', constructorassign: 'y' })
  })

  it('keeps types, and numbers as text where a number would not be the one that is written', () => {
    const fields: [string, RawValue][] = [
      ['null', value(0x00, 0, 0n)],
      ['int8', value(0x03, 1, -5n)],
      ['uint32', value(0x08, 4, 0xffffffffn)],
      ['safe', value(0x0a, 8, 2n ** 53n - 1n)],
      ['unsafe', value(0x0a, 8, 2n ** 53n)],
      ['least', value(0x09, 8, -(2n ** 63n))],
      ['real', { type: 0x0b, bytes: Uint8Array.from([0, 0, 0xc0, 0x3f]) }],
      ['infinite', { type: 0x0b, bytes: Uint8Array.from([0, 0, 0x80, 0x7f]) }],
      ['true', value(0x0d, 4, 1n)],
      ['false', value(0x0d, 4, 0n)],
      ['misfit', value(0x08, 2, 0x10n)],
      ['hex', value(0x14, 4, 10n)],
      ['digits', { type: 0x01, bytes: utf16('007') }],
    ]
    const json = eventData(
      (b) => {
        for (const [i, [name]] of fields.entries()) data(b, name, i)
      },
      fields.map(([, field]) => field),
    )
    expect(json).toEqual({
      null: null,
      int8: -5,
      uint32: 4294967295,
      safe: 9007199254740991,
      unsafe: '9007199254740992',
      least: '-9223372036854775808',
      real: 1.5,
      infinite: '1.#INF',
      true: true,
      false: false,
      misfit: '1000',
      hex: '0xa',
      digits: '007',
    })
  })

  it('puts unnamed items in the array Data, one too, also beside named ones (quirk 36)', () => {
    expect(eventData((b) => data(b, undefined, 'a'))).toEqual({ Data: ['a'] })
    expect(
      eventData((b) => {
        data(b, undefined, 'a')
        data(b, 'x', 'y')
        data(b, undefined, '')
        b.element('Binary', { content: () => b.value('00FF') })
      }),
    ).toEqual({ x: 'y', Data: ['a', ''], Binary: '00FF' })
  })

  it('makes an array of a repeated name (quirk 36)', () => {
    expect(
      eventData((b) => {
        for (const text of ['1', '2', '3']) data(b, 'x', text)
        data(b, 'y', '4')
      }),
    ).toEqual({ x: ['1', '2', '3'], y: '4' })
  })

  it('keeps a field that is called Data beside unnamed ones', () => {
    expect(
      eventData((b) => {
        data(b, 'Data', 'named')
        data(b, undefined, 'unnamed')
      }),
    ).toEqual({ '@Data': 'named', Data: ['unnamed'] })
  })

  it('takes __proto__ for a name like any other', () => {
    const json = eventData((b) => {
      data(b, '__proto__', 'a')
      data(b, '__proto__', 'b')
      data(b, 'toString', 'c')
    })
    expect(JSON.stringify(json)).toBe('{"__proto__":["a","b"],"toString":"c"}')
    expect({}).not.toHaveProperty('a')
  })

  it('keeps the attributes of EventData, and those of its items besides the Name', () => {
    const event = plain((b) =>
      b.element('EventData', {
        attributes: () => b.attribute('xmlns', 'urn:x', true).attribute('Name', 'N'),
        content: () => {
          b.element('Data', {
            attributes: () => b.attribute('Name', 'x', true).attribute('Type', 'T'),
            content: () => b.value('v'),
          })
          b.element('ComplexData', { attributes: () => b.attribute('Name', 'c'), content: () => b.value('w') })
        },
      }),
    )
    expect(toJson(event)).toEqual({
      EventData: { '@Name': 'N', x: { '@Type': 'T', '#text': 'v' }, ComplexData: { '@Name': 'c', '#text': 'w' } },
    })
  })

  it('nests UserData as it is', () => {
    const event = plain((b) =>
      b.element('UserData', {
        content: () =>
          b.element('EventXML', {
            attributes: () => b.attribute('xmlns', 'Event_NS', true).attribute('a', '1'),
            content: () =>
              b
                .element('Item', { content: () => b.value('x') })
                .element('Item', { content: () => b.element('Deep', { content: () => b.value('y') }) })
                .value('text'),
          }),
      }),
    )
    expect(toJson(event)).toEqual({
      UserData: { EventXML: { '@a': '1', Item: ['x', { Deep: 'y' }], '#text': 'text' } },
    })
  })

  it('keeps zeros inside a text, control characters and lone surrogates (quirks 28, 29 and 30)', () => {
    const json = eventData((b) => data(b, 'x', 'a\0b\x1f\ud800'))
    expect(JSON.stringify(json)).toBe('{"x":"a\\u0000b\\u001f\\ud800"}')
  })
})
