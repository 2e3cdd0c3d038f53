import { chunk } from './current'
import * as format from '../format'
import { writeBytes, writeHex } from './hex'
import { writeBinXml } from './instance'
import { writeU32 } from './number'
import * as plan from './plan'
import { addressOf, SLOT_SIZE, sizeOf, typeOf } from './slot'
import { CONTENT, QUOTED, trimmedUnits, writeContent, writeContentHere, writeQuoted } from './text'
import { IS_CHILD } from './template'
import { writeFiletime } from './time'
import { itemSize, unitsToZero, writeXmlValue } from './value-xml'

/**
 * Runs a plan of the dialect XML.
 *
 * Hot: the loop over every value of every record (`benchmarks/`, case "kernel"), so it is one function.
 *
 * @param slots address of the instance's slots
 * @returns where the text ends; 0 when the plain renderer has to do it
 */
export function runXml(first: usize, slots: usize, at: usize, depth: i32): usize {
  let op = first
  let text = op + plan.OP_SIZE
  let length = plan.lengthOf(op)
  while (true) {
    const head = load<u32>(op)
    const next: usize = load<u32>(op, 8)
    at = plan.copyText(at, text, length)
    const kind = head & 0xff
    const slot = load<u64>(slots + (head >> 16) * SLOT_SIZE)
    const type = typeOf(slot)
    const size = sizeOf(slot)
    const address = addressOf(slot)
    let skipped: u32 = 0
    if (kind == plan.XML_VALUE || kind == plan.XML_OPTIONAL) {
      // The types that most values have stand here, as a call costs as much as they do.
      switch (type) {
        case format.NULL_TYPE:
          if (kind == plan.XML_OPTIONAL) {
            const tags = load<u32>(op, 12)
            at -= tags & 0xffff
            skipped = tags >> 16
          }
          break
        case format.STRING_TYPE:
          at = writeContentHere(at, address, trimmedUnits(address, size))
          break
        case format.UINT8_TYPE:
          if (size == 1) at = writeU32(at, load<u8>(address))
          else at = writeBytes(at, address, size)
          break
        case format.UINT16_TYPE:
          if (size == 2) at = writeU32(at, load<u16>(address))
          else at = writeBytes(at, address, size)
          break
        case format.UINT32_TYPE:
          if (size == 4) at = writeU32(at, load<u32>(address))
          else at = writeBytes(at, address, size)
          break
        case format.HEX_INT64_TYPE:
          if (size == 8) at = writeHex(at, load<u64>(address))
          else at = writeBytes(at, address, size)
          break
        case format.BIN_XML_TYPE: {
          const from = <u32>(address - chunk)
          // An empty value holds nothing.
          if (size != 0) at = writeBinXml(from, from + size, at, depth + 1, IS_CHILD)
          if (at == 0) return 0
          break
        }
        default:
          if (type & format.ARRAY_FLAG) at = writeArray(at, type & ~format.ARRAY_FLAG, address, size, op, next)
          else at = writeXmlValue(at, type, address, size, CONTENT)
          if (at == 0) return 0
      }
    } else if (kind == plan.XML_ATTRIBUTE) {
      const before = at
      let isThere = false
      switch (type) {
        case format.NULL_TYPE:
          break
        case format.STRING_TYPE: {
          const units = trimmedUnits(address, size)
          if (units == 0) break
          at = writeQuoted(at, address, units)
          // It may have ended before it began, and is there all the same.
          isThere = true
          break
        }
        case format.FILETIME_TYPE:
          if (size == 8) at = writeFiletime(at, load<u64>(address))
          else at = writeBytes(at, address, size)
          break
        case format.UINT32_TYPE:
          if (size == 4) at = writeU32(at, load<u32>(address))
          else at = writeBytes(at, address, size)
          break
        default:
          // Texts of these types may end before they begin; they are rare in attributes.
          if (type & format.ARRAY_FLAG || type == format.ANSI_STRING_TYPE || type == format.EVT_XML_TYPE) return 0
          at = writeXmlValue(at, type, address, size, QUOTED)
      }
      if (at == before && !isThere) at -= load<u32>(op, 12)
      else store<u8>(at++, 0x27)
    } else if (kind == plan.SKIP_IF_NULL) {
      if (type == format.NULL_TYPE) {
        op = load<u32>(op, 12)
        skipped = plan.skippedOf(head)
        text = op + plan.OP_SIZE + skipped
        length = plan.lengthOf(op) - skipped
        continue
      }
    } else if (kind == plan.END) return at
    op = next
    text = op + plan.OP_SIZE + skipped
    length = plan.lengthOf(op) - skipped
  }
}

/**
 * An array repeats the element around it. Strings end with a zero each, the rest has a fixed size; what is neither is left
 * to the plain renderer.
 */
function writeArray(at: usize, type: u32, address: usize, size: u32, op: usize, next: usize): usize {
  const repeat = load<u32>(op, 12)
  if (repeat == 0) return 0
  const start = repeat & 0xffff
  const startTag = op + plan.OP_SIZE + load<u32>(op, 4) - start
  const endTag = next + plan.OP_SIZE
  const step = itemSize(type)
  if (type != format.STRING_TYPE && (step == 0 || size % step != 0)) return 0
  const end = address + (size & ~1)
  const limit = type == format.STRING_TYPE ? end : address + size
  for (let item = address; item < limit; ) {
    if (item != address) {
      at = plan.copyText(at, endTag, repeat >> 16)
      at = plan.copyText(at, startTag, start)
    }
    if (type == format.STRING_TYPE) {
      const units = unitsToZero(item, limit)
      at = writeContent(at, item, units)
      item += 2 * units + 2
    } else {
      at = writeXmlValue(at, type, item, step, CONTENT)
      item += step
    }
  }
  return at
}
