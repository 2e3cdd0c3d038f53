import { Command, Option, type OptionValues } from '@commander-js/extra-typings'
import { EvtxError, UsageError } from '../errors.ts'
import { parseEventIds, parseLevels, parseNames } from '../query/filter.ts'
import { nearest } from '../query/nearest.ts'
import { LANGUAGE_CODES } from '../report/language/languages.ts'
import { parseLanguage } from './language.ts'
import { COLOR_CHOICES } from './paint.ts'
import { parseDuration, parseMoment } from './parse-time.ts'
import { parseReference } from './time-options.ts'

/** More than any machine has cores, fewer than any machine has threads. */
const MOST_THREADS = 256
const RECOVER_CHOICES = ['none', 'resync', 'slack'] as const

/** An option's parser whose refusals name the option. */
function parserOf<Value>(flag: string, parse: (text: string) => Value): (text: string) => Value {
  return (text) => {
    try {
      return parse(text)
    } catch (error) {
      if (error instanceof EvtxError) throw new UsageError(`${flag}: ${error.message}`, { cause: error })
      throw error
    }
  }
}

/** The parser of an option that may be repeated and takes lists: all its values in one. */
function listOf<Value>(flag: string, parse: (text: string) => readonly Value[]) {
  const parseOne = parserOf(flag, parse)
  return (text: string, before: readonly Value[] | undefined): readonly Value[] => [
    ...(before ?? []),
    ...parseOne(text),
  ]
}

/** The parser of an option that takes one of some words. */
export function choiceOf<Choice extends string>(flag: string, choices: readonly Choice[]): (text: string) => Choice {
  return parserOf(flag, (text) => {
    const choice = choices.find((each) => each === text)
    if (choice !== undefined) return choice
    const near = nearest(text, choices)
    const meant = near === undefined ? '' : `; the nearest valid value is "${near}"`
    throw new UsageError(`"${text}" is not known: expected ${listed(choices)}${meant}`)
  })
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

/** A whole number of threads. */
function parseThreads(text: string): number {
  const threads = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (threads >= 1 && threads <= MOST_THREADS) return threads
  const number = Number.parseFloat(text)
  const near = Number.isNaN(number)
    ? ''
    : `; the nearest valid value is "${Math.min(Math.max(Math.round(number), 1), MOST_THREADS)}"`
  throw new UsageError(`"${text}" is no number of threads: expected 1 to ${MOST_THREADS}${near}`)
}

/** `--threads`. */
export function threadsOption() {
  return new Option('--threads <n>', 'worker threads; 1 stays in the process (default: as the work demands)').argParser(
    parserOf('--threads', parseThreads),
  )
}

/** `--lang`, on commands that write for people. */
export function languageOption() {
  return new Option(
    '--lang <language>',
    `language of reports: ${LANGUAGE_CODES.join(' or ')} (default: the terminal's); data, tables and messages are English`,
  ).argParser(parserOf('--lang', parseLanguage))
}

/** A command that reads logs, with the options that mean the same in all of them. */
export function readingCommand(name: string) {
  return new Command(name)
    .argument('<path...>', 'an .evtx file, a folder, a zip, the root of a Windows volume (F:), or - for standard input')
    .optionsGroup('Output:')
    .option('-o, --output <path>', 'write there; - is standard output')
    .option('--force', 'replace an output that exists')
    .addOption(new Option('--color <when>', 'auto, always or never').argParser(choiceOf('--color', COLOR_CHOICES)))
    .addOption(languageOption())
    .optionsGroup('Reading:')
    .addOption(threadsOption())
    .option(
      '--recover <mode>',
      'none, resync (go on after damage) or slack (also unused space) (default: resync)',
      choiceOf('--recover', RECOVER_CHOICES),
    )
    .option('--verify', 'check the data checksum of every chunk')
    .option('--strict', 'damage inside a log is an error too (exit code 4)')
    .optionsGroup('Telling how it goes:')
    .option('-q, --quiet', 'results and errors only')
    .option('--no-progress', 'no progress bar')
    .option('-v, --verbose', 'tell what was chosen and why')
    .option('--stats', 'bytes, records, threads, speed and memory at the end')
}

/** Options of everything that reads logs, as commander hands them over. */
export type ReadingOptions = ReturnType<ReturnType<typeof readingCommand>['opts']>

/** Adds the window; its default is the command's. */
export function withTimes<Options extends OptionValues>(command: Command<[string[]], Options>, whole: string) {
  return command
    .optionsGroup('Window:')
    .option(
      '--window <duration>',
      `how far back to look: 24h, 90m, 7d, 2w (default: ${whole})`,
      parserOf('--window', parseDuration),
    )
    .option(
      '--reference <when>',
      'what the window ends at: last-event, last-boot (the last event before the last boot: the window lies before it, ' +
        'and not after), now or an ISO time (default: last-event)',
      parserOf('--reference', parseReference),
    )
    .option('--since <time>', 'from this time on, ISO 8601; without a zone it is UTC', parserOf('--since', parseMoment))
    .option('--until <time>', 'up to this time, ISO 8601; without a zone it is UTC', parserOf('--until', parseMoment))
}

/** Adds the filters. Each may be repeated and takes a list. */
export function withFilters<Options extends OptionValues>(command: Command<[string[]], Options>) {
  return command
    .optionsGroup('Filters (may be repeated, take lists):')
    .option(
      '--channel <names>',
      'as in System,Security; or the end of names, as in RdpCoreTS',
      listOf('--channel', (text) => parseNames(text, 'channel')),
    )
    .option(
      '--provider <names>',
      'as in Schannel; or the end of names, as in RdpCoreTS',
      listOf('--provider', (text) => parseNames(text, 'provider')),
    )
    .option('--event-id <ids>', 'as in 4624,4625,1000-1010', listOf('--event-id', parseEventIds))
    .option(
      '--level <levels>',
      'critical, error, warning, information (with 0, as Event Viewer has it), verbose, or numbers',
      listOf('--level', parseLevels),
    )
    .option(
      '--computer <names>',
      'as in RDS01.contoso.local, or RDS01',
      listOf('--computer', (text) => parseNames(text, 'computer')),
    )
}

/** Refuses the filters where they would change what is concluded. */
export function withoutFilters<Options extends OptionValues>(command: Command<[string[]], Options>) {
  for (const flag of ['--channel', '--provider', '--event-id', '--level', '--computer']) {
    const refuse = (): never => {
      throw new UsageError(`${flag} is refused on analyze: a filter would change verdicts; use it on timeline or dump`)
    }
    command.addOption(new Option(`${flag} <values>`).argParser(refuse).hideHelp())
  }
  return command
}
