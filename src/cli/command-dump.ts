import { UsageError } from '../errors.ts'
import { formatOfEnding } from './format-of-ending.ts'
import { choiceOf, readingCommand, withFilters, withTimes } from './options.ts'
import type { Run } from './run.ts'
import { targetOf } from './target.ts'
import { checkTimes } from './time-options.ts'

const FORMATS = ['jsonl', 'xml'] as const
const SHAPES = ['evtxray', 'evtx_dump'] as const

/** `evtxray dump`. */
export function dumpCommand(run: Run) {
  return withFilters(withTimes(readingCommand('dump'), 'the whole log'))
    .summary('every record, decoded whole: jsonl or xml')
    .description('Writes every record, decoded whole, in the order of file and offset.')
    .optionsGroup('Result:')
    .option('--format <format>', 'jsonl or xml (default: by the name of -o, else jsonl)', choiceOf('--format', FORMATS))
    .option('--json-shape <shape>', 'evtxray or evtx_dump (default: evtxray)', choiceOf('--json-shape', SHAPES))
    .action(async (paths, options) => {
      checkTimes(options)
      const { jsonShape = 'evtxray' } = options
      const format = options.format ?? formatOfEnding('dump', options.output, FORMATS) ?? 'jsonl'
      if (format === 'xml' && options.jsonShape)
        throw new UsageError(
          '--json-shape is for --format jsonl: XML, which --format or the name of -o asks for, has one shape',
        )
      // Readers of that shape know no recovered records: they are in it when asked for by hand.
      const withRecovered = jsonShape !== 'evtx_dump' || options.recover !== undefined
      const { readEvidence } = await import('./reading.ts')
      await readEvidence(paths, options, run, async (reading) => {
        const { collection, scan, watch, terminal } = reading
        const target = targetOf(options, run, terminal, { paths, collection })
        const { writeTo } = await import('./output.ts')
        const summary = await writeTo(target, async (write) => {
          const { filterOf } = await import('./event-output.ts')
          const filter = await filterOf(options, reading, terminal.now())
          const { dump } = await import('../scan/dump.ts')
          return dump(collection, { ...scan, format, jsonShape, filter, withRecovered }, write, watch)
        })
        const { eventNotes } = await import('./event-notes.ts')
        return { ...summary, notes: eventNotes(options, summary) }
      })
    })
}
