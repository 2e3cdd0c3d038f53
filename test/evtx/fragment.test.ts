import { describe, expect, it } from 'vitest'
import { FormatError } from '../../src/errors.ts'
import { type FragmentNode, readFragment } from '../../src/evtx/fragment.ts'
import { MAX_DEPTH, MAX_NODES, NO_DEPENDENCY } from '../../src/evtx/token.ts'
import { ChunkBytes } from '../support/evtx-bytes.ts'

/** What stands in a chunk from its first record on, read as a fragment. */
function read(write: (b: ChunkBytes) => void, inDefinition = false): readonly FragmentNode[] {
  const b = new ChunkBytes()
  write(b)
  return readFragment(b.chunk(), 512, b.at, inDefinition).nodes
}

function code(write: (b: ChunkBytes) => void): string | undefined {
  try {
    read(write)
    return undefined
  } catch (error) {
    return error instanceof FormatError ? error.code : String(error)
  }
}

/** Children of an element `E` with this content. */
function content(write: (b: ChunkBytes) => void): readonly FragmentNode[] {
  const [element] = read((b) => b.element('E', { content: () => write(b) }))
  if (element?.kind !== 'element') throw new Error('No element')
  return element.children
}

const withMore = [0, 0x40]

describe('readFragment()', () => {
  it('reads an element closed empty, and one without content', () => {
    const parts = { kind: 'element', dependency: NO_DEPENDENCY, attributes: [], children: [] }
    expect(read((b) => b.element('A').element('B', { content: () => {} }))).toEqual([
      { ...parts, name: 'A', closedEmpty: true },
      { ...parts, name: 'B', closedEmpty: false },
    ])
  })

  it('reads elements in elements, and text between them', () => {
    const nodes = content((b) =>
      b
        .value('x')
        .element('A', { content: () => b.element('B') })
        .value('y'),
    )
    expect(nodes).toMatchObject([
      { kind: 'text', text: 'x' },
      { kind: 'element', name: 'A', children: [{ name: 'B' }] },
      { kind: 'text', text: 'y' },
    ])
  })

  it('reads attributes, those with the flag for more and the last without', () => {
    const [element] = read((b) =>
      b.element('E', {
        attributes: () => b.attribute('a', '1', true).attribute('b', '2'),
        content: () => b.value('c'),
      }),
    )
    expect(element).toMatchObject({
      attributes: [
        { name: 'a', parts: [{ kind: 'text', text: '1' }] },
        { name: 'b', parts: [{ kind: 'text', text: '2' }] },
      ],
      children: [{ text: 'c' }],
    })
  })

  it('reads an attribute without a value', () => {
    const [element] = read((b) => b.element('E', { attributes: () => b.attribute('a', () => {}) }))
    expect(element).toMatchObject({ attributes: [{ name: 'a', parts: [] }], closedEmpty: true })
  })

  it('skips a fragment header and stops at the end of the fragment', () => {
    expect(read((b) => b.fragment(() => b.element('A')).element('B'))).toMatchObject([{ name: 'A' }])
  })

  it('reads a name that stands elsewhere in the chunk, and notes what it depends on', () => {
    const b = new ChunkBytes()
    b.name('E')
    const start = b.at
    b.element('E').element('F')
    const { nodes, outsideNames } = readFragment(b.chunk(), start, b.at, false)
    expect(nodes).toMatchObject([{ name: 'E' }, { name: 'F' }])
    expect(outsideNames).toEqual([{ offset: 516, text: 'E' }])
  })

  it('reads a name that stands inline although the chunk has it already', () => {
    expect(read((b) => b.element('E').u8(0x01).u32(17).name('E', true).u8(0x03))).toMatchObject([
      { name: 'E' },
      { name: 'E' },
    ])
  })

  it.each(withMore)('reads text with flag %i, and keeps its pieces (quirk 34)', (more) => {
    const nodes = content((b) => b.value('a', 0x45).value('b', 0x05 | more))
    expect(nodes).toMatchObject([
      { kind: 'text', text: 'a' },
      { kind: 'text', text: 'b' },
    ])
  })

  it.each(withMore)('reads a CDATA section with flag %i (quirk 32)', (more) => {
    expect(content((b) => b.u8(0x07 | more).text('a<b]]>c'))).toEqual([
      { kind: 'markup', text: 'a<b]]>c', xml: '<![CDATA[a<b]]]]><![CDATA[>c]]>' },
    ])
  })

  it.each(withMore)('reads a character reference with flag %i (quirk 32)', (more) => {
    expect(content((b) => b.u8(0x08 | more).u16(0x20ac))).toEqual([{ kind: 'markup', text: '€', xml: '&#8364;' }])
  })

  it('writes no reference to what XML cannot hold', () => {
    const xml = (unit: number) => content((b) => b.u8(0x08).u16(unit)).map((node) => node.kind === 'markup' && node.xml)
    expect([0x00, 0x1f, 0xd800, 0xdfff, 0xfffe].flatMap(xml)).toEqual(['\0', '\x1f', '\ud800', '\udfff', '\ufffe'])
    expect([0x09, 0x20, 0xd7ff, 0xe000, 0xfffd].flatMap(xml)).toEqual([
      '&#9;',
      '&#32;',
      '&#55295;',
      '&#57344;',
      '&#65533;',
    ])
  })

  it.each([
    ['amp', '&'],
    ['lt', '<'],
    ['gt', '>'],
    ['quot', '"'],
    ['apos', "'"],
    ['nbsp', '&nbsp;'],
    ['constructor', '&constructor;'],
  ])('reads the entity reference %s (quirk 32)', (name, text) => {
    for (const more of withMore) {
      expect(content((b) => b.u8(0x09 | more).name(name))).toEqual([{ kind: 'markup', text, xml: `&${name};` }])
    }
  })

  it('reads a processing instruction with and without data (quirk 32)', () => {
    expect(content((b) => b.u8(0x0a).name('t').u8(0x0b).text('a="1"').u8(0x0a).name('u'))).toEqual([
      { kind: 'markup', text: '', xml: '<?t a="1"?>' },
      { kind: 'markup', text: '', xml: '<?u?>' },
    ])
  })

  it('lets no processing instruction end before its end', () => {
    expect(content((b) => b.u8(0x0a).name('t').u8(0x0b).text('a?>b'))).toMatchObject([{ xml: '<?t a? >b?>' }])
  })

  it('trusts the count of characters, whatever they are (quirk 33)', () => {
    expect(content((b) => b.u8(0x07).text('a\0b').value('c'))).toMatchObject([{ text: 'a\0b' }, { text: 'c' }])
    expect(content((b) => b.u8(0x07).text(''))).toMatchObject([{ text: '', xml: '<![CDATA[]]>' }])
  })

  it.each([0x0d, 0x4d, 0x0e, 0x4e])('reads a substitution by token %i', (token) => {
    expect(content((b) => b.slot(300, 0x81, token))).toMatchObject([{ kind: 'slot', slot: 300, type: 0x81 }])
  })

  it('reads the dependency id that elements have inside a definition, and only there (quirk 20)', () => {
    const b = new ChunkBytes()
    b.u8(0x01).u16(5).u32(17).name('E').u8(0x03)
    expect(readFragment(b.chunk(), 512, b.at, true).nodes).toMatchObject([{ name: 'E', dependency: 5 }])
    const c = new ChunkBytes()
    c.u8(0x01).u32(17).name('E').u8(0x03)
    expect(readFragment(c.chunk(), 512, c.at, false).nodes).toMatchObject([{ name: 'E', dependency: NO_DEPENDENCY }])
  })

  it('reads the other layout where the expected one makes no sense (quirk 20)', () => {
    const b = new ChunkBytes()
    b.u8(0x01).u16(5).u32(17).name('E').u8(0x03)
    expect(readFragment(b.chunk(), 512, b.at, false).nodes).toMatchObject([{ name: 'E', dependency: 5 }])
    const c = new ChunkBytes()
    c.u8(0x01).u32(17).name('E').u8(0x03)
    expect(readFragment(c.chunk(), 512, c.at, true).nodes).toMatchObject([{ name: 'E', dependency: NO_DEPENDENCY }])
  })

  it('refuses a token that has no place', () => {
    expect(code((b) => b.u8(0x10))).toBe('bad-token')
    expect(code((b) => b.u8(0x04))).toBe('bad-token')
    expect(code((b) => b.element('E', { content: () => b.u8(0x00) }))).toBe('bad-token')
    expect(code((b) => b.element('E', { content: () => b.u8(0x0f, 1, 1, 0) }))).toBe('bad-token')
    expect(code((b) => b.u8(0x01).u32(17).name('E').u8(0x05))).toBe('bad-token')
  })

  it('refuses sizes that run over the end', () => {
    expect(code((b) => b.u8(0x01).u32(18).name('E').u8(0x03))).toBe('bad-size')
    expect(code((b) => b.u8(0x05, 0x01).u16(2).raw(new Uint8Array(3)))).toBe('bad-size')
  })

  it('refuses what ends in the middle of a token', () => {
    const b = new ChunkBytes()
    b.element('E', { attributes: () => b.attribute('a', 'v'), content: () => b.value('x') })
    for (let end = 513; end < b.at; end++) {
      expect(() => readFragment(b.chunk(), 512, end, false)).toThrow(FormatError)
    }
    expect(readFragment(b.chunk(), 512, b.at, false).nodes).toHaveLength(1)
  })

  it(`nests ${MAX_DEPTH} elements and no more (quirk 42)`, () => {
    const nested = (depth: number) => (b: ChunkBytes) => {
      const one = (left: number): void => {
        b.element('E', left === 1 ? {} : { content: () => one(left - 1) })
      }
      one(depth)
    }
    expect(code(nested(MAX_DEPTH))).toBeUndefined()
    expect(code(nested(MAX_DEPTH + 1))).toBe('too-deep')
  })

  it(`takes ${MAX_NODES} parts and no more (quirk 42)`, () => {
    const values = (count: number) => (b: ChunkBytes) => {
      for (let i = 0; i < count; i++) b.value('')
    }
    expect(code(values(MAX_NODES))).toBeUndefined()
    expect(code(values(MAX_NODES + 1))).toBe('too-many')
  })
})
