import { parseIso } from '../../src/bytes/filetime.ts'
import type { DescribedItem, DescribedValue, EventDescription } from '../../src/evtx/write/event-description.ts'
import { renderDescribedValue } from '../../src/evtx/write/value-text.ts'

/** How two texts of one value are compared: parsers print times, numbers and GUIDs in forms of their own. */
type Likeness = 'text' | 'hex' | 'float' | 'guid' | 'time'

/** What an event has at one place: several texts where an element repeats, none where it is left out. */
export interface Fact {
  readonly texts: readonly string[]
  readonly like: Likeness
  /** BinXML type of the value, as descriptions call it. */
  readonly type: string
}

/** An event as places and texts: `Provider@Name`, `EventID`, `Data[TargetUserName]`, `Data[]` for those without name. */
export type Facts = ReadonlyMap<string, Fact>

/** The same as a parser printed it. */
export type PrintedEvent = ReadonlyMap<string, readonly string[]>

const LIKENESS: Readonly<Record<string, Likeness>> = {
  hex32: 'hex',
  hex64: 'hex',
  sizeT: 'hex',
  float: 'float',
  double: 'float',
  guid: 'guid',
  filetime: 'time',
  systemtime: 'time',
}

/** What a parser should find in the record of a description. */
export function expectedFacts(event: EventDescription, number: number): Facts {
  const facts = new Map<string, Fact>()
  const put = (path: string, value: DescribedValue | undefined): void => {
    const type = typeof value === 'object' ? value.type : typeof value
    const texts = value === undefined ? [] : textsOf(value)
    const known = facts.get(path)?.texts ?? []
    facts.set(path, { texts: [...known, ...texts], like: LIKENESS[type] ?? 'text', type })
  }
  const { provider, payload } = event
  const classic = payload.kind === 'classic'
  put('Provider@Name', provider.name)
  put('Provider@Guid', provider.guid && { type: 'guid', value: provider.guid })
  put('Provider@EventSourceName', provider.eventSourceName)
  put('EventID', event.eventId)
  put('EventID@Qualifiers', event.qualifiers ?? (classic ? 0 : undefined))
  // ReportEvent's System part has no place for these two.
  const short = classic && provider.guid === undefined && event.processId === undefined
  put('Version', event.version ?? (short ? undefined : 0))
  put('Opcode', event.opcode ?? (short ? undefined : 0))
  put('Level', event.level ?? 0)
  put('Task', event.task ?? 0)
  put('Keywords', { type: 'hex64', value: event.keywords ?? '0x0' })
  put('TimeCreated@SystemTime', { type: 'filetime', value: ticksOf(event.timeCreated) })
  put('EventRecordID', event.recordId ?? number)
  put('Correlation@ActivityID', event.activityId && { type: 'guid', value: event.activityId })
  put('Correlation@RelatedActivityID', event.relatedActivityId && { type: 'guid', value: event.relatedActivityId })
  put('Execution@ProcessID', event.processId)
  put('Execution@ThreadID', event.threadId)
  put('Channel', event.channel)
  put('Computer', event.computer)
  put('Security@UserID', event.userId)
  if (payload.kind === 'classic') put('Data[]', { type: 'strings', value: payload.strings })
  if (payload.kind === 'eventData') for (const item of payload.items) put(`Data[${item.name ?? ''}]`, item.value)
  if (payload.kind === 'userData') for (const item of payload.items) put(userDataPath(item), item.value)
  if (payload.kind === 'classic' || payload.kind === 'eventData') {
    put('Binary', payload.binary === undefined ? undefined : { type: 'binary', value: payload.binary })
  }
  return facts
}

/** True when a parser's texts say the same as the description. */
export function sameTexts(fact: Fact, printed: readonly string[]): boolean {
  if (fact.texts.length !== printed.length) return false
  return fact.texts.every((text, i) => plain(text, fact.like) === plain(printed[i]!, fact.like))
}

/** One form for all prints of a value. */
function plain(text: string, like: Likeness): string {
  switch (like) {
    case 'hex':
      return /^(0x[0-9a-f]+|\d+)$/i.test(text) ? BigInt(text).toString(16) : text
    case 'float':
      return String(Math.fround(Number(text)))
    case 'guid':
      return text.toLowerCase()
    case 'time':
      return String(parseIso(text)?.ticks ?? text)
    default:
      return text
  }
}

function textsOf(value: DescribedValue): readonly string[] {
  if (typeof value !== 'object') return [String(value)]
  if (value.type === 'null') return []
  return value.type === 'strings' ? value.value : [renderDescribedValue(value)]
}

function ticksOf(time: string | bigint): bigint {
  return typeof time === 'bigint' ? time : (parseIso(time)?.ticks ?? 0n)
}

function userDataPath(item: DescribedItem): string {
  return `UserData[${item.name ?? ''}]`
}
