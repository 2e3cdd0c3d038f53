import { describe, expect, it } from 'vitest'
import { openHive } from '../../src/hive/hive.ts'
import { bytesInMemory } from '../../src/hive/hive-bytes.ts'
import { changeBaseBlock } from '../../src/hive/write/base-block-writer.ts'
import { type DirtyOptions, writeDirtyHive } from '../../src/hive/write/dirty-hive-writer.ts'
import { writeHive } from '../../src/hive/write/hive-writer.ts'
import { openBytes, SOME_TIME, treeOf } from '../support/hives.ts'

/** A hive that has gone through `n` changes: a value counts them, keys become more, and every page knows of it. */
function state(n: number, more: { sequence?: number; lastWrite?: string } = {}): Uint8Array {
  const keys = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`Key${100 + i}`, { values: { blob: new Uint8Array(1_000).fill(n + i) } }]),
  )
  const added = Object.fromEntries(Array.from({ length: n * 3 }, (_, i) => [`Zadded${100 + i}`, {}]))
  return writeHive({ lastWrite: SOME_TIME, values: { n }, keys: { ...keys, ...added }, ...more })
}

/** What the value that counts the changes says. */
function nOf(hive: ReturnType<typeof openBytes>): number {
  return hive.root.value('n')!.bytes[0]!
}

const FORMS: readonly DirtyOptions[] = [{ form: 'vector' }, { form: 'entries' }, { form: 'entries', inFirstLog: 1 }]

