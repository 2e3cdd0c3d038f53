import { plain } from '../report/plain.ts'
import type { Progress } from '../scan/watch.ts'
import type { Terminal } from './terminal.ts'

/** Shows how far a run is. */
export interface ProgressBar {
  update(progress: Progress): void
  /** Takes the bar away: what follows on the terminal has the line to itself. */
  stop(): void
}

/** A run that ends sooner shows nothing. */
const PATIENCE_MS = 300
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']
/** Cells for the name of the log being read. */
const LONGEST_NAME = 40

/** A bar on stderr, or nothing when that is no terminal or nobody wants it. */
export function showProgress(terminal: Terminal, wanted: boolean): ProgressBar {
  if (!wanted || !terminal.stderr.isTTY) return { update: () => {}, stop: () => {} }
  let latest: Progress | undefined
  let bar: { update(value: number, payload: object): void; setTotal(total: number): void; stop(): void } | undefined
  let stopped = false
  const draw = (): void => {
    if (!bar || !latest) return
    bar.setTotal(latest.bytes)
    bar.update(latest.bytesDone, { told: describeProgress(latest), name: tailOf(latest.current ?? '') })
  }
  const timer = setTimeout(async () => {
    const { default: cliProgress } = await import('cli-progress')
    if (stopped) return
    const single = new cliProgress.SingleBar({
      stream: terminal.stderr.stream,
      format: '{bar} {percentage} %  {told}  {eta_formatted} left  {name}',
      barsize: 20,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      clearOnComplete: true,
      // Twice a second is enough to see it move, and costs nothing.
      fps: 2,
      // Ctrl-C is ours to answer.
      gracefulExit: false,
    })
    single.start(1, 0, { told: '', name: '' })
    bar = single
    draw()
  }, PATIENCE_MS)
  return {
    update: (progress) => {
      latest = progress
      draw()
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
      bar?.stop()
    },
  }
}

/** `12 of 500 files  1.2 of 4.0 GB`. */
export function describeProgress(progress: Progress): string {
  const files = `${progress.filesDone} of ${progress.files} ${progress.files === 1 ? 'file' : 'files'}`
  const unit = Math.max(0, Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, progress.bytes)) / 10)))
  const size = (bytes: number): string => (bytes / 1024 ** unit).toFixed(unit === 0 ? 0 : 1)
  return `${files}  ${size(progress.bytesDone)} of ${size(progress.bytes)} ${UNITS[unit]}`
}

/** The end of a name says more than its beginning. */
function tailOf(name: string): string {
  const shown = plain(name)
  return shown.length <= LONGEST_NAME ? shown : `…${shown.slice(1 - LONGEST_NAME)}`
}
