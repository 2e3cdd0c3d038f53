import { FormatError } from '../errors.ts'
import type { Chunk } from './chunk.ts'
import { DEFINITION_HEADER_SIZE, type Template, type TemplateCache } from './template.ts'
import * as token from './token.ts'

/** One value of a template instance, where it stands. */
export interface Slot {
  /** Value type of the descriptor. */
  readonly type: number
  /** Bytes from the chunk's start. */
  readonly offset: number
  readonly size: number
}

/** The values of an instance. */
export interface Values {
  readonly slots: readonly Slot[]
  /** First byte after the values. */
  readonly end: number
}

/** A template and the values that fill it. */
export interface TemplateInstance extends Values {
  readonly template: Template
}

/**
 * Reads the template instance at an offset.
 *
 *     offset  size  field
 *          0     1  token 0x0c
 *          1     1  1
 *          2     4  template id
 *          6     4  offset of the definition, which follows at once when it stands right here
 *         10     4  count of values n
 *         14   4×n  descriptors: u16 size, u8 type, u8 0
 *                   values, one behind the other
 *
 * Little-endian. Source: MS-EVEN6 2.2.12, "TemplateInstance".
 *
 * @param end first byte that the instance may not touch
 * @throws {FormatError}
 */
export function readInstance(chunk: Chunk, offset: number, end: number, templates: TemplateCache): TemplateInstance {
  const { template, count, descriptors } = readInstanceHead(chunk, offset, end, templates)
  return { template, ...readSlots(chunk, descriptors, count, end) }
}

/** A template instance before its values are looked at. */
export interface InstanceHead {
  readonly template: Template
  readonly count: number
  /** Where the descriptors begin, bytes from the chunk's start; the values follow them. */
  readonly descriptors: number
}

/**
 * Reads the head of the template instance at an offset: see `readInstance`.
 *
 * @throws {FormatError}
 */
export function readInstanceHead(chunk: Chunk, offset: number, end: number, templates: TemplateCache): InstanceHead {
  if (offset + 14 > end) throw new FormatError('truncated', offset, 'A template instance is cut off')
  const { view } = chunk
  const template = templates.find(chunk, view.getUint32(offset + 6, true), view.getUint32(offset + 2, true))
  return { template, ...readCount(chunk, offset, end) }
}

/**
 * Reads the values of the template instance at an offset, whatever has become of its definition.
 *
 * @throws {FormatError}
 */
export function readValues(chunk: Chunk, offset: number, end: number): Values {
  if (offset + 14 > end) throw new FormatError('truncated', offset, 'A template instance is cut off')
  const { count, descriptors } = readCount(chunk, offset, end)
  return readSlots(chunk, descriptors, count, end)
}

function readCount({ view }: Chunk, offset: number, end: number): { count: number; descriptors: number } {
  let at = offset + 10
  // The size that is said here, not that of the template: one from another chunk may have other names inside.
  if (view.getUint32(offset + 6, true) === at) {
    const bodySize = at + DEFINITION_HEADER_SIZE <= end ? view.getUint32(at + 20, true) : end
    at += DEFINITION_HEADER_SIZE + bodySize
  }
  if (at + 4 > end) throw new FormatError('truncated', at, 'A template instance ends before its values')
  const count = view.getUint32(at, true)
  at += 4
  if (count > token.MAX_SUBSTITUTIONS)
    throw new FormatError('too-many', at, `A template instance claims ${count} values`)
  if (at + 4 * count > end) throw new FormatError('truncated', at, `${count} values do not fit into the record`)
  return { count, descriptors: at }
}

function readSlots({ view }: Chunk, descriptors: number, count: number, end: number): Values {
  let valueAt = descriptors + 4 * count
  const slots: Slot[] = []
  for (let i = 0; i < count; i++) {
    const size = view.getUint16(descriptors + 4 * i, true)
    if (valueAt + size > end)
      throw new FormatError('bad-value', valueAt, `Value ${i} of ${size} bytes runs over the end`)
    slots.push({ type: view.getUint8(descriptors + 4 * i + 2), offset: valueAt, size })
    valueAt += size
  }
  return { slots, end: valueAt }
}
