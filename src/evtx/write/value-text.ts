import { parseIso, toIso } from '../../bytes/filetime.ts'
import { renderGuid } from '../../bytes/guid.ts'
import type { DescribedValue } from './event-description.ts'
import { guidBytes, hexNumber } from './value-bytes.ts'

/** A value as Windows prints it (MS-EVEN6 2.2.12 and what Windows 11 writes): what a record without template holds. */
export function renderDescribedValue(value: DescribedValue): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  switch (value.type) {
    case 'null':
      return ''
    case 'guid':
      return renderGuid(guidBytes(value.value), 0)
    case 'hex32':
      return `0x${hexNumber(value.value, 32).toString(16)}`
    case 'hex64':
    case 'sizeT':
      return `0x${hexNumber(value.value, 64).toString(16)}`
    case 'binary':
      return value.value.toUpperCase()
    case 'filetime':
      return toIso(value.value)
    case 'systemtime':
      return toIso(parseIso(value.value)?.ticks ?? 0n).replace(/\d{4}Z$/, 'Z')
    case 'strings':
      return value.value.join('\n')
    default:
      return String(value.value)
  }
}
