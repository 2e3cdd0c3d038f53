import { toIso } from '../bytes/filetime.ts'
import { UsageError } from '../errors.ts'
import type { HostAnalysis } from '../finding/analysis.ts'
import { plain } from '../report/plain.ts'
import type { TimeOptions } from './time-options.ts'

/**
 * Notes of hosts whose records all lie outside the window: a window without records must not look like a window without
 * findings. Behind the logs' end the last start still counts, so a `--reference` there is noted and not refused.
 *
 * @throws {UsageError} no host has a record inside or before
 */
export function outsideNotes(
  options: Pick<TimeOptions, 'since' | 'until' | 'reference'>,
  hosts: readonly Pick<HostAnalysis, 'host' | 'windows'>[],
): readonly string[] {
  const dated = hosts.filter((host) => host.windows)
  const noted = (whyOf: typeof whyOutside) =>
    dated.flatMap((host) => {
      const why = whyOf(options, host)
      return why === undefined ? [] : [`${plain(host.host)}: ${why}`]
    })
  const notes = noted(whyOutside)
  if (notes.length > 0 && notes.length === dated.length) {
    const most = 'the window holds no record'
    throw new UsageError(
      notes.length === 1 ? `${notes[0]}: ${most}` : `${notes[0]}, and so it is on every host: ${most}`,
    )
  }
  return [...notes, ...noted(whyBehind)]
}

function whyBehind(
  { since, until, reference }: Parameters<typeof outsideNotes>[0],
  { windows }: Pick<HostAnalysis, 'windows'>,
): string | undefined {
  if (!windows || since || until || reference === undefined || reference === 'last-boot') return undefined
  const { window, log } = windows
  if (window.start <= log.end) return undefined
  return `the logs end at ${toIso(log.end)}, before the window: it holds no record, and only the time since the last start was judged`
}

function whyOutside(
  { since, until, reference }: Parameters<typeof outsideNotes>[0],
  { windows }: Pick<HostAnalysis, 'windows'>,
): string | undefined {
  if (!windows) return undefined
  const { window, log } = windows
  if (since && since.ticks > log.end) return `the logs end at ${toIso(log.end)}, before --since ${since.text}`
  if (until && until.ticks < log.start) return `the logs begin at ${toIso(log.start)}, after --until ${until.text}`
  if (typeof reference === 'object' && !until && !since && reference.ticks < log.start) {
    return `the logs begin at ${toIso(log.start)}, after --reference ${reference.text}`
  }
  // Other logs may go on after the last event of System, where a window without --until ends.
  if (since && window.start > window.end) {
    return `the window ends at ${toIso(window.end)}, the last event, before --since ${since.text}; --until sets another end`
  }
  return undefined
}
