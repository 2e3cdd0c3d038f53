import { parseIso } from '../bytes/filetime.ts'
import type { Fact } from '../finding/analysis.ts'
import type { Voice } from './language/voice.ts'
import { toSecond } from './moment.ts'
import { plain } from './plain.ts'

/** Numbers that have a meaning, by the facts they stand in: `{n}` of the word's id is the number. */
const NUMBER_MEANINGS: readonly { readonly ids: RegExp; readonly word: string; readonly numbers: readonly number[] }[] =
  [
    { ids: /^service\..*\.start$/, word: 'start', numbers: [0, 1, 2, 3, 4] },
    { ids: /^(listener|policy)\.security-layer$/, word: 'layer', numbers: [0, 1, 2] },
    { ids: /^(listener|policy)\.min-encryption-level$/, word: 'encryption', numbers: [1, 2, 3, 4] },
    { ids: /^(listener|policy)\.user-authentication$/, word: 'nla', numbers: [0, 1] },
    { ids: /^(remote-desktop|policy)\.deny-connections$/, word: 'connections', numbers: [0, 1] },
  ]
/** Values that mean switched on or off. */
const SWITCHES = /^(schannel\..*\.enabled|fips\.enabled|listener\.enabled|firewall\..*\.(policy-)?enabled)$/
/** Values that are words of ours. */
const WORDED = /^hive\.|\.(network-service|session-env|session-env-write|system-access)$/
const TIMES = /\.(not-before|not-after|last-shutdown)$/
/** Above this a number is shown in hex too: it is flags or a mask. */
const BIGGEST_DECIMAL = 65_535

/** Names of facts that are no registry value, by the end of their id. */
const ABOUT = new Set([
  ...['thumbprint', 'subject', 'issuer', 'not-before', 'not-after', 'key-usage', 'key-container', 'key-provider'],
  ...['key-provider-type', 'size', 'other-machine', 'descriptor', 'network-service', 'session-env'],
  ...['session-env-write', 'system-access', 'backup-keys', 'connection-string'],
])

/** What a fact is called in the table: a value's own name in the registry, else words. Plain. */
export function factName({ id, source }: Fact, voice: Voice): string {
  if (id.startsWith('hive.')) return voice.word('facts.name.hive', { name: id.slice('hive.'.length).toUpperCase() })
  if (id === 'listener.key') return voice.word('facts.name.listener-key')
  if (id === 'update.kb3080079') return voice.word('facts.name.tls-update')
  const about = id.slice(id.lastIndexOf('.') + 1)
  const isOurs = /^(certificate|key-|profiles\.|broker\.connection)/.test(id)
  if (!isOurs) return plain(source.value ?? about)
  if (id.startsWith('key-folder.') && /^(network-service|session-env)$/.test(about)) {
    return voice.word(`facts.name.${about}-create`)
  }
  if (ABOUT.has(about)) return voice.word(`facts.name.${about}`)
  if (id.startsWith('certificate-store.')) return voice.word('facts.name.certificates')
  if (id.startsWith('key-folder.')) return voice.word('facts.name.files')
  return about === 'listener'
    ? voice.word('facts.name.key-file')
    : voice.word('facts.name.key-file-other', { prefix: plain(about.slice(0, 8)) })
}

/** A value as a person reads it: with its meaning, times without a `T`. Plain. */
export function factValue({ id, value, reason }: Fact, voice: Voice): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return numberText(id, value, voice)
  if (value === '') return voice.word('facts.empty')
  if (WORDED.test(id)) {
    const word = voice.word(`facts.means.${value}`)
    return reason === undefined ? word : voice.word('facts.why', { state: word, reason: plain(voice.term(reason)) })
  }
  const ticks = TIMES.test(id) ? parseIso(value)?.ticks : undefined
  return ticks === undefined ? plain(value) : `${toSecond(ticks, voice)} UTC`
}

function numberText(id: string, value: number, voice: Voice): string {
  const number = value > BIGGEST_DECIMAL ? `0x${value.toString(16)}` : String(value)
  const meaning = NUMBER_MEANINGS.find(({ ids, numbers }) => ids.test(id) && numbers.includes(value))
  if (meaning) return `${number} (${voice.word(`facts.means.${meaning.word}-${value}`)})`
  if (!SWITCHES.test(id)) return number
  return `${number} (${voice.word(value === 0 ? 'facts.means.off' : 'facts.means.on')})`
}

/** `absent`, or why nothing can be said. Plain. */
export function factState({ state, reason }: Fact, voice: Voice): string {
  const word = voice.word(`state.${state}`)
  return reason === undefined ? word : voice.word('facts.why', { state: word, reason: plain(voice.term(reason)) })
}
