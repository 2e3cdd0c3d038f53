import type { HiveFact } from './hive-facts.ts'

/** What `reglookup` printed of a hive, in its order. */
export function readReglookup(output: string): HiveFact[] {
  return output
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map(readLine)
}

/** `path,type,value,time`; commas, bars, slashes and bytes that are no ASCII character are written `%2C`. */
function readLine(line: string): HiveFact {
  const [place = '', type = '', text = '', time = ''] = line.split(',')
  const names = place.split('/').map(unquote)
  if (type === 'KEY') return { path: joined(names), name: undefined, text: time.replace(' ', 'T') }
  return { path: joined(names.slice(0, -1)), name: names.at(-1)!, text: plainText(type, text) }
}

function joined(names: readonly string[]): string {
  return names.filter((name) => name !== '').join('\\')
}

function plainText(type: string, text: string): string {
  // Its word for data of no bytes.
  if (text === '(null)') return ''
  switch (type) {
    case 'SZ':
    case 'EXPAND_SZ':
    case 'LINK':
      return untilNul(unquote(text))
    case 'MULTI_SZ':
      return text.split('|').map(unquote).join('\n')
    case 'DWORD':
    case 'DWORD_BE':
    case 'QWORD':
      return String(BigInt(text === '' ? '0' : text))
    default:
      return Buffer.from(unquote(text), 'latin1').toString('hex')
  }
}

/** Text that it could not convert to its end is printed as the bytes of its UTF-16. */
function untilNul(text: string): string {
  if (!text.includes('\0')) return text
  return Buffer.from(text, 'latin1').toString('utf16le').split('\0')[0]!
}

function unquote(text: string): string {
  return text.replace(/%([0-9A-F]{2})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)))
}
