import { nearest } from '../query/nearest.ts'
import { isComputer, isNamed, meantName } from '../query/short-names.ts'
import { english } from '../report/language/en.ts'
import { voiceOf } from '../report/language/voice.ts'
import { plain } from '../report/plain.ts'
import { renderCount } from '../report/quantity.ts'
import type { ReadSummary, SeenVolume } from '../scan/read-summary.ts'

const voice = voiceOf(english)

/** Names that are listed where none of them is near; of more the number is told. */
const NAMED = 5

/** What was asked for by name, and whether by number too. */
export interface AskedNames {
  readonly channel?: readonly string[] | undefined
  readonly provider?: readonly string[] | undefined
  readonly computer?: readonly string[] | undefined
  readonly eventId?: readonly unknown[] | undefined
}

/**
 * For each channel, provider and computer that was asked for and that no record is of, a line: which one may have been
 * meant, or which there are. Where event ids are asked for nothing is said of providers: a scan sees those only of
 * records with such an id.
 */
export function nameHints(
  options: AskedNames,
  seen: Omit<NonNullable<ReadSummary['seen']>, 'nameless'>,
): readonly string[] {
  const { channels, providers, computers, volumes } = seen
  return [
    ...hints({ kind: 'channel', is: isNamed, meant: meantName }, options.channel, channels),
    ...(options.eventId?.length
      ? []
      : hints({ kind: 'provider', is: isNamed, meant: meantName }, options.provider, providers)),
    ...hints(
      { kind: 'computer', is: isComputer, meant: meantComputer, of: (word) => computersOf(word, volumes) },
      options.computer,
      computers,
    ),
  ]
}

/** How names of one kind are compared and guessed. */
interface Kind {
  readonly kind: string
  is(name: string, word: string): boolean
  meant(word: string, seen: readonly string[]): string | undefined
  /** What stands in the records for a word that is no name in them. */
  readonly of?: (word: string) => readonly string[]
}

function hints(
  { kind, is, meant, of = () => [] }: Kind,
  asked: readonly string[] = [],
  seen: readonly string[] = [],
): readonly string[] {
  const named = seen.filter((name) => name !== '')
  if (named.length === 0) return []
  return asked.flatMap((word) => {
    if (seen.some((name) => is(name, word))) return []
    const told = `No record here is of the ${kind} "${plain(word)}"`
    const inside = of(word)
    if (inside.length > 0) return [`${told}, which is the name of a host: in its records ${thereAre(inside)}`]
    const near = meant(word, named)
    return [`${told}: ${near === undefined ? thereAre(named) : `did you mean "${plain(near)}"?`}`]
  })
}

/** Reports call a host by the label of its volume; `--computer` asks for what the records say. */
function computersOf(word: string, volumes: readonly SeenVolume[]): readonly string[] {
  return volumes.find(({ label }) => label.toLowerCase() === word.toLowerCase())?.computers ?? []
}

/** The one nearest in spelling, with its domain or without. */
function meantComputer(word: string, seen: readonly string[]): string | undefined {
  const first = (name: string) => name.replace(/\..*$/, '').toLowerCase()
  const near = nearest(word, seen)
  if (near !== undefined) return near
  const label = nearest(first(word), seen.map(first))
  return label === undefined ? undefined : seen.find((name) => first(name) === label)
}

/** @param names in order */
function thereAre(names: readonly string[]): string {
  const more = names.length - NAMED
  const named = names.slice(0, NAMED).map(plain).join(', ')
  return more > 0
    ? `there are ${named} and ${renderCount(more, voice)} more`
    : `there ${names.length === 1 ? 'is' : 'are'} ${named}`
}
