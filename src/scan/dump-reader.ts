import type { Damage } from '../errors.ts'
import { type Chunk, slotKind } from '../evtx/chunk.ts'
import { tellHidden } from '../evtx/hidden-record.ts'
import { chunkDamage } from '../evtx/log.ts'
import { type WalkOptions, walkRecords } from '../evtx/record.ts'
import type { Frame } from '../evtx/recover-record.ts'
import { DamageTally } from './damage-tally.ts'
import type { MatchOptions, NamedRange, RangeReading, Ways } from './read-matching.ts'
import { dataDamage, readRange } from './read-range.ts'
import type { RecordOutput } from './record-output.ts'

/** How far to go for records, and whether those that are recovered are rendered. */
export type DumpReaderOptions = Omit<MatchOptions, 'filter'> &
  Pick<Ways, 'elsewhere'> & { readonly withRecovered: boolean }

/** Renders every record of ranges: what `MatchReader` does where nothing is asked, without an object for a record. */
export class DumpReader {
  /** Records rendered, and recovered ones that were left out. */
  rendered = 0
  leftOut = 0
  /** Chunks in use that the fast engine left to the plain one, if there is a fast one. */
  declined = 0
  readonly #options: DumpReaderOptions
  readonly #output: RecordOutput
  #damage = new DamageTally()
  #records = 0
  #recovered = 0
  #copies = 0
  #chunk!: Chunk
  #fileOffset = 0

  constructor(options: DumpReaderOptions, output: RecordOutput) {
    this.#options = options
    this.#output = output
  }

  async read(range: NamedRange): Promise<RangeReading> {
    this.#options.elsewhere?.startLog(range.source)
    this.start(range.name)
    const { failure } = await readRange(range, {
      onChunk: (chunk, fileOffset, { dirty }) => this.readChunk(chunk, fileOffset, dirty),
      onDamage: (damage) => this.onDamage(damage),
      into: this.#output.into,
    })
    return { ...this.reading(), ...(failure !== undefined && { failure }) }
  }

  /** Begins to count anew. @param name of the log, as reports name it */
  start(name: string): void {
    this.#damage = new DamageTally()
    this.#records = this.#recovered = this.#copies = 0
    this.#output.startLog(name, this.#options)
  }

  /** What was read since `start`. */
  reading(): RangeReading {
    const [records, recovered, copies] = [this.#records, this.#recovered, this.#copies]
    return { records, recovered, copies, damaged: this.#damage.records, ...this.#damage.found() }
  }

  /** Renders one chunk. @param fileOffset where it stands in its file */
  readChunk(chunk: Chunk, fileOffset: number, dirty: boolean): void {
    const { recover, verify } = this.#options
    const dataFault = verify && dataDamage(chunk, fileOffset)
    if (dataFault) this.onDamage(dataFault)
    if (this.#addWhole(chunk, fileOffset, dirty)) return
    const kind = slotKind(chunk)
    if (kind === 'unused') return
    this.declined++
    const headerless = kind === 'headerless'
    const damage = chunkDamage(chunk, fileOffset, headerless)
    if (damage) this.onDamage(damage)
    this.#chunk = chunk
    this.#fileOffset = fileOffset
    this.#output.startChunk(chunk)
    const options: WalkOptions = { recover, headerless, dirty, headerBroken: damage !== undefined }
    const onFrame = (offset: number, size: number, recovery: Frame['recovery']) =>
      this.#onFrame({ offset, size, recovery })
    walkRecords(chunk, options, onFrame, ({ offset, length, detail }) =>
      this.onDamage({ kind: 'record-framing', offset: fileOffset + offset, length, detail }),
    )
  }

  /** The fast way, for a chunk without anything to tell of its structure. */
  #addWhole(chunk: Chunk, fileOffset: number, dirty: boolean): boolean {
    const { recover } = this.#options
    // In every chunk there is unused space.
    if (recover === 'slack') return false
    const added = this.#output.addChunk(chunk, fileOffset, dirty && recover !== 'none')
    if (added === undefined) return false
    for (const damage of added.damage) this.onDamage(damage)
    this.#records += added.records - added.recovered
    this.rendered += added.records - added.recovered
    this.#countRecovered(added.recovered)
    return true
  }

  readonly #onFrame = (frame: Frame): boolean => {
    const added = this.#output.add(this.#chunk, this.#fileOffset, frame)
    if (added === 'nothing') return false
    if (added === 'copy') this.#copies++
    else if (added === 'live') this.#records++
    else if (added !== 'recovered') this.onDamage(added)
    else this.#countRecovered(1)
    if (added === 'live') this.rendered++
    if (frame.recovery === undefined) {
      tellHidden(
        this.#chunk,
        this.#fileOffset,
        frame,
        this,
        this.#options.recover === 'none' ? undefined : this.#onFrame,
      )
    }
    return true
  }

  #countRecovered(count: number): void {
    this.#records += count
    this.#recovered += count
    if (this.#options.withRecovered) this.rendered += count
    else this.leftOut += count
  }

  /** Takes damage. */
  onDamage(damage: Damage): void {
    this.#damage.add(damage)
  }
}
