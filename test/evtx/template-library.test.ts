import { describe, expect, it } from 'vitest'
import { carveDefinitions } from '../../src/evtx/carve-definitions.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { TemplateLibrary } from '../../src/evtx/template-library.ts'
import { ChunkBytes, TEMPLATE_ID } from '../support/evtx-bytes.ts'

const OTHER_GUID = '{11223344-0000-0000-0000-000000000001}'

/** A chunk with one record that defines a template with an element of a name; `before` puts a name in front of it. */
function defines(name: string, options: { guid?: string; before?: string; inSlack?: boolean } = {}): ChunkBytes {
  const b = new ChunkBytes()
  if (options.before) b.record(() => b.fragment(() => b.element(options.before!, {})))
  const start = b.at
  b.record(() =>
    b.fragment(() =>
      b.instance(
        () => b.element(name, { content: () => b.slot(0) }),
        [{ type: 0x04, bytes: Uint8Array.of(7) }],
        options.guid,
      ),
    ),
  )
  return b.finish(options.inSlack ? { freeSpace: start } : {})
}

/** Name of the element that the library has for the id. */
function shelved(...chunks: ChunkBytes[]): string | undefined {
  const library = new TemplateLibrary()
  for (const each of chunks) library.addChunk(each.chunk())
  const [node] = library.find(TEMPLATE_ID)?.fragment.nodes ?? []
  return node?.kind === 'element' ? node.name : undefined
}

describe('carveDefinitions()', () => {
  it('finds a definition where one stands, and none in noise', () => {
    const found: number[] = []
    carveDefinitions(defines('E').chunk(), (offset, id) => found.push(offset, id))
    expect(found).toEqual([512 + 24 + 4 + 10, TEMPLATE_ID])
    const b = new ChunkBytes()
    // The least of a generator that is known: every byte value, in no order.
    let state = 1
    for (let i = 512; i < CHUNK_SIZE; i++) {
      state = (state * 75 + 74) % 65_537
      b.bytes[i] = state & 0xff
    }
    b.bytes.fill(0x0c, 60_000)
    carveDefinitions(b.chunk(), () => expect.unreachable())
  })
})

describe('TemplateLibrary', () => {
  it('knows a definition again wherever it and its names stand', () => {
    expect(shelved(defines('E'))).toBe('E')
    expect(shelved(defines('E'), defines('E', { before: 'F' }), defines('E', { before: 'E' }))).toBe('E')
    expect(new TemplateLibrary().find(TEMPLATE_ID)).toBeUndefined()
  })

  it.each([
    ['two that say different things', defines('E'), defines('G')],
    ['two with the same first word of their GUIDs', defines('E'), defines('E', { guid: OTHER_GUID })],
    ['two of unused space', defines('E', { inSlack: true }), defines('G', { inSlack: true })],
  ])('gives out neither of %s, in either order', (_, one, other) => {
    expect(shelved(one, other)).toBeUndefined()
    expect(shelved(other, one)).toBeUndefined()
    expect(shelved(one, other, one)).toBeUndefined()
  })

  it('believes the records of a sound chunk before unused space, and before a chunk that was changed', () => {
    const changed = defines('G')
    changed.bytes[CHUNK_SIZE - 1] = 1
    changed.bytes[520]! ^= 1
    for (const doubtful of [defines('G', { inSlack: true }), changed]) {
      expect(shelved(doubtful)).toBe('G')
      expect(shelved(doubtful, defines('E'))).toBe('E')
      expect(shelved(defines('E'), doubtful)).toBe('E')
    }
  })

  it('does not take what cannot be read', () => {
    const b = defines('E')
    // The name's hash.
    const at = 512 + 24 + 4 + 10 + 24 + 4 + 1 + 2 + 4 + 4 + 4
    b.bytes[at]! ^= 1
    expect(shelved(b)).toBeUndefined()
  })

  it('stays within its bounds however many ids there are', () => {
    const library = new TemplateLibrary()
    for (let i = 0; i < 9_000; i++) {
      const guid = `{${(0x10000000 + i).toString(16)}-0000-0000-0000-000000000000}`
      library.addChunk(defines('E', { guid }).chunk())
    }
    expect(library.find(0x10000000)).toBeDefined()
    expect(library.find(0x10000000 + 8_999)).toBeUndefined()
  })
})
