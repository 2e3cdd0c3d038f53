import { parseIso } from '../bytes/filetime.ts'
import { listsBy } from '../bytes/lists-by.ts'
import type { Check } from '../finding/finding.ts'
import type { Voice } from './language/voice.ts'
import { toSecond } from './moment.ts'
import { plain } from './plain.ts'

/** Checks that have a name in words. */
const NAMED: ReadonlySet<string> = new Set([
  ...['certificate-store', 'certificate-store-access', 'pinned-certificate', 'certificate-valid-until'],
  ...[
    'key-file',
    'key-file-network-service',
    'key-file-session-env',
    'key-folder-session-env',
    'cng-folder-session-env',
  ],
  ...['server-tls-1.0', 'server-tls-1.1', 'server-tls-1.2', 'server-tls-1.3'],
  ...['client-tls-1.0', 'cipher-order', 'cipher-order-local', 'fips'],
  ...['security-layer', 'security-layer-by-policy', 'min-encryption-level', 'schannel-event-logging'],
  ...['broker-service', 'management-service', 'internal-database', 'broker-role'],
  ...['computer-name', 'host-name', 'host-name-pending', 'connection-string'],
])

/** What a check is called; the id of one without words. Plain. */
export function checkName(id: string, voice: Voice): string {
  return NAMED.has(id) ? voice.word(`check.${id}`) : plain(id)
}

/**
 * Where a check looked: the file, the place in it (empty for the file itself), and when that was last written (empty
 * when unknown).
 */
export interface CheckSource {
  readonly file: string
  readonly place: string
  readonly written: string
}

/** The parts of a source, the time in the language's words. Not plain. */
export function checkSource(source: Check['source'], voice: Voice): CheckSource {
  const { file, lastWrite } = source
  const place = placeInside(source)
  const written = lastWrite === undefined ? '' : voice.word('check.written', { time: toSecond(lastWrite, voice) })
  return { file, place, written }
}

/** `Select, Current`: key and value; empty where the file itself is meant. */
export function placeInside({ key, value }: Check['source']): string {
  return [key, value === '' ? '(default)' : value].filter((part) => part !== undefined).join(', ')
}

/**
 * The same in a line: `F:/Windows/System32/config/SYSTEM: ControlSet001\…\Server, Enabled (last written 2026-03-13
 * 15:40:02)`. Not plain.
 */
export function checkSourceText(source: Check['source'], voice: Voice): string {
  const { file, place, written } = checkSource(source, voice)
  const where = place === '' ? file : `${file}: ${place}`
  return written === '' ? where : `${where} (${written})`
}

/** Values that are words of ours, with who decided on a protocol: `off (registry)`. */
const WORDED = /^(on|off|allowed|denied|unknown|empty)(?: \((default|registry)\))?$/

/**
 * What was found or expected: a time as the language writes it (`> 2026-…` too), a phrase in its words, anything else
 * as it is. Not plain.
 */
export function checkValue(value: string, voice: Voice): string {
  const [, word, by] = WORDED.exec(value) ?? []
  if (word !== undefined) {
    const said = voice.word(word === 'empty' ? 'facts.empty' : `facts.means.${word}`)
    return by === undefined ? said : `${said} (${voice.word(`check.by.${by}`)})`
  }
  const [, before = '', iso = ''] = /^([<>] )?(\d{4}-.*Z)$/.exec(value) ?? []
  const ticks = parseIso(iso)?.ticks
  return ticks === undefined ? voice.term(value) : `${before}${toSecond(ticks, voice)} UTC`
}

/** Whether a check is worth a line among few: not as it should be, or nobody could look. */
export function isTelling({ state, differs }: Check): boolean {
  return differs === true || isUnseen(state)
}

/** Nobody could look: neither there nor not there. */
export function isUnseen(state: Check['state']): boolean {
  return state === 'not-collected' || state === 'unreadable'
}

/** `not collected: file of the private key, certificates in the listener's store`; one line a state and reason. */
export function unseenTexts(checks: readonly Check[], voice: Voice): string[] {
  const byState = listsBy(checks, ({ state, observed }) => {
    const why = observed === undefined ? '' : ` (${voice.term(observed)})`
    return `${voice.word(`state.${state}`)}${why}`
  })
  return [...byState].map(([state, unseen]) => {
    const names = new Set(unseen.map(({ id }) => checkName(id, voice)))
    return voice.word('check.state', { name: state, state: [...names].join(', ') })
  })
}
