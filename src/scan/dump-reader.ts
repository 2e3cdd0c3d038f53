import type { Damage } from '../errors.ts'
import { type Chunk, slotKind } from '../evtx/chunk.ts'
import { chunkDamage, hiddenDamage } from '../evtx/log.ts'
import { type Recovery, type WalkOptions, walkRecords } from '../evtx/record.ts'
import type { MatchOptions, NamedRange, RangeReading } from './read-matching.ts'
import { DAMAGE_KEPT, dataDamage, readRange } from './read-range.ts'
import type { RecordOutput } from './record-output.ts'

/** Renders every record of ranges: what `MatchReader` does where nothing is asked, without an object for a record. */
export class DumpReader {
  /** Records rendered, and recovered ones that were left out. */
  rendered = 0
  leftOut = 0
  /** Chunks in use that the fast engine left to the plain one, if there is a fast one. */
  declined = 0
  readonly #options: Pick<MatchOptions, 'recover' | 'verify'> & { readonly withRecovered: boolean }
  readonly #output: RecordOutput
  #damage: Damage[] = []
  #damaged = 0
  #records = 0
  #recovered = 0
  #chunk!: Chunk
  #fileOffset = 0

  constructor(
    options: Pick<MatchOptions, 'recover' | 'verify'> & { readonly withRecovered: boolean },
    output: RecordOutput,
  ) {
    this.#options = options
    this.#output = output
  }

  async read(range: NamedRange): Promise<RangeReading> {
    this.start(range.name)
    const { failure } = await readRange(range, {
      onChunk: (chunk, fileOffset, { dirty }) => this.readChunk(chunk, fileOffset, dirty),
      onDamage: (damage) => this.#onDamage(damage),
      into: this.#output.into,
    })
    return { ...this.reading(), ...(failure !== undefined && { failure }) }
  }

  /** Begins to count anew. @param name of the log, as reports name it */
  start(name: string): void {
    this.#damage = []
    this.#damaged = this.#records = this.#recovered = 0
    this.#output.startLog(name)
  }

  /** What was read since `start`. */
  reading(): RangeReading {
    return { records: this.#records, recovered: this.#recovered, damaged: this.#damaged, damage: this.#damage }
  }

  /** Renders one chunk. @param fileOffset where it stands in its file */
  readChunk(chunk: Chunk, fileOffset: number, dirty: boolean): void {
    const { recover, verify } = this.#options
    const dataFault = verify && dataDamage(chunk, fileOffset)
    if (dataFault) this.#onDamage(dataFault)
    if (this.#addWhole(chunk, fileOffset, dirty)) return
    const kind = slotKind(chunk)
    if (kind === 'unused') return
    this.declined++
    const headerless = kind === 'headerless'
    const damage = chunkDamage(chunk, fileOffset, headerless)
    if (damage) this.#onDamage(damage)
    this.#chunk = chunk
    this.#fileOffset = fileOffset
    this.#output.startChunk(chunk)
    const options: WalkOptions = { recover, headerless, dirty, headerBroken: damage !== undefined }
    walkRecords(chunk, options, this.#onRecord, ({ offset, length, detail }) =>
      this.#onDamage({ kind: 'record-framing', offset: fileOffset + offset, length, detail }),
    )
  }

  /** The fast way, for a chunk without anything to tell of its structure. */
  #addWhole(chunk: Chunk, fileOffset: number, dirty: boolean): boolean {
    const { recover } = this.#options
    // In every chunk there is unused space.
    if (recover === 'slack') return false
    const added = this.#output.addChunk(chunk, fileOffset, dirty && recover !== 'none')
    if (added === undefined) return false
    for (const damage of added.damage) this.#onDamage(damage)
    this.#records += added.records
    this.rendered += added.records
    return true
  }

  readonly #onRecord = (offset: number, size: number, recovery: Recovery | undefined): void => {
    const isShown = recovery === undefined || this.#options.withRecovered
    const damage = this.#output.add(this.#chunk, this.#fileOffset, { offset, size, recovery }, isShown)
    if (damage) this.#onDamage(damage)
    else {
      this.#records++
      if (recovery !== undefined) this.#recovered++
      if (isShown) this.rendered++
      else this.leftOut++
    }
    const hidden = hiddenDamage(this.#chunk, this.#fileOffset, offset, size)
    if (hidden) this.#onDamage(hidden)
  }

  #onDamage(damage: Damage): void {
    if (damage.kind === 'record-framing' || damage.kind === 'record-content') this.#damaged++
    if (this.#damage.length < DAMAGE_KEPT) this.#damage.push(damage)
  }
}
