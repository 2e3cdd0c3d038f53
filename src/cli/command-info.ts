import { formatOfEnding } from './format-of-ending.ts'
import { choiceOf, readingCommand } from './options.ts'
import type { Run } from './run.ts'
import { targetOf } from './target.ts'

const FORMATS = ['text', 'json'] as const

/** `evtxray info`. */
export function infoCommand(run: Run) {
  return readingCommand('info')
    .summary('health and coverage of logs: checksums, ranges, damage')
    .description(
      'Says how the logs are: header, dirty flag, chunks, record and time ranges, channels, damage.\n' +
        'All checksums are checked.',
    )
    .optionsGroup('Result:')
    .option('--format <format>', 'text or json (default: by the name of -o, else text)', choiceOf('--format', FORMATS))
    .action(async (paths, options) => {
      const format = options.format ?? formatOfEnding('info', options.output, FORMATS)
      const { readEvidence } = await import('./reading.ts')
      await readEvidence(paths, options, run, async ({ collection, scan, watch, terminal }) => {
        const target = targetOf(options, run, terminal, { paths, collection })
        const { writeTo } = await import('./output.ts')
        return writeTo(target, async (write) => {
          const { health } = await import('../scan/health.ts')
          const { logs, stats } = await health(collection, { ...scan, verify: true }, watch)
          const { renderHealthJson, renderHealthText } = await import('./health-page.ts')
          await write(Buffer.from(format === 'json' ? renderHealthJson(logs) : renderHealthText(logs)))
          const unread = logs.filter((log) => log.failure !== undefined)
          const inputs = unread.map(({ file, failure = '' }) => ({
            file,
            state: 'unreadable' as const,
            reason: failure,
          }))
          return { stats, inputs, damage: logs.flatMap((log) => log.damage) }
        })
      })
    })
}
