import { english } from '../report/language/en.ts'
import { voiceOf } from '../report/language/voice.ts'
import { plain } from '../report/plain.ts'
import { renderSize } from '../report/quantity.ts'
import type { Progress } from '../scan/watch.ts'
import type { Terminal } from './terminal.ts'

/** Shows how far a run is. */
export interface ProgressBar {
  update(progress: Progress): void
  /** Takes the bar away for good: cursor and line wrap are as before, and what follows has the line to itself. */
  stop(): void
}

const voice = voiceOf(english)

/** A run that ends sooner shows nothing. */
const PATIENCE_MS = 300
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
  const stop = (): void => {
    stopped = true
    clearTimeout(timer)
    bar?.stop()
    bar = undefined
    process.off('exit', stop)
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
      // Before the first bytes are read nobody knows.
      formatTime: (seconds, ...rest) =>
        Number.isFinite(seconds) ? cliProgress.Format.TimeFormat(seconds, ...rest) : '?',
      // Twice a second is enough to see it move, and costs nothing.
      fps: 2,
      // Ctrl-C is ours to answer.
      gracefulExit: false,
    })
    single.start(1, 0, { told: '', name: '' })
    bar = single
    process.once('exit', stop)
    draw()
  }, PATIENCE_MS)
  return {
    update: (progress) => {
      latest = progress
      draw()
    },
    stop,
  }
}

/** `12 of 500 files  820 MB of 4.1 GB`. */
export function describeProgress(progress: Progress): string {
  const files = `${progress.filesDone} of ${progress.files} ${progress.files === 1 ? 'file' : 'files'}`
  return `${files}  ${renderSize(progress.bytesDone, voice)} of ${renderSize(progress.bytes, voice)}`
}

/** The end of a name says more than its beginning. */
function tailOf(name: string): string {
  const shown = plain(name)
  return shown.length <= LONGEST_NAME ? shown : `…${shown.slice(1 - LONGEST_NAME)}`
}
