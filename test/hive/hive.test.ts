import { describe, expect, it } from 'vitest'
import { FormatError } from '../../src/errors.ts'
import { type HiveBytes, openHive } from '../../src/hive/hive.ts'
import { bytesInMemory } from '../../src/hive/hive-bytes.ts'
import { dwordOf, textOf } from '../../src/hive/value.ts'
import type { KeyDescription } from '../../src/hive/write/hive-description.ts'
import { writeHive } from '../../src/hive/write/hive-writer.ts'
import { cellNamed, cellsOf, countAll, openBytes, openDescribed, SOME_TIME, treeOf } from '../support/hives.ts'

/** A hive as a machine has it, in small. */
function systemHive(): Uint8Array {
  return writeHive({
    lastWrite: SOME_TIME,
    fileName: '\\??\\C:\\Windows\\System32\\config',
    keys: {
      Select: { values: { Current: 1 } },
      ControlSet001: { keys: { Control: { keys: { Lsa: { values: { ProductType: 'ServerNT' } } } } } },
    },
  })
}

/** Counts what is read of a hive. */
function counted(bytes: Uint8Array): HiveBytes & { reads: number; bytesRead: number } {
  return {
    size: bytes.length,
    reads: 0,
    bytesRead: 0,
    read(offset, length) {
      this.reads++
      this.bytesRead += length
      return bytes.subarray(offset, offset + length)
    },
  }
}

describe('openHive()', () => {
  it('opens a clean hive, and reads its root', () => {
    const hive = openBytes(systemHive())
    expect([hive.state, hive.damage, hive.damageMet]).toEqual(['clean', [], 0])
    expect([hive.root.name, hive.root.path]).toEqual(['ROOT', ''])
    expect(Array.from(hive.root.subkeys(), ({ path }) => path)).toEqual(['ControlSet001', 'Select'])
  })

  it.each([
    ['nothing', new Uint8Array(0), 'truncated'],
    ['less than a base block', systemHive().subarray(0, 511), 'truncated'],
    ['text', new TextEncoder().encode('no hive '.repeat(1_000)), 'bad-signature'],
    ['zeros', new Uint8Array(8_192), 'bad-signature'],
    ['a base block alone', systemHive().subarray(0, 4_096), 'bad-value'],
  ])('throws for what is no hive: %s', (_, bytes, code) => {
    expect(() => openBytes(bytes)).toThrow(expect.objectContaining({ name: 'FormatError', code }))
  })

  it('throws for a hive without a root key, and says why', () => {
    const bytes = systemHive()
    cellNamed(bytes, 'nk', 'ROOT').view.setUint16(0, 0)
    expect(() => openBytes(bytes)).toThrow(FormatError)
    expect(() => openBytes(bytes)).toThrow('The root key cannot be read: There is no key at 0x1020')
  })

  it('reads a hive whose checksum is wrong, and calls it dirty', () => {
    const bytes = systemHive()
    bytes[508]! ^= 1
    const hive = openBytes(bytes)
    expect([hive.state, hive.damage.map(({ kind }) => kind)]).toEqual(['dirty', ['hive-header']])
    expect(dwordOf(hive.key('Select')!.value('Current')!)).toBe(1)
  })

  it('calls a hive dirty whose numbers differ, and tells no damage for it', () => {
    const bytes = writeHive({ lastWrite: SOME_TIME, sequence: 7 })
    const view = new DataView(bytes.buffer)
    view.setUint32(4, 8, true)
    view.setUint32(508, view.getUint32(508, true) ^ 7 ^ 8, true)
    const hive = openBytes(bytes)
    expect([hive.state, hive.damage]).toEqual(['dirty', []])
  })

  it('reads a hive whose first block is lost', () => {
    const whole = systemHive()
    const bytes = whole.slice()
    bytes.fill(0, 0, 4_096)
    const hive = openBytes(bytes)
    expect([hive.state, hive.damage]).toEqual([
      'dirty',
      [expect.objectContaining({ kind: 'hive-header', length: 4_096 })],
    ])
    expect(treeOf(hive.root)).toEqual(treeOf(openBytes(whole).root))
  })

  it('reads what is left of a hive that is cut, and tells what is missing', () => {
    const keys = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`Key${1_000 + i}`, { values: { i } }]))
    const whole = writeHive({ lastWrite: SOME_TIME, keys, leafSize: 50 })
    const hive = openBytes(whole.subarray(0, whole.length - 4_096))
    expect([hive.state, hive.missing]).toEqual(['truncated', 4_096])
    expect(hive.damage).toEqual([
      { kind: 'truncated', offset: whole.length - 4_096, length: 4_096, detail: expect.stringContaining('missing') },
    ])
    expect(countAll(hive.root)).toBeLessThan(401)
    expect(dwordOf(openBytes(whole).key('Key1000')!.value('i')!)).toBe(0)
  })

  it('tells a first bin without its signature', () => {
    const bytes = systemHive()
    bytes[4_096] = 0
    const hive = openBytes(bytes)
    expect(hive.damage.map(({ kind, offset }) => [kind, offset])).toEqual([['hive-header', 4_096]])
    expect(hive.key('Select')).toBeDefined()
  })

  it('takes a hole in the disk for damage, and reads around it', () => {
    const bytes = writeHive({
      lastWrite: SOME_TIME,
      keys: { A: { values: { blob: new Uint8Array(9_000) } }, B: { values: { n: 1 } } },
    })
    // The long data have a bin of their own.
    const hole = cellsOf(bytes).find(({ view }) => view.byteLength >= 9_000)!.at + 4_096 + 4_096
    const hive = openHive({
      size: bytes.length,
      read(offset, length) {
        if (offset <= hole && offset + length > hole) throw new Error('EIO: i/o error')
        return bytes.subarray(offset, offset + length)
      },
    })
    expect(hive.damage).toEqual([])
    expect(hive.key('A')!.value('blob')).toBeUndefined()
    expect(hive.damage.map(({ kind }) => kind)).toEqual(['read-failed', 'hive-cell'])
    expect(dwordOf(hive.key('B')!.value('n')!)).toBe(1)
  })

  it('lets an error out with which the first block cannot be read', () => {
    const broken = {
      size: 10_000,
      read(): Uint8Array {
        throw new Error('EIO: i/o error')
      },
    }
    expect(() => openHive(broken)).toThrow('EIO')
  })

  it('refuses a transaction log', () => {
    const bytes = systemHive()
    const view = new DataView(bytes.buffer)
    view.setUint32(28, 6, true)
    view.setUint32(508, view.getUint32(508, true) ^ 6, true)
    expect(() => openBytes(bytes)).toThrow('This is a transaction log of a hive, and no hive')
  })

  it('keeps no more than 200 damages, and counts all', () => {
    const keys = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`Key${1_000 + i}`, {}]))
    const bytes = writeHive({ lastWrite: SOME_TIME, keys })
    for (let i = 0; i < 300; i++) cellNamed(bytes, 'nk', `Key${1_000 + i}`).view.setUint16(0, 0)
    const hive = openBytes(bytes)
    expect([...hive.root.subkeys()]).toEqual([])
    expect([hive.damage.length, hive.damageMet]).toEqual([200, 300])
  })
})

