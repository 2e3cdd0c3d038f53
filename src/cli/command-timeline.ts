import { UsageError } from '../errors.ts'
import { PROFILE_NAMES, TIMELINE_FORMATS } from '../timeline/profile.ts'
import { formatOfEnding } from './format-of-ending.ts'
import { choiceOf, readingCommand, withFilters, withTimes } from './options.ts'
import type { Run } from './run.ts'
import { goesToFile } from './standard-output.ts'
import { targetOf } from './target.ts'
import { checkTimes } from './time-options.ts'

/** `evtxray timeline`. */
export function timelineCommand(run: Run) {
  return withFilters(withTimes(readingCommand('timeline'), 'the whole log'))
    .summary('the events in one order, for a spreadsheet or another tool')
    .description(
      'Writes the events of all logs in one order: by time, then host, channel, record id, file and offset.\n' +
        'A CSV file for people has a byte order mark and is split where a spreadsheet ends (x.csv, x-2.csv); a pipe gets ' +
        'one stream. An event that stands in several logs of a host is marked DupOf, and stays.',
    )
    .optionsGroup('Result:')
    .option(
      '--profile <profile>',
      'default, evtxecmd (Timeline Explorer), timesketch or ecs (Elastic) (default: default)',
      choiceOf('--profile', PROFILE_NAMES),
    )
    .option(
      '--format <format>',
      'csv, jsonl or parquet (default: by the name of -o, else as the profile is best known)',
      choiceOf('--format', TIMELINE_FORMATS),
    )
    .action(async (paths, options) => {
      checkTimes(options)
      const { output } = options
      const { chooseFormat, formatsOf, writerOf } = await import('../timeline/profiles.ts')
      const command = options.profile === undefined ? 'timeline' : `timeline --profile ${options.profile}`
      const asked = options.format ?? formatOfEnding(command, output, formatsOf(options.profile ?? 'default'))
      const { profile, format } = chooseFormat(options.profile, asked)
      const writer = writerOf(profile, format)
      const toFile = goesToFile(output)
      if (format === 'parquet' && !toFile && run.terminal.stdout.isTTY) {
        throw new UsageError('A Parquet file is not for a terminal: give -o FILE, or a pipe')
      }
      const { readEvidence } = await import('./reading.ts')
      await readEvidence(paths, options, run, async (reading) => {
        const { collection, scan, watch, terminal } = reading
        const target = targetOf(options, run, terminal, { paths, collection })
        const writeAll =
          toFile && writer.sheets ? (await import('./split-rows.ts')).splitRows : (await import('./output.ts')).writeTo
        const summary = await writeAll(target, async (write) => {
          const { filterOf } = await import('./event-output.ts')
          const filter = await filterOf(options, reading, terminal.now())
          const { timeline } = await import('../scan/timeline.ts')
          return timeline(collection, { ...scan, profile, format, bom: toFile, filter }, write, watch)
        })
        const { eventNotes } = await import('./event-notes.ts')
        return { ...summary, notes: eventNotes(options, summary) }
      })
    })
}
