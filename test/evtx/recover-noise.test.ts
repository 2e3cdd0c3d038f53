import { describe, expect, it } from 'vitest'
import { fromSeed } from '../../scripts/engines/from-seed.ts'
import { CHUNK_HEADER_SIZE, CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { isDamage, type LogRecord, walkLog } from '../../src/evtx/log.ts'
import { systemOf } from '../../src/evtx/system.ts'
import { fileHeader } from '../support/evtx-bytes.ts'
import { NINE } from '../support/logs.ts'
import { sampleLogs } from '../support/samples.ts'

function recovered(log: Uint8Array): LogRecord[] {
  return [...walkLog(log, { recover: 'slack' })].filter(
    (found): found is LogRecord => !isDamage(found) && found.recovered !== undefined,
  )
}

/** A log of chunks of noise; every second has a chunk's signature. */
function noise(chunks: number, below: (bound: number) => number): Uint8Array {
  const log = new Uint8Array(FILE_HEADER_SIZE + chunks * CHUNK_SIZE)
  log.set(fileHeader({ chunkCount: chunks }))
  const words = new Uint32Array(log.buffer, FILE_HEADER_SIZE)
  for (let i = 0; i < words.length; i++) words[i] = below(0x1_0000_0000)
  for (let at = FILE_HEADER_SIZE; at < log.length; at += 2 * CHUNK_SIZE) log.set(Buffer.from('ElfChnk\0'), at)
  return log
}

/** Puts whole frames over all of a log, each with what a record begins with. */
function framed(log: Uint8Array, below: (bound: number) => number): Uint8Array {
  const view = new DataView(log.buffer)
  for (let chunk = FILE_HEADER_SIZE; chunk < log.length; chunk += CHUNK_SIZE) {
    let at = chunk + CHUNK_HEADER_SIZE
    while (at + 64 < chunk + CHUNK_SIZE) {
      const size = Math.min(chunk + CHUNK_SIZE - at, 40 + 8 * below(200))
      view.setUint32(at, 0x2a2a, true)
      view.setUint32(at + 4, size, true)
      view.setBigUint64(at + 8, BigInt(1 + below(1e9)), true)
      view.setBigUint64(at + 16, NINE + BigInt(below(1e9)), true)
      view.setUint32(at + 24, 0x0001010f, true)
      view.setUint16(at + 28, below(2) === 0 ? 0x010c : 0x4101, true)
      view.setUint32(at + size - 4, size, true)
      at += size
    }
  }
  return log
}

/** Which event a record is. */
function identity({ recordId, event }: LogRecord): string {
  const { eventId, timeCreated } = systemOf(event)
  return `${recordId} ${eventId} ${timeCreated}`
}

describe('recovery from unused space', () => {
  it('makes no record of noise, nor of noise in frames that are right', () => {
    const below = fromSeed(5)
    expect(recovered(noise(40, below))).toEqual([])
    expect(recovered(framed(noise(40, below), below))).toEqual([])
  })

  it('ends on logs with stretches wiped, moved and changed, and makes up next to nothing', () => {
    const below = fromSeed(19)
    const logs = sampleLogs().filter(({ bytes }) => bytes.length > 2 * CHUNK_SIZE)
    let [found, madeUp] = [0, 0]
    for (let round = 0; round < 20; round++) {
      const whole = logs[below(logs.length)]!.bytes
      const log = whole.slice(0, FILE_HEADER_SIZE + 4 * CHUNK_SIZE)
      const known = new Set(
        [...walkLog(log, { recover: 'slack' })].flatMap((one) => (isDamage(one) ? [] : [identity(one)])),
      )
      for (let change = 0; change < 12; change++) {
        const [from, length, to] = [
          FILE_HEADER_SIZE + below(log.length - FILE_HEADER_SIZE),
          1 + below(900),
          below(log.length),
        ]
        if (change % 4 === 0) log.fill(0, from, Math.min(log.length, from + length))
        else if (change % 4 === 1) log.copyWithin(Math.max(FILE_HEADER_SIZE, to), from, from + 8 * length)
        else if (change % 4 === 2)
          log.copyWithin(Math.max(FILE_HEADER_SIZE, to & ~7), from & ~7, (from + 8 * length) & ~7)
        else for (let i = from; i < Math.min(log.length, from + length); i++) log[i] = below(256)
      }
      for (const record of recovered(log)) {
        found++
        if (!known.has(identity(record))) madeUp++
      }
    }
    expect(found).toBeGreaterThan(50)
    // What is written over with another value of its type cannot be told.
    expect(madeUp).toBeLessThan(found / 100)
  })
})