describe('key()', () => {
  it('walks a path in any letter case, and gives the root for none', () => {
    const hive = openBytes(systemHive())
    const lsa = hive.key('controlset001\\CONTROL\\lsa')!
    expect([lsa.path, textOf(lsa.value('producttype')!)]).toEqual(['ControlSet001\\Control\\Lsa', 'ServerNT'])
    expect(hive.key('\\Select\\')!.path).toBe('Select')
    expect(hive.key('')).toBe(hive.root)
    expect(hive.key('ControlSet001\\Nothing\\Lsa')).toBeUndefined()
    expect(hive.key('Select\\Current')).toBeUndefined()
  })

  it('keeps a slash as a character of a name', () => {
    const hive = openDescribed({ keys: { 'RC4 128/128': { values: { Enabled: 0 } } } })
    expect(hive.key('RC4 128/128')!.name).toBe('RC4 128/128')
    expect(hive.key('RC4 128')).toBeUndefined()
  })
})

describe('a large hive', () => {
  const key = (i: number): KeyDescription => ({
    values: { Path: `C:\\Windows\\thing-${i}.dll`, blob: new Uint8Array(500) },
  })
  function* classes(): Generator<readonly [string, KeyDescription]> {
    for (let i = 0; i < 10_000; i++) yield [`{${String(i).padStart(8, '0')}}`, { ...key(i), keys: { Server: key(i) } }]
  }
  const bytes = writeHive({
    lastWrite: SOME_TIME,
    keys: {
      Classes: { keys: classes() },
      Wanted: { keys: Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`W${i}`, key(i)])) },
    },
  })

  it('is read in small pieces, as few as what is asked for needs', () => {
    expect(bytes.length).toBeGreaterThan(15_000_000)
    const source = counted(bytes)
    const hive = openHive(source)
    for (let i = 0; i < 10; i++) {
      expect(textOf(hive.key(`Wanted\\W${i}`)!.value('Path')!)).toBe(`C:\\Windows\\thing-${i}.dll`)
      expect(textOf(hive.key(`Classes\\{0000${i}777}\\server`)!.value('path')!)).toBe(
        `C:\\Windows\\thing-${i * 1_000 + 777}.dll`,
      )
    }
    expect(hive.damage).toEqual([])
    expect(source.reads).toBeLessThan(200)
    expect(source.bytesRead).toBeLessThan(1_000_000)
  })

  it('is walked in memory that does not grow with it', () => {
    expect(countAll(openHive(bytesInMemory(bytes)).root)).toBe(1 + 1 + 1 + 10 * 3 + 10_000 * 6)
  })
})
