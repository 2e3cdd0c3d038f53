import { describe, expect, it } from 'vitest'
import { isDamage, type RecordOrDamage, walkChunk, walkLog } from '../../src/evtx/log.ts'
import { TemplateCache } from '../../src/evtx/template.ts'
import { type ChunkBytes, chunkOf, logOf, WRITTEN } from '../support/evtx-bytes.ts'

const record = (b: ChunkBytes) => b.record(() => b.fragment(() => b.element('Event', { content: () => b.system() })))

/** A log of chunks with so many records each. */
function log(...counts: number[]): Uint8Array {
  return logOf(
    counts.map((count) =>
      chunkOf((b) => {
        for (let i = 0; i < count; i++) record(b)
      }),
    ),
  )
}

function tell(found: RecordOrDamage): string {
  return isDamage(found) ? `${found.kind} ${found.offset}+${found.length}` : `record ${found.offset}`
}

const tellAll = (bytes: Uint8Array) => [...walkLog(bytes)].map(tell)

/** Offsets of a chunk's first and second record. */
const FIRST = 512
const SECOND = 512 + chunkOf(record).at - 512

describe('walkLog()', () => {
  it('gives each record with its place, size, id and written time', () => {
    const [found] = walkLog(log(1))
    expect(found).toMatchObject({
      offset: 4096 + FIRST,
      size: SECOND - FIRST,
      recordId: 1,
      writtenTime: WRITTEN,
      event: { name: 'Event' },
    })
    expect(found).not.toHaveProperty('recovered')
  })

  it('looks into every slot to the end, whatever the header counts (quirks 1 and 2)', () => {
    const bytes = log(1, 1, 1)
    for (const chunkCount of [0, 1, 3, 0xffff]) {
      new DataView(bytes.buffer, bytes.byteOffset).setUint16(42, chunkCount, true)
      expect(tellAll(bytes)).toEqual([0, 1, 2].map((i) => `record ${4096 + FIRST + 65_536 * i}`))
    }
  })

  it('passes over unused slots between chunks (quirk 8)', () => {
    const bytes = log(1, 1, 1)
    bytes.fill(0, 4096 + 65_536, 4096 + 2 * 65_536)
    expect(tellAll(bytes)).toEqual([`record ${4096 + FIRST}`, `record ${4096 + FIRST + 2 * 65_536}`])
  })

  it('finds the records of a chunk whose header was wiped (quirks 7 and 8)', () => {
    const bytes = log(2)
    bytes.fill(0, 4096, 4096 + 512)
    const found = [...walkLog(bytes)]
    expect(found.map(tell)).toEqual(['chunk-signature 4096+0', `record ${4096 + FIRST}`, `record ${4096 + SECOND}`])
    expect(found.slice(1)).toMatchObject([{ recovered: 'headerless' }, { recovered: 'headerless' }])
  })

  it('reads the chunks of a log whose file header is broken (quirk 6)', () => {
    const bytes = log(1, 1)
    bytes.fill(0, 0, 4096)
    expect(tellAll(bytes)).toEqual(['file-header 0+4096', `record ${4096 + FIRST}`, `record ${69_632 + FIRST}`])
  })

  it('reads a log that begins with its first chunk (quirk 6)', () => {
    expect(tellAll(log(1, 1).subarray(4096))).toEqual([
      'file-header 0+4096',
      `record ${FIRST}`,
      `record ${65_536 + FIRST}`,
    ])
  })

  it('reads what is there of a log that is cut, and says where (quirk 43)', () => {
    const bytes = log(1, 2)
    const end = 69_632 + SECOND
    expect(tellAll(bytes.subarray(0, end))).toEqual([
      `record ${4096 + FIRST}`,
      `record ${69_632 + FIRST}`,
      `truncated 69632+${65_536 - SECOND}`,
    ])
    const inRecord = tellAll(bytes.subarray(0, end + 60))
    expect(inRecord.slice(0, 2)).toEqual([`record ${4096 + FIRST}`, `record ${69_632 + FIRST}`])
    expect(inRecord.at(-1)).toBe(`truncated 69632+${65_536 - SECOND - 60}`)
    expect(inRecord).toContainEqual(expect.stringMatching(`^record-(framing|content) ${end}\\+`))
  })

  it('finds nothing in a header alone, and damage in less', () => {
    expect(tellAll(log())).toEqual([])
    expect(tellAll(new Uint8Array())).toEqual(['file-header 0+4096'])
    expect(tellAll(log(1).subarray(0, 4095))).toEqual(['truncated 0+1'])
    expect(tellAll(log(1).subarray(0, 128))).toEqual(['truncated 0+3968'])
    expect(tellAll(new Uint8Array(5000))).toEqual(['file-header 0+4096', 'truncated 4096+64632'])
  })

  it('tells of a header whose checksum does not match, and reads the chunk (quirk 40)', () => {
    const bytes = log(1)
    bytes[4096 + 300]! ^= 1
    expect(tellAll(bytes)).toEqual(['chunk-header-checksum 4096+0', `record ${4096 + FIRST}`])
  })

  it('costs one record one record', () => {
    const bytes = log(3)
    bytes[4096 + SECOND + 28] = 0x10
    const found = tellAll(bytes)
    expect(found).toEqual([
      `record ${4096 + FIRST}`,
      `record-content ${4096 + SECOND}+${found[1]?.split('+')[1]}`,
      expect.stringMatching(/^record /),
    ])
  })

  it('keeps the record header apart from what the event says of itself (quirk 38)', () => {
    const b = chunkOf((c) =>
      c.record(() => c.fragment(() => c.element('Event', { content: () => c.system({ recordId: '77' }) })), {
        id: 2n ** 40n,
        written: 5n,
      }),
    )
    const [found] = walkLog(logOf([b]))
    expect(found).toMatchObject({ recordId: 2 ** 40, writtenTime: 5n })
    expect(JSON.stringify(found, (_, value) => (typeof value === 'bigint' ? String(value) : value))).toContain('"77"')
  })

  it('follows the order of the file and not that of ids (quirk 9)', () => {
    const chunk = (id: number) => chunkOf((b) => b.record(() => b.fragment(() => b.element('Event')), { id }))
    const ids = [...walkLog(logOf([chunk(900), chunk(5)]))].map((found) => !isDamage(found) && found.recordId)
    expect(ids).toEqual([900, 5])
  })

  it('leaves the bytes it reads as they are (quirk 41)', () => {
    const bytes = log(2, 1)
    const before = Buffer.from(bytes)
    expect([...walkLog(bytes, { recover: 'slack' })].length).toBe(3)
    expect(before.equals(bytes)).toBe(true)
  })

  it('reads a view that does not begin its buffer', () => {
    const bytes = Buffer.concat([Buffer.of(1), log(1)]).subarray(1)
    expect(tellAll(bytes)).toEqual([`record ${4096 + FIRST}`])
  })
})

describe('walkChunk()', () => {
  it('decodes a record when it is asked for', () => {
    const b = chunkOf((c) => {
      record(c)
      record(c)
    })
    const walk = walkChunk(b.chunk(), 0, { recover: 'resync', dirty: false, templates: new TemplateCache() })
    walk.next()
    b.bytes[SECOND + 28] = 0x10
    expect(walk.next().value).toMatchObject({ kind: 'record-content', offset: SECOND })
  })

  it('gives places beyond 4 GiB exactly (quirk 2)', () => {
    const options = { recover: 'resync', dirty: false, templates: new TemplateCache() } as const
    const far = 4096 + 70_000 * 65_536
    const [found] = walkChunk(chunkOf(record).chunk(), far, options)
    expect(found).toMatchObject({ offset: far + 512 })
  })
})
