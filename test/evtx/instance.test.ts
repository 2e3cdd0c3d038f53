import { describe, expect, it } from 'vitest'
import { FormatError } from '../../src/errors.ts'
import { readInstance, type TemplateInstance } from '../../src/evtx/instance.ts'
import { TemplateCache } from '../../src/evtx/template.ts'
import { MAX_SUBSTITUTIONS } from '../../src/evtx/token.ts'
import { ChunkBytes, hex } from '../support/evtx-bytes.ts'

const definition = (b: ChunkBytes) => () => b.element('E', { content: () => b.slot(0) })

function code(b: ChunkBytes, offset: number, end: number): string | undefined {
  try {
    readInstance(b.chunk(), offset, end, new TemplateCache())
    return undefined
  } catch (error) {
    return error instanceof FormatError ? error.code : String(error)
  }
}

describe('readInstance()', () => {
  it('reads an inline definition and the values behind it', () => {
    const b = new ChunkBytes()
    const values = [
      { type: 0x04, bytes: hex('07') },
      { type: 0x00, bytes: hex('') },
      { type: 0x81, bytes: hex('6100 0000') },
    ]
    b.instance(definition(b), values)
    const { slots, end, template } = readInstance(b.chunk(), 512, b.at, new TemplateCache())
    expect(end).toBe(b.at)
    expect(slots).toEqual([
      { type: 0x04, offset: b.at - 5, size: 1 },
      { type: 0x00, offset: b.at - 4, size: 0 },
      { type: 0x81, offset: b.at - 4, size: 4 },
    ])
    expect(template.fragment.nodes).toMatchObject([{ name: 'E' }])
  })

  it('reads one whose definition stands elsewhere', () => {
    const b = new ChunkBytes()
    b.instance(definition(b), [])
    const start = b.at
    b.instance(522, [{ type: 0x04, bytes: hex('07') }])
    const { slots, template }: TemplateInstance = readInstance(b.chunk(), start, b.at, new TemplateCache())
    expect(slots).toEqual([{ type: 0x04, offset: b.at - 1, size: 1 }])
    expect(template.size).toBe(start - 4 - 522)
  })

  it('refuses one that is cut off anywhere', () => {
    const b = new ChunkBytes()
    b.instance(definition(b), [{ type: 0x04, bytes: hex('07') }])
    const codes = new Set<string | undefined>()
    for (let end = 512; end < b.at; end++) codes.add(code(b, 512, end))
    expect(codes).toEqual(new Set(['truncated', 'bad-value']))
    expect(code(b, 512, b.at)).toBeUndefined()
  })

  it('refuses a count of values that no record can have (quirk 42)', () => {
    for (const [count, expected] of [
      [MAX_SUBSTITUTIONS, undefined],
      [MAX_SUBSTITUTIONS + 1, 'too-many'],
      [0xffff_ffff, 'too-many'],
    ] as const) {
      const b = new ChunkBytes()
      b.instance(definition(b), [])
      b.view.setUint32(b.at - 4, count, true)
      expect(code(b, 512, 65_536)).toBe(expected)
    }
  })

  it('refuses a value that runs over the end, and takes one that ends with it', () => {
    const b = new ChunkBytes()
    b.instance(definition(b), [{ type: 0x01, bytes: hex('61006200'), size: 5 }])
    expect(code(b, 512, b.at)).toBe('bad-value')
    expect(code(b, 512, b.at + 1)).toBeUndefined()
  })
})
