import type { Evidence } from '../finding/finding.ts'
import type { Voice } from './language/voice.ts'
import { renderCount } from './quantity.ts'

/** Copies that are named; of more the number is told. */
const NAMED = 3

/**
 * Where else the same event stands, which counts once: `also in System-archived.evtx, old/System.evtx`; undefined where
 * nowhere.
 */
export function copiesText({ file, copies = [] }: Evidence, voice: Voice): string | undefined {
  if (copies.length === 0) return undefined
  const names = copies.slice(0, NAMED).map((copy) => {
    const name = nameBeside(copy.file, file)
    return copy.recovered === undefined ? name : `${name} (${voice.word('recovered')})`
  })
  const more = copies.length - names.length
  if (more > 0) names.push(voice.word('more', { n: renderCount(more, voice) }))
  return voice.word('copies', { files: names.join(', ') })
}

/** As much of a path's end as tells it from another: the file's name, or folders too where the names are the same. */
function nameBeside(file: string, other: string): string {
  const parts = file.split(/[/\\]/)
  const others = other.split(/[/\\]/)
  let kept = 1
  while (kept < parts.length && parts.at(-kept) === others.at(-kept)) kept++
  return parts.slice(-kept).join('/')
}
