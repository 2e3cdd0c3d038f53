import type { HiveDescription, KeyDescription } from '../../src/hive/write/hive-description.ts'

/** Hives that are written and read back: by name, what they are made of. */
export function describedHives(): readonly (readonly [string, HiveDescription])[] {
  const lastWrite = '2026-03-14T09:41:00.1234567Z'
  return [
    ['every value type', { lastWrite, ...everyType() }],
    ['li, divided', { lastWrite, lists: 'li', leafSize: 7, keys: numbered(60) }],
    ['lf of version 1.3', { lastWrite, minorVersion: 3, keys: numbered(600), values: { long: filled(50_000) } }],
    ['lh, divided', { lastWrite, keys: numbered(5_000) }],
    ['large, 80 MB', { lastWrite, keys: { Classes: { keys: many(40_000) }, Microsoft: { keys: numbered(700) } } }],
  ]
}

function everyType(): KeyDescription {
  return {
    className: 'class',
    values: {
      '': 'default value',
      sz: 'plain text, with a comma',
      expandSz: { type: 'expandSz', value: '%SystemRoot%\\System32' },
      multiSz: ['one', 'two'],
      dword: 0xfedcba98,
      dwordBigEndian: { type: 'dwordBigEndian', value: 0x01020304 },
      qword: 0xfedcba9876543210n,
      none: { type: 'none', value: filled(3) },
      empty: filled(0),
      four: filled(4),
      binary: filled(500),
      'big data': filled(16_345),
      'bigger data': filled(100_000),
      resourceList: { type: 'resourceList', value: filled(20) },
      'a type of its own': { type: 0xffff0012, value: filled(12) },
    },
    keys: {
      Größe: { values: { Ä: 'ö' } },
      ключ: { lastWrite: '1999-12-31T23:59:59Z', values: { значение: 'текст' } },
      'RC4 128/128': { values: { Enabled: 0 } },
      Deep: { keys: { er: { keys: { still: { className: 'x', values: { n: 1 } } } } } },
    },
  }
}

function filled(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8) + 1) & 0xff)
}

function numbered(count: number): Record<string, KeyDescription> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`Key ${i}`, { values: { number: i } }]))
}

function* many(count: number): Generator<readonly [string, KeyDescription]> {
  for (let i = 0; i < count; i++) {
    const values = { '': `Class ${i}`, path: `C:\\Windows\\System32\\part-${i}.dll`, blob: filled(1_500) }
    yield [`{${i.toString(16).padStart(8, '0')}-0000-0000-C000-000000000046}`, { values, keys: { InprocServer32: {} } }]
  }
}
