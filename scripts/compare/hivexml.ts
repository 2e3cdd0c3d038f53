import type { HiveFact } from './hive-facts.ts'

const TOKEN =
  /<node name="([^"]*)"|<(\/node)>|<mtime>([^<]*)<\/mtime>|<value type="([^"]*)"([^>]*?)(?: value="([^"]*)")?(\/?)>|<string>([^<]*)<\/string>|<(\/value)>/g

/** What `hivexml` printed of a hive, in its order. A time of 0 it leaves out. */
export function readHivexml(output: string): HiveFact[] {
  const facts: HiveFact[] = []
  const path: string[] = []
  let key: { path: string; name: undefined; text: string } | undefined
  let texts: { path: string; name: string; texts: string[] } | undefined
  for (const [, node, nodeEnd, mtime, type, attributes = '', value, closed, text, valueEnd] of output.matchAll(TOKEN)) {
    if (node !== undefined) {
      path.push(plain(node))
      key = { path: path.slice(1).join('\\'), name: undefined, text: '1601-01-01T00:00:00' }
      facts.push(key)
    } else if (nodeEnd) {
      path.pop()
    } else if (mtime !== undefined) {
      if (key) key.text = mtime.slice(0, 19)
    } else if (type !== undefined) {
      const place = { path: path.slice(1).join('\\'), name: plain(/ key="([^"]*)"/.exec(attributes)?.[1] ?? '') }
      if (type === 'string-list') texts = { ...place, texts: [] }
      if (type !== 'string-list' || closed) facts.push({ ...place, text: plainText(type, attributes, value ?? '') })
    } else if (text !== undefined) {
      texts?.texts.push(plain(text))
    } else if (valueEnd && texts) {
      const end = texts.texts.indexOf('')
      const all = end < 0 ? texts.texts : texts.texts.slice(0, end)
      facts.push({ path: texts.path, name: texts.name, text: all.join('\n') })
      texts = undefined
    }
  }
  return facts
}

function plainText(type: string, attributes: string, value: string): string {
  if (attributes.includes('encoding="base64"')) return Buffer.from(value, 'base64').toString('hex')
  if (type === 'int32') return String(Number(value) >>> 0)
  if (type === 'int64') return String(BigInt.asUintN(64, BigInt(value)))
  return plain(value)
}

function plain(text: string): string {
  const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
  return text.replace(/&(?:#(x?)([0-9a-fA-F]+)|(\w+));/g, (whole, hex, digits, name) =>
    digits ? String.fromCodePoint(Number.parseInt(digits, hex ? 16 : 10)) : (names[name] ?? whole),
  )
}
