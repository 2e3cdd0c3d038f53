import { toIso } from '../bytes/filetime.ts'
import { UsageError } from '../errors.ts'
import type { HostAnalysis } from '../finding/analysis.ts'
import { plain } from '../report/plain.ts'
import type { TimeOptions } from './time-options.ts'

/**
 * Notes of hosts whose records all lie outside `--since` and `--until`: a window without records must not look like a
 * window without findings.
 *
 * @throws {UsageError} no host has a record inside
 */
export function outsideNotes(
  options: Pick<TimeOptions, 'since' | 'until'>,
  hosts: readonly Pick<HostAnalysis, 'host' | 'windows'>[],
): readonly string[] {
  const dated = hosts.filter((host) => host.windows)
  const notes = dated.flatMap((host) => {
    const why = whyOutside(options, host)
    return why === undefined ? [] : [`${plain(host.host)}: ${why}`]
  })
  if (notes.length > 0 && notes.length === dated.length) {
    const most = 'the window holds no record'
    throw new UsageError(
      notes.length === 1 ? `${notes[0]}: ${most}` : `${notes[0]}, and so it is on every host: ${most}`,
    )
  }
  return notes
}

function whyOutside(
  { since, until }: Pick<TimeOptions, 'since' | 'until'>,
  { windows }: Pick<HostAnalysis, 'windows'>,
): string | undefined {
  if (!windows) return undefined
  const { window, log } = windows
  if (since && since.ticks > log.end) return `the logs end at ${toIso(log.end)}, before --since ${since.text}`
  if (until && until.ticks < log.start) return `the logs begin at ${toIso(log.start)}, after --until ${until.text}`
  // Other logs may go on after the last event of System, where a window without --until ends.
  if (since && window.start > window.end) {
    return `the window ends at ${toIso(window.end)}, the last event, before --since ${since.text}; --until sets another end`
  }
  return undefined
}
