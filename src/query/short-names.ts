import { CHANNELS, PROVIDERS } from '../event/source.ts'
import { nearest } from './nearest.ts'

/**
 * Whole names that other names end in, as `Microsoft-Windows-Setup/Analytic` does in `Setup`: they stand for
 * themselves.
 */
const WHOLE: ReadonlySet<string> = new Set([...CHANNELS, ...PROVIDERS, 'Setup'].map((name) => name.toLowerCase()))

/**
 * True when a channel or a provider is what a word names: it is called so, or ends in the word behind a hyphen.
 * `RdpCoreTS` names `Microsoft-Windows-RemoteDesktopServices-RdpCoreTS` and all of its channels, `RdpCoreTS/Admin` one
 * of them. Letter case does not count. A name that evtxray knows as a whole one, as `System`, names nothing else.
 */
export function isNamed(name: string, word: string): boolean {
  const wanted = word.toLowerCase()
  const lower = name.toLowerCase()
  return lower === wanted || (wanted !== '' && !WHOLE.has(wanted) && endsIn(lower, wanted))
}

/**
 * True when a computer is called so, or `RDS05` is asked for and it is `RDS05` of any domain. Letter case does not
 * count.
 */
export function isComputer(name: string, word: string): boolean {
  const [lower, wanted] = [name.toLowerCase(), word.toLowerCase()]
  return lower === wanted || (wanted !== '' && !wanted.includes('.') && lower.startsWith(`${wanted}.`))
}

/**
 * The name that a word was most likely meant to be, among those that were seen: one that it ends, else one that holds
 * it between two hyphens or so, else the nearest in its spelling.
 */
export function meantName(word: string, seen: readonly string[]): string | undefined {
  const wanted = word.trim().toLowerCase()
  if (wanted === '') return undefined
  const end = seen.find((name) => endsIn(name.toLowerCase(), wanted))
  if (end !== undefined) return end
  const part = seen.find((name) => partsOf(name).includes(wanted))
  if (part !== undefined) return part
  const near = nearest(word, seen)
  if (near !== undefined) return near
  const last = (name: string) => partsOf(name.replace(/\/.*$/, '')).at(-1) ?? ''
  const nearLast = nearest(wanted, seen.map(last))
  return nearLast === undefined ? undefined : seen.find((name) => last(name) === nearLast)
}

/** Both in lower case. */
function endsIn(name: string, wanted: string): boolean {
  return [name, name.replace(/\/.*$/, '')].some((whole) => whole === wanted || whole.endsWith(`-${wanted}`))
}

function partsOf(name: string): readonly string[] {
  return name.toLowerCase().split(/[-/ ]/)
}
