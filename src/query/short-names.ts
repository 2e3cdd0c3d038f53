import { nearest } from './nearest.ts'

/**
 * The one known name that a short one stands for: `RdpCoreTS` is the end of
 * `Microsoft-Windows-RemoteDesktopServices-RdpCoreTS`, and of its channel before `/Operational`. Letter case does not count.
 *
 * @returns undefined where the word is a known name itself, ends none, or ends several
 */
export function longName(word: string, known: readonly string[]): string | undefined {
  const wanted = word.toLowerCase()
  if (wanted === '' || known.some((name) => name.toLowerCase() === wanted)) return undefined
  const ends = namesEndingIn(wanted, known)
  return ends.length === 1 ? ends[0] : undefined
}

/**
 * The name that a word was most likely meant to be, among those that were seen: one that it ends, else one that holds it
 * between two hyphens or so, else the nearest in its spelling.
 */
export function meantName(word: string, seen: readonly string[]): string | undefined {
  const wanted = word.trim().toLowerCase()
  if (wanted === '') return undefined
  const [end] = namesEndingIn(wanted, seen)
  if (end !== undefined) return end
  const part = seen.find((name) => partsOf(name).includes(wanted))
  if (part !== undefined) return part
  const near = nearest(word, seen)
  if (near !== undefined) return near
  const last = (name: string) => partsOf(name.replace(/\/.*$/, '')).at(-1) ?? ''
  const nearLast = nearest(wanted, seen.map(last))
  return nearLast === undefined ? undefined : seen.find((name) => last(name) === nearLast)
}

function namesEndingIn(wanted: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => {
    const lower = name.toLowerCase()
    return [lower, lower.replace(/\/.*$/, '')].some((whole) => whole === wanted || whole.endsWith(`-${wanted}`))
  })
}

function partsOf(name: string): readonly string[] {
  return name.toLowerCase().split(/[-/ ]/)
}
