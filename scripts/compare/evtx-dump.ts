import type { PrintedEvent } from './facts.ts'

/** A JSON object as `evtx_dump -o jsonl` makes it: attributes in "#attributes", text beside them in "#text". */
interface JsonElement {
  readonly [key: string]: Json
}
type Json = null | boolean | number | string | readonly Json[] | JsonElement

/** Reads one line of `evtx_dump -o jsonl`. */
export function readDumpLine(line: string): PrintedEvent {
  // Numbers past 2^53 would lose digits in JSON.parse.
  const quoted = line.replace(/(?<=":|[[,])-?\d{16,}(?=[,}\]])/g, '"$&"')
  // The shape is the parser's promise; what does not follow it shows as a difference.
  const event = (JSON.parse(quoted) as { Event: JsonElement }).Event
  const printed = new Map<string, string[]>()
  const put = (path: string, value: Json | undefined): void => {
    const texts = (Array.isArray(value) ? value : [value]).flatMap((one) => textOf(one))
    if (texts.length > 0) printed.set(path, [...(printed.get(path) ?? []), ...texts])
  }
  for (const [name, value] of membersOf(event.System)) {
    put(name, isElement(value) ? value['#text'] : value)
    for (const [attribute, text] of attributesOf(value)) put(`${name}@${attribute}`, text)
  }
  for (const [name, value] of membersOf(event.EventData)) {
    if (name === 'Binary') put('Binary', value)
    else if (name === 'Data') put('Data[]', isElement(value) ? value['#text'] : value)
    else put(`Data[${name}]`, value)
  }
  for (const [, element] of membersOf(event.UserData)) {
    // An element without text is null.
    for (const [name, value] of membersOf(element)) put(`UserData[${name}]`, value ?? '')
  }
  return printed
}

function isElement(value: Json | undefined): value is JsonElement {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function membersOf(value: Json | undefined): [string, Json][] {
  return isElement(value) ? Object.entries(value).filter(([name]) => name !== '#attributes') : []
}

function attributesOf(value: Json | undefined): [string, Json][] {
  return isElement(value) && isElement(value['#attributes']) ? Object.entries(value['#attributes']) : []
}

function textOf(value: Json | undefined): string[] {
  return value === undefined || value === null || typeof value === 'object' ? [] : [String(value)]
}
