import type { LogPart } from './host-input.ts'
import { firstLabel } from './renames.ts'

/** Which full names the bare names of some logs stand for. Keys are names in lower case. */
export interface FullNames {
  /** The key of a part's computer: of its full name where that is clear, else of the name itself. */
  of(part: Pick<LogPart, 'file' | 'computer'>): string
  /** The key of a name wherever it stands; undefined where it depends on the log. */
  ofName(name: string): string | undefined
}

/**
 * A computer that joins a domain is `DC1` in its older records and `DC1.contoso.local` in those behind. Where one log
 * holds both, or else one folder of logs, they are one computer's; and then any other log's `DC1` is as well. Where two
 * full names would fit, in that log or folder or for a log elsewhere, nobody can tell, and the bare name stays by
 * itself.
 */
export function fullNames(parts: readonly Pick<LogPart, 'file' | 'computer'>[]): FullNames {
  const places = new Map<string, Set<string>>()
  const everywhere = new Map<string, Set<string>>()
  const bare: { readonly file: string; readonly label: string }[] = []
  for (const { file, computer } of parts) {
    const name = computer.toLowerCase()
    const label = firstLabel(name)
    if (name === label) {
      if (name !== '') bare.push({ file, label })
      continue
    }
    addTo(everywhere, label, name)
    for (const place of [file, folderOf(file)]) addTo(places, placeKey(place, label), name)
  }
  /**
   * Those that a bare name may mean where it stands: in its log, and only where there are none there, in its folder.
   */
  const meantIn = (file: string, label: string) =>
    places.get(placeKey(file, label)) ?? places.get(placeKey(folderOf(file), label))
  const proven = new Map<string, Set<string>>()
  for (const { file, label } of bare) {
    const name = only(meantIn(file, label))
    if (name !== undefined) addTo(proven, label, name)
  }
  const ofName = (name: string): string | undefined => {
    const key = name.toLowerCase()
    const meant = proven.get(key)
    if (meant === undefined) return key
    return everywhere.get(key)?.size === 1 ? only(meant) : undefined
  }
  return {
    ofName,
    of: ({ file, computer }) => {
      const key = computer.toLowerCase()
      if (!proven.has(key)) return key
      const here = meantIn(file, key)
      return only(here) ?? (here === undefined ? ofName(key) : undefined) ?? key
    },
  }
}

function addTo(sets: Map<string, Set<string>>, key: string, name: string): void {
  const known = sets.get(key)
  if (known) known.add(name)
  else sets.set(key, new Set([name]))
}

/** The one member of a set; undefined of none or several. */
function only(names: ReadonlySet<string> | undefined): string | undefined {
  return names?.size === 1 ? [...names][0] : undefined
}

function placeKey(place: string, label: string): string {
  return `${place}\0${label}`
}

/** What stands before a log's own name; empty for one that was given by its name alone. */
function folderOf(file: string): string {
  return file.replace(/[^\\/]*$/, '')
}
