import { parseStatus, type Status } from './status-code.ts'
import { field, type WinEvent } from './win-event.ts'

/** Which end of a TLS connection a Schannel event is about. `unknown`: not told, or told in words we do not know. */
type TlsSide = 'server' | 'client' | 'unknown'

/** A Schannel event (36869–36888) taken apart. Fields that the build does not write are undefined. */
export interface SchannelEvent {
  readonly side: TlsSide
  /** `ErrorCode`. */
  readonly status?: Status
  /** Internal error state: `ErrorState`, or `ErrorStatus` in 36870. Microsoft publishes no table of them. */
  readonly state?: number
  /** `AlertDesc` of 36887 and 36888: a TLS alert number. */
  readonly alert?: number
  /** Who asked for the credential; written by build 20348 and later only. */
  readonly caller?: TlsCaller
}

/** The process that asked Schannel for a credential. */
export interface TlsCaller {
  readonly processId?: number
  /** Last part of the path, without a service tag: `svchost.exe`. */
  readonly image?: string
  /** Service named in brackets behind the image: `svchost[TermService]`. */
  readonly service?: string
}

/** Reads the fields of a Schannel event from EventData or, on Windows 7 and 2008 R2, UserData. */
export function parseSchannel(event: WinEvent): SchannelEvent {
  const code = field(event, 'ErrorCode')
  const state = parseNumber(field(event, 'ErrorState') ?? field(event, 'ErrorStatus'))
  const alert = parseNumber(field(event, 'AlertDesc'))
  const caller = parseCaller(field(event, 'CallerProcessId'), field(event, 'CallerProcessImageName'))
  return {
    side: parseSide(field(event, 'Type')),
    ...(code === undefined ? {} : { status: parseStatus(code) }),
    ...(state === undefined ? {} : { state }),
    ...(alert === undefined ? {} : { alert }),
    ...(caller === undefined ? {} : { caller }),
  }
}

/** Message strings 36992 and 36993 of schannel.dll in the languages Windows is mostly installed in. */
export const CLIENT_WORDS: readonly string[] =
  'client cliente klient klienta klienten istemci クライアント 客户端 用户端 用戶端 클라이언트 клиент клиента %%36992'.split(
    ' ',
  )
const SERVER_WORDS = new Set(
  'server serveur servidor serwer serwera serveru servern sunucu サーバー サーバ 服务器 伺服器 서버 сервер сервера %%36993'.split(
    ' ',
  ),
)

function parseSide(text: string | undefined): TlsSide {
  const word = (text ?? '').trim().toLowerCase()
  if (SERVER_WORDS.has(word)) return 'server'
  return CLIENT_WORDS.includes(word) ? 'client' : 'unknown'
}

function parseCaller(processIdText: string | undefined, imageText: string | undefined): TlsCaller | undefined {
  const processId = parseNumber(processIdText)
  const path = /^(.*?)(?:\[([^\]]*)\])?$/s.exec((imageText ?? '').trim())
  const image = path?.[1]?.split(/[\\/]/).at(-1)?.trim()
  const service = path?.[2]?.trim()
  // A caller of process 0 is what the provider writes when it does not know.
  const known = { ...(processId ? { processId } : {}), ...(image ? { image } : {}), ...(service ? { service } : {}) }
  return Object.keys(known).length === 0 ? undefined : known
}

function parseNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*(?:0x[0-9a-f]+|\d+)\s*$/i.test(text)) return undefined
  return Number(text)
}

/** Names of TLS alerts (RFC 5246 7.2, RFC 8446 6) that can be about a handshake. */
const ALERTS: ReadonlyMap<number, string> = new Map([
  [10, 'unexpected message'],
  [20, 'bad record MAC'],
  [40, 'handshake failure'],
  [42, 'bad certificate'],
  [43, 'unsupported certificate'],
  [44, 'certificate revoked'],
  [45, 'certificate expired'],
  [46, 'certificate unknown'],
  [48, 'unknown CA'],
  [49, 'access denied'],
  [51, 'decrypt error'],
  [70, 'protocol version'],
  [71, 'insufficient security'],
  [80, 'internal error'],
  [90, 'user cancelled'],
])

/** `40 handshake failure`. */
export function renderAlert(alert: number): string {
  const name = ALERTS.get(alert)
  return name === undefined ? String(alert) : `${alert} ${name}`
}
