import { decodeUtf16 } from '../bytes/utf16.ts'
import { field, unnamedValues, type WinEvent } from './win-event.ts'

/** What the Service Control Manager says of one service. */
export interface ServiceEvent {
  /** Key name under `Services`, the same in every language: `TermService`. */
  readonly service?: string
  /** Name for people, in the machine's language. */
  readonly displayName?: string
  /** SERVICE_STATUS.dwCurrentState of 7036: 1 stopped, 4 running. */
  readonly state?: number
  /** Why it failed, as it stands in 7000, 7023 and 7024: `%%5`. */
  readonly error?: string
}

/** Events whose second field is the error. */
const WITH_ERROR: ReadonlySet<number> = new Set([7000, 7023, 7024])

/**
 * Reads which service an event of the Service Control Manager is about. `Binary` holds the key name in UTF-16
 * (7036: `TermService/4`), 7040 has it in `param4`; `param1` is only the localized display name.
 */
export function parseServiceEvent(event: WinEvent): ServiceEvent {
  const displayName = field(event, 'param1') ?? unnamedValues(event)[0]
  const text = event.eventId === 7040 ? (field(event, 'param4') ?? unnamedValues(event)[3]) : textOfHex(event.binary)
  const parts = /^(.+?)(?:\/(\d+))?$/s.exec(text ?? '')
  const service = parts?.[1]
  const state = parts?.[2]
  const error = WITH_ERROR.has(event.eventId) ? (field(event, 'param2') ?? unnamedValues(event)[1]) : undefined
  return {
    ...(service === undefined ? {} : { service }),
    ...(displayName === undefined ? {} : { displayName }),
    ...(state === undefined ? {} : { state: Number(state) }),
    ...(error === undefined ? {} : { error }),
  }
}

function textOfHex(hex: string | undefined): string | undefined {
  if (hex === undefined || !/^(?:[0-9a-f]{2})+$/i.test(hex)) return undefined
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return decodeUtf16(bytes, 0, bytes.length).replace(/\0[\s\S]*$/, '')
}
