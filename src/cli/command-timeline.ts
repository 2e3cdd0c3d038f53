import { noMatchNotes } from './no-match.ts'
import { choiceOf, readingCommand, withFilters, withTimes } from './options.ts'
import type { Run } from './run.ts'
import { goesToFile } from './standard-output.ts'
import { checkTimes, zoneNotes } from './time-options.ts'

const FORMATS = ['csv', 'jsonl'] as const

/** `evtxray timeline`. */
export function timelineCommand(run: Run) {
  return withFilters(withTimes(readingCommand('timeline'), 'the whole log'))
    .summary('the events in one order, for a spreadsheet or another tool')
    .description(
      'Writes the events of all logs in one order: by time, then host, channel, record id, file and offset.\n' +
        'A CSV file has a byte order mark and is split where a spreadsheet ends (x.csv, x-2.csv); a pipe gets one stream.',
    )
    .optionsGroup('Result:')
    .option('--format <format>', 'csv or jsonl (default: csv)', choiceOf('--format', FORMATS))
    .action(async (paths, options) => {
      checkTimes(options)
      const { format = 'csv', output } = options
      const { signal } = run
      const bom = format === 'csv' && goesToFile(output)
      const { readEvidence } = await import('./reading.ts')
      await readEvidence(paths, options, run, async (reading) => {
        const { collection, scan, watch, terminal } = reading
        const target = { output, terminal, signal, force: options.force === true, evidence: { paths, collection } }
        const writeAll = bom ? (await import('./split-rows.ts')).splitRows : (await import('./output.ts')).writeTo
        const summary = await writeAll(target, async (write) => {
          const { filterOf } = await import('./event-output.ts')
          const filter = await filterOf(options, reading, terminal.now())
          const { timeline } = await import('../scan/timeline.ts')
          return timeline(collection, { ...scan, format, bom, filter }, write, watch)
        })
        return {
          ...summary,
          notes: [...zoneNotes(options), ...(summary.notes ?? []), ...noMatchNotes(options, summary.stats, collection)],
        }
      })
    })
}
