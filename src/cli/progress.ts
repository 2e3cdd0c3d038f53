import { SECOND } from '../bytes/filetime.ts'
import { english } from '../report/language/en.ts'
import { voiceOf } from '../report/language/voice.ts'
import { renderDuration } from '../report/moment.ts'
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
/** Cells for the name of the log being read, where there is room. */
const LONGEST_NAME = 40
/** Cells of the bar on a line that is full anyway, and on a wide one. */
const SHORT_BAR = 10
const LONG_BAR = 20
const WIDE_LINE = 120
const USUAL_WIDTH = 80

/** A bar on stderr, or nothing when that is no terminal or nobody wants it. */
export function showProgress(terminal: Terminal, wanted: boolean): ProgressBar {
  // A dumb terminal cannot take a line back.
  if (!wanted || !terminal.stderr.isTTY || terminal.env.TERM === 'dumb') return { update: () => {}, stop: () => {} }
  let latest: Progress | undefined
  let bar: { update(value: number, payload: object): void; setTotal(total: number): void; stop(): void } | undefined
  let stopped = false
  const pace = new Pace(() => terminal.now())
  // Asked each time: a window may be made wider.
  const columns = (): number =>
    'columns' in terminal.stderr.stream ? Number(terminal.stderr.stream.columns) : USUAL_WIDTH
  const barSize = columns() < WIDE_LINE ? SHORT_BAR : LONG_BAR
  const draw = (): void => {
    if (!bar || !latest) return
    bar.setTotal(latest.bytes)
    const told = [describeProgress(latest), ...pace.told(latest)].join('  ')
    const room = columns() - barSize - ' 100 %  '.length - told.length - '  '.length - 1
    bar.update(latest.bytesDone, { told, name: tailOf(latest.current ?? '', Math.min(room, LONGEST_NAME)) })
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
      format: '{bar} {percentage} %  {told}  {name}',
      barsize: barSize,
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

/** How fast a run goes, and how long it will take from here. */
export class Pace {
  readonly #now: () => number
  #begunMs = 0
  #before = Number.POSITIVE_INFINITY
  #base = 0

  /** @param now milliseconds, of a clock that may be any */
  constructor(now: () => number) {
    this.#now = now
  }

  /** `310 MB/s` and `3 s left`; nothing while nobody can know. */
  told({ bytes, bytesDone }: Progress): readonly string[] {
    const now = this.#now()
    // The first time, or another pass over the same bytes: its pace is its own.
    if (bytesDone < this.#before) {
      this.#begunMs = now
      this.#base = bytesDone
    }
    this.#before = bytesDone
    const seconds = (now - this.#begunMs) / 1000
    const rate = (bytesDone - this.#base) / seconds
    if (!(seconds > 0 && rate > 0)) return []
    const left = BigInt(Math.ceil((bytes - bytesDone) / rate)) * SECOND
    return [`${renderSize(rate, voice)}/s`, `${renderDuration(left, voice)} left`]
  }
}

/** The end of a name says more than its beginning. */
function tailOf(name: string, length: number): string {
  const shown = plain(name)
  if (length < 2) return ''
  return shown.length <= length ? shown : `…${shown.slice(1 - length)}`
}