describe('openHive() of a hive with unfinished writes', () => {
  it.each(FORMS)('makes it whole from its logs, written as %j', (options) => {
    const states = [state(0), state(1), state(2), state(3)]
    const { main, logs } = writeDirtyHive(states, options)
    const before = main.slice()
    const hive = openBytes(main, ...logs)
    expect([hive.state, hive.damage]).toEqual(['recovered', []])
    expect(treeOf(hive.root)).toEqual(treeOf(openBytes(states[3]!).root))
    expect(main).toEqual(before)
  })

  it.each(FORMS)('is what the file holds without its logs, and dirty: %j', (options) => {
    const { main } = writeDirtyHive([state(0), state(1), state(2)], options)
    const hive = openBytes(main)
    expect([hive.state, nOf(hive)]).toEqual(['dirty', 0])
  })

  it('takes two logs in the order of their numbers, whichever comes first', () => {
    const { main, logs } = writeDirtyHive([state(0), state(1), state(2)], { form: 'entries', inFirstLog: 1 })
    expect(logs).toHaveLength(2)
    const [first, second] = logs as [Uint8Array, Uint8Array]
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      const hive = openBytes(main, ...order)
      expect([hive.state, nOf(hive), hive.damage]).toEqual(['recovered', 2, []])
    }
  })

  it('takes numbers that begin anew for later ones', () => {
    const sequence = 0xfffffffe
    const states = [0, 1, 2, 3, 4].map((n) => state(n, { sequence }))
    const { main, logs } = writeDirtyHive(states, { form: 'entries', inFirstLog: 1 })
    const hive = openBytes(main, ...logs.toReversed())
    expect([hive.state, nOf(hive), hive.damage]).toEqual(['recovered', 4, []])
  })

  it('leaves a clean hive as it is, whatever its logs hold', () => {
    const { logs } = writeDirtyHive([state(0), state(1)], { form: 'entries' })
    const hive = openBytes(state(0), ...logs)
    expect([hive.state, nOf(hive)]).toEqual(['clean', 0])
  })

  it('passes over entries that are older than the hive', () => {
    const old = writeDirtyHive([state(0), state(1), state(2)], { form: 'entries' })
    const main = state(2)
    changeBaseBlock(main, { primarySequence: 9, secondarySequence: 8 })
    const hive = openBytes(main, ...old.logs)
    expect([hive.state, nOf(hive), hive.damage]).toEqual(['dirty', 2, []])
  })

  it('begins in the middle of a log where the hive says so', () => {
    const { main, logs } = writeDirtyHive([state(0), state(1), state(2)], { form: 'entries' })
    const reconciled = state(1)
    changeBaseBlock(reconciled, { primarySequence: 3, secondarySequence: 2 })
    const hive = openBytes(reconciled, ...logs)
    expect([hive.state, nOf(hive), hive.damage]).toEqual(['recovered', 2, []])
    expect(main).not.toEqual(reconciled)
  })

  it('uses later entries where earlier ones are lost, and tells it', () => {
    const { logs } = writeDirtyHive([state(0), state(1), state(2)], { form: 'entries', inFirstLog: 1 })
    // What Windows leaves after it wrote the first entries to the hive without touching its first block.
    const main = state(1)
    changeBaseBlock(main, { primarySequence: 2, secondarySequence: 1 })
    const hive = openBytes(main, logs[1]!)
    expect([hive.state, nOf(hive)]).toEqual(['recovered', 2])
    expect(hive.damage.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['hive-log', expect.stringMatching(/^Log entries 1 to 1 are in none of the logs/)],
    ])
  })

  it.each([
    ['its head', 12],
    ['a reference', 44],
    ['a page', 3_000],
  ])('stops at an entry with a changed byte in %s, and tells it', (_, at) => {
    const { main, logs } = writeDirtyHive([state(0), state(1), state(2), state(3)], { form: 'entries' })
    const log = logs[0]!
    const second = 512 + new DataView(log.buffer).getUint32(512 + 4, true)
    // Byte 12 is part of the number: changed, it is an entry of another run.
    log[second + at]! ^= 1
    const hive = openBytes(main, log)
    expect([hive.state, nOf(hive)]).toEqual(['recovered', 1])
    expect(hive.damage.map(({ kind, offset }) => [kind, offset])).toEqual(at === 12 ? [] : [['hive-log', second]])
  })

  it('is dirty where the first entry is broken', () => {
    const { main, logs } = writeDirtyHive([state(0), state(1)], { form: 'entries' })
    logs[0]![600]! ^= 1
    const hive = openBytes(main, ...logs)
    expect([hive.state, nOf(hive)]).toEqual(['dirty', 0])
    expect(hive.damage.map(({ detail }) => detail)).toEqual([expect.stringContaining('has a wrong hash')])
  })

  it('reads what a cut log still holds whole', () => {
    const { main, logs } = writeDirtyHive([state(0), state(1), state(2)], { form: 'entries' })
    const log = logs[0]!
    const hive = openBytes(main, log.subarray(0, log.length - 512))
    expect([hive.state, nOf(hive)]).toEqual(['recovered', 1])
    expect(hive.damage.map(({ detail }) => detail)).toEqual([expect.stringContaining('behind the end of the log')])
  })

  it.each(FORMS)('is made whole where its first block is torn: %j', (options) => {
    const { main, logs } = writeDirtyHive([state(0), state(1), state(2)], options)
    main.fill(0xff, 4, 512)
    const hive = openBytes(main, ...logs)
    expect([hive.state, nOf(hive)]).toEqual(['recovered', 2])
    expect(hive.damage.map(({ kind }) => kind)).toEqual(['hive-header'])
  })

  it('passes over logs that are empty, zeros, hives, unfinished or something else', () => {
    const { main, logs } = writeDirtyHive([state(0), state(1)], { form: 'entries' })
    const unfinished = logs[0]!.slice()
    changeBaseBlock(unfinished, { primarySequence: 5 })
    const others = [new Uint8Array(0), new Uint8Array(4_096), state(1), unfinished, new Uint8Array(4_096).fill(1)]
    const hive = openBytes(main, ...others, logs[0]!)
    expect([hive.state, nOf(hive)]).toEqual(['recovered', 1])
    expect(hive.damage.map(({ detail }) => detail)).toEqual([
      'Transaction log 3 of 6 is a hive and no log; it is not used',
      'Transaction log 4 of 6 was not finished, or its checksum is wrong; it is not used',
      'Transaction log 5 of 6 is not used: There is no "regf" signature',
    ])
  })

  it('takes the later of two logs of the old form, and none that is older than the hive', () => {
    const later = '2026-03-14T10:00:00Z'
    const a = writeDirtyHive([state(0), state(1)], { form: 'vector' })
    const b = writeDirtyHive([state(0), state(2, { lastWrite: later })], { form: 'vector' })
    const hive = openBytes(a.main, ...a.logs, ...b.logs)
    expect([hive.state, nOf(hive)]).toEqual(['recovered', 2])
    const newer = openBytes(b.main, ...a.logs)
    expect([newer.state, nOf(newer)]).toEqual(['dirty', 0])
    expect(newer.damage[0]!.detail).toContain('older than the hive')
  })

  it.each([
    ['its bitmap', 600, 'is too short for its bitmap'],
    ['its last sector', -1, 'ends before the last sector'],
  ])('is dirty where a log of the old form is cut before the end of %s', (_, length, tells) => {
    const { main, logs } = writeDirtyHive([state(0), state(1)], { form: 'vector' })
    const log = logs[0]!
    // A bitmap that is longer than the log: the hive says that it is large.
    if (length > 0) changeBaseBlock(log, { binsSize: 0x7ffff000 })
    const hive = openBytes(main, log.subarray(0, length < 0 ? log.length + length : length))
    expect([hive.state, nOf(hive)]).toEqual(['dirty', 0])
    expect(hive.damage.map(({ detail }) => detail)).toEqual([expect.stringContaining(tells)])
  })

  it('survives a log that fails while it is read', () => {
    const { main, logs } = writeDirtyHive([state(0), state(1)], { form: 'entries' })
    const log = logs[0]!
    for (const fails of [0, 512, 600, 4_000]) {
      const hive = openHive(bytesInMemory(main), [
        {
          size: log.length,
          read(offset, length) {
            if (offset <= fails && offset + length > fails) throw new Error('EIO: i/o error')
            return log.subarray(offset, offset + length)
          },
        },
      ])
      expect([hive.state, nOf(hive)]).toEqual(['dirty', 0])
      expect(hive.damage.map(({ kind }) => kind)).toEqual(['read-failed'])
    }
  })

  it('ends and throws nothing for logs with each byte of their heads changed', () => {
    for (const options of FORMS) {
      const { main, logs } = writeDirtyHive([state(0), state(1)], options)
      const log = logs[0]!
      for (let at = 0; at < 620; at++) {
        log[at]! ^= 0xff
        expect(['recovered', 'dirty']).toContain(openBytes(main, log).state)
        log[at]! ^= 0xff
      }
    }
  })
})
