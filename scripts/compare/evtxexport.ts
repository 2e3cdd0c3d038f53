import type { PrintedEvent } from './facts.ts'

/** Start tag, end tag or text of the XML that evtxexport prints: no comments, no sections, attributes in double quotes. */
const PART = /<(\/?)([^\s/>]+)([^>]*?)(\/?)>([^<]*)/g
const ATTRIBUTE = /([^\s=]+)="([^"]*)"/g

/** Reads everything that `evtxexport -f xml` printed before it ended or gave up. */
export function readExport(xml: string): PrintedEvent[] {
  return xml
    .split(/(?=<Event )/)
    .filter((text) => text.startsWith('<Event ') && text.includes('</Event>'))
    .map(readEvent)
}

function readEvent(xml: string): PrintedEvent {
  const printed = new Map<string, string[]>()
  const put = (path: string, text: string): void => {
    printed.set(path, [...(printed.get(path) ?? []), unescaped(text)])
  }
  const open: string[] = []
  for (const [, end, name = '', attributes = '', empty, text = ''] of xml.matchAll(PART)) {
    if (end) {
      open.pop()
      continue
    }
    const parent = open.at(-1)
    const given = new Map(Array.from(attributes.matchAll(ATTRIBUTE), ([, key = '', value = '']) => [key, value]))
    if (!empty) open.push(name)
    if (parent === 'System') {
      for (const [key, value] of given) put(`${name}@${key}`, value)
      if (!empty) put(name, text)
    } else if (parent === 'EventData') {
      put(name === 'Data' ? `Data[${unescaped(given.get('Name') ?? '')}]` : name, empty ? '' : text)
    } else if (open.includes('UserData') && parent !== 'UserData' && name !== 'UserData') {
      put(`UserData[${name}]`, empty ? '' : text)
    }
  }
  return printed
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}
