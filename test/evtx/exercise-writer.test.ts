import { describe, expect, it } from 'vitest'
import { CHUNK_SIZE, chunkAt } from '../../src/evtx/chunk.ts'
import { exerciseWriter } from '../../src/evtx/exercise-writer.ts'
import { PlainRenderer } from '../../src/evtx/plain-renderer.ts'
import { LITERAL_TYPE, PARTS_TYPE } from '../../src/evtx/plan.ts'
import { layOut, MEMORY_SIZE } from '../../src/evtx/plan-memory.ts'
import * as type from '../../src/evtx/value-type.ts'

const memory = () => layOut(new ArrayBuffer(MEMORY_SIZE))

describe('exerciseWriter()', () => {
  it('writes every type of value but BinXML, and texts of plans', () => {
    const written = new Set<number>()
    exerciseWriter(memory(), (valueType) => written.add(valueType))
    const all = Object.entries(type).flatMap(([name, value]) =>
      name.endsWith('_TYPE') && value !== type.BIN_XML_TYPE ? [value] : [],
    )
    expect([...written].sort()).toEqual([...all, LITERAL_TYPE, PARTS_TYPE].sort())
  })

  it('has what it writes and what it writes of in the slots', () => {
    const { slotsAt, slotsEnd, ...whole } = memory()
    exerciseWriter({ slotsAt, slotsEnd, ...whole }, (valueType, from, size, to) => {
      const end = valueType === PARTS_TYPE ? from + 8 * size : from + size
      expect(from >= slotsAt && end < to && to + 4_096 < slotsEnd).toBe(true)
    })
  })
})

describe('PlainRenderer.startChunk()', () => {
  it.each(['xml', 'json', 'evtx_dump'] as const)('leaves chunk, plans and output as they are: %s', (dialect) => {
    const whole = memory()
    const chunk = chunkAt(whole.buffer, whole.inputAt)
    chunk.bytes.fill(0xa5)
    new PlainRenderer(whole, dialect).startChunk(chunk)
    const isKept = (start: number, end: number, byte: number) =>
      whole.bytes.subarray(start, end).every((found) => found === byte)
    expect(isKept(whole.inputAt, whole.inputAt + CHUNK_SIZE, 0xa5)).toBe(true)
    expect(isKept(whole.inputAt + CHUNK_SIZE, whole.slotsAt, 0)).toBe(true)
    expect(isKept(whole.plansAt, whole.outputEnd, 0)).toBe(true)
  })
})
