import type { LogFile } from '../evidence/collection.ts'
import type { Source } from '../evidence/source.ts'
import type { Chunk } from '../evtx/chunk.ts'
import type { Elsewhere } from '../evtx/elsewhere.ts'
import { FILE_HEADER_SIZE } from '../evtx/file-header.ts'
import { LiveRecords } from '../evtx/live-records.ts'
import type { RecoverMode } from '../evtx/record.ts'
import type { Template } from '../evtx/template.ts'
import { TemplateLibrary } from '../evtx/template-library.ts'
import { readRange } from './read-range.ts'

/** The logs of a run, as all of its tasks carry them: in shared memory, so that they cost a task nothing. */
export type RunLogs = SharedArrayBuffer

/** Runs of this process so far. */
let runs = 0

/** Makes the logs of a run ready for its tasks. */
export function packRunLogs(logs: readonly LogFile[]): RunLogs {
  const text = Buffer.from(JSON.stringify({ run: ++runs, sources: logs.map(({ source }) => source) }))
  const packed = new SharedArrayBuffer(text.length)
  new Uint8Array(packed).set(text)
  return packed
}

/**
 * What this thread read beside its tasks: the library of a run, and the records of the last log that were asked for.
 */
let library: { readonly run: string; readonly known: TemplateLibrary } | undefined
let lastLive: { readonly log: string; readonly known: LiveRecords } | undefined

/**
 * Does some work on logs, and does it again when it asked for what only the rest of the run knows: that is read first.
 * So nothing is read twice unless a record is met that needs it, and what the work comes to depends on the logs alone,
 * not on which thread did what before.
 *
 * @param run without it the rest of the run knows nothing
 * @param work is called with undefined where nothing is to be recovered; what it came to before it asked is dropped
 */
export async function withElsewhere<Result>(
  run: RunLogs | undefined,
  recover: RecoverMode,
  work: (elsewhere: RunElsewhere | undefined) => Promise<Result>,
): Promise<Result> {
  if (recover === 'none') return work(undefined)
  const elsewhere = new RunElsewhere(run)
  for (;;) {
    const result = await work(elsewhere)
    if (!(await elsewhere.readAsked())) return result
  }
}

/** What the rest of a run knows, as far as it was read; notes what is asked for besides. */
export class RunElsewhere implements Elsewhere {
  readonly #packed: RunLogs | undefined
  /** The same as text, once it is needed. */
  #text: string | undefined
  #library: TemplateLibrary | undefined
  #wantsLibrary = false
  readonly #live = new Map<string, LiveRecords>()
  readonly #wantsLive = new Map<string, Source>()
  #source: Source | undefined
  /** What the log at hand is known by, once it is needed. */
  #log: string | undefined

  constructor(run: RunLogs | undefined) {
    this.#packed = run
  }

  get #run(): string {
    this.#text ??= this.#packed === undefined ? '' : Buffer.from(new Uint8Array(this.#packed)).toString()
    return this.#text
  }

  /** The log that is read next. */
  startLog(source: Source): void {
    this.#source = source
    this.#log = undefined
  }

  template(templateId: number): Template | undefined {
    if (this.#library === undefined && library?.run === this.#run) this.#library = library.known
    if (this.#library === undefined) this.#wantsLibrary = true
    return this.#library?.find(templateId)
  }

  isLive(chunk: Chunk, offset: number, size: number): boolean {
    if (this.#source === undefined) return false
    this.#log ??= `${this.#run}\0${JSON.stringify(this.#source)}`
    if (lastLive?.log === this.#log) this.#live.set(this.#log, lastLive.known)
    const live = this.#live.get(this.#log)
    if (live === undefined) this.#wantsLive.set(this.#log, this.#source)
    return live?.has(chunk, offset, size) ?? false
  }

  /**
   * Reads what was asked for. A log that cannot be read knows nothing.
   *
   * @returns false when nothing was
   * @throws the reason when the run was aborted
   */
  async readAsked(): Promise<boolean> {
    if (!this.#wantsLibrary && this.#wantsLive.size === 0) return false
    if (this.#wantsLibrary) {
      this.#library = await readLibrary(this.#run)
      library = { run: this.#run, known: this.#library }
      this.#wantsLibrary = false
    }
    for (const [log, source] of this.#wantsLive) {
      const known = await readLive(source)
      this.#live.set(log, known)
      lastLive = { log, known }
    }
    this.#wantsLive.clear()
    return true
  }
}

/** All template definitions of a run, in the order of its logs. */
async function readLibrary(run: string): Promise<TemplateLibrary> {
  const known = new TemplateLibrary()
  if (run === '') return known
  // `packRunLogs` wrote it.
  const { sources } = JSON.parse(run) as { sources: readonly Source[] }
  for (const source of sources) await eachChunk(source, (chunk) => known.addChunk(chunk))
  return known
}

async function readLive(source: Source): Promise<LiveRecords> {
  const known = new LiveRecords()
  await eachChunk(source, (chunk, dirty) => known.addChunk(chunk, dirty))
  return known
}

/** Shows all chunks of a log, and whether it was not closed. */
async function eachChunk(source: Source, visit: (chunk: Chunk, dirty: boolean) => void): Promise<void> {
  // It has the size that it is found to have now: what became of it is told by who reads it for its records.
  const whole = { source, start: FILE_HEADER_SIZE, end: Number.MAX_SAFE_INTEGER, foundSize: 0 }
  await readRange(whole, { onChunk: (chunk, _, { dirty }) => visit(chunk, dirty), onDamage: () => {} })
}
