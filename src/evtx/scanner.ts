import { FormatError } from '../errors.ts'
import { CHUNK_SIZE, type Chunk, slotKind } from './chunk.ts'
import type { Gate } from './gate.ts'
import { type Group, GroupTable } from './group.ts'
import { tellHidden } from './hidden-record.ts'
import { Interner, TOO_MANY_NAMES } from './interner.ts'
import { chunkDamage } from './log.ts'
import type { FieldPlace } from './payload-fields.ts'
import { PlainSystem } from './plain-system.ts'
import { FRAGMENT_START, type FrameDamage, framedSize, MOST_PADDING, type Recovery, walkRecords } from './record.ts'
import type { Frame } from './recover-record.ts'
import { lostRecord, RecoveredSystem } from './recovered-system.ts'
import type { RootPlan } from './root-plan.ts'
import { RootPlans } from './root-plans.ts'
import { CHANNEL, EVENT_ID, NONE, PROVIDER, RECORD_ID, TIME } from './root-sources.ts'
import type { ScanMode, ScanSink } from './scan-sink.ts'
import { emptyRecord, type ScannedRecord } from './scanned-record.ts'
import type { Skimmer } from './skimmer.ts'
import * as token from './token.ts'
import * as type from './value-type.ts'

/** The first two bytes of a template instance, as a little-endian word. */
const INSTANCE_START = 0x010c
/** Bytes from a record's start to the parts of a template instance right behind the fragment header. */
const INSTANCE_AT = 28
const TEMPLATE_ID_AT = 30
const DEFINITION_OFFSET_AT = 34
const AFTER_DEFINITION_OFFSET = 38

/**
 * Walks chunks and takes EventID, TimeCreated, EventRecordID, provider, channel and computer from the slots of each
 * record's template instance, without decoding it. Counts every readable record; hands on those that the gate wants.
 *
 * Records without a template, or with one of an unusual shape, go through a slower reading of their System element:
 * never past the question.
 *
 * Hot: `#scanRecord` runs for every record (`benchmarks/`, case "scan").
 */
export class Scanner {
  readonly names = new Interner()
  groups = new GroupTable(this.names)
  /** Readable records so far, recovered ones included. */
  records = 0
  recovered = 0
  damaged = 0
  /** Records in unused space that repeat a live one of their log; not among the others. */
  copies = 0
  chunks = 0
  readonly #gate: Gate
  readonly #sink: ScanSink
  readonly #plain = new PlainSystem(this.names)
  readonly #recovered = new RecoveredSystem(this.#plain)
  /** Wanted ids by provider number; null: none. */
  readonly #wanted: (Uint8Array | null)[] = []
  readonly #plans = new RootPlans(this.names)
  readonly #record: ScannedRecord
  readonly #anyProvider: Uint8Array
  /** Interned names of the record at hand. */
  #provider = NONE
  #channel = NONE
  #chunk!: Chunk
  #fileOffset = 0
  /** What knows the definitions of a chunk was told of the one at hand. */
  #isKnown = false
  #mode: ScanMode = { recover: 'none', dirty: false }
  #skimmer: Skimmer | undefined
  /** Whose they are that the skimmer was taught: they are about numbers of names. */
  #lessons = {}
  /** The record at hand is one that the skimmer took. */
  #isRow = false
  readonly #skim = {
    pass: (offset: number, end: number) => this.#pass(offset, end),
    lastRecord: 0,
  }

  constructor(gate: Gate, sink: ScanSink) {
    this.#gate = gate
    this.#anyProvider = gate.anyProvider
    this.#sink = sink
    this.#record = emptyRecord(this.groups.of(this.names.ofText(''), this.names.ofText('')))
  }

  /** Begins to count anew; what was learned of templates and names stays, unless a log flooded it. */
  startLog(): void {
    if (this.names.isFlooded) this.#unlearn()
    this.groups = new GroupTable(this.names)
    this.records = 0
    this.recovered = 0
    this.damaged = 0
    this.copies = 0
    this.chunks = 0
  }

  #unlearn(): void {
    this.names.clear()
    this.#plans.forget()
    this.#wanted.length = 0
    this.#lessons = {}
  }

  /**
   * Lets a skimmer pass over the records that need no look, until `settle`. Without one, or where it is busy, the
   * answers are the same.
   */
  useSkimmer(skimmer: Skimmer | undefined): void {
    this.#skimmer = skimmer?.claim(this.#lessons, this.#anyProvider) ? skimmer : undefined
  }

  /** To be called from `onMatch`: false where nothing would come of refusing that record for a number. */
  mayRefuse(number: number): boolean {
    return this.#isRow && this.#skimmer?.mayRefuse(number) === true
  }

  /**
   * To be called from `onMatch`: that record is of no interest, and neither is any other of its provider and event id
   * with that number (of type UInt32) at that place. They are counted, but need not be handed on.
   */
  refuse(place: FieldPlace, number: number): void {
    if (this.#isRow) this.#skimmer?.refuse(this.#record, place, number)
  }

  /** Adds what the skimmer counted, and gives it back; to be called before the counts are read. */
  settle(): void {
    if (this.#skimmer === undefined) return
    this.records += this.#skimmer.settle(this.groups)
    this.#skimmer.release()
    this.#skimmer = undefined
  }

  /** Scans one slot of a log. `fileOffset` is where it stands in the file. */
  scanChunk(chunk: Chunk, fileOffset: number, mode: ScanMode): void {
    const kind = slotKind(chunk)
    if (kind === 'unused') return
    this.chunks++
    const skimmer = chunk.bytes.buffer === this.#skimmer?.buffer ? this.#skimmer : undefined
    const headerHolds = skimmer?.startChunk(chunk) === true
    const headerless = kind === 'headerless'
    const damage = headerHolds && !headerless ? undefined : chunkDamage(chunk, fileOffset, headerless)
    if (damage) this.#sink.onDamage(damage)
    this.#chunk = chunk
    this.#fileOffset = fileOffset
    this.#mode = mode
    this.#isKnown = false
    const { recover, dirty } = mode
    const options = { recover, headerless, dirty, headerBroken: damage !== undefined, skim: skimmer && this.#skim }
    walkRecords(chunk, options, this.#onRecord, this.#onUnframed)
  }

  readonly #onRecord = (offset: number, size: number, recovery: Recovery | undefined): boolean => {
    if (!this.#isKnown) this.#knowChunk()
    if (recovery === 'slack') return this.#scanRecovered({ offset, size, recovery })
    if (recovery !== undefined) return this.#scanRecovered({ offset, size, recovery }, this.#onLost)
    if (!this.#scanRecord(offset, size)) this.#scanSlowly(offset, size)
    return true
  }

  readonly #onUnframed = ({ offset, length, detail }: FrameDamage): void => {
    this.damaged++
    this.#sink.onDamage({ kind: 'record-framing', offset: this.#fileOffset + offset, length, detail })
  }

  /** Forgets the chunk before: needed only where a record is not passed over. */
  #knowChunk(): void {
    this.#plans.startChunk(this.#chunk)
    this.#plain.startChunk()
    this.#recovered.startChunk()
    this.#isKnown = true
  }

  /** Passes over records from an offset on, and hands on those among them that are wanted. */
  #pass(offset: number, end: number): number {
    const skimmer = this.#skimmer!
    const passed = skimmer.skim(this.#chunk, offset, end)
    const rows = skimmer.rowCount
    this.#skim.lastRecord = skimmer.lastRecord
    this.#isRow = true
    try {
      for (let row = 0; row < rows; row++) {
        skimmer.takeRow(row, this.#record, this.groups)
        this.#handOn()
      }
    } finally {
      this.#isRow = false
    }
    return passed
  }

  /**
   * EventRecordID of the record at an offset of the chunk that was scanned last, which must be of its healthy chain; undefined
   * where its slots do not say.
   */
  recordIdAt(offset: number): number | undefined {
    const size = framedSize(this.#chunk.words, offset)
    if (size === 0) return undefined
    if (!this.#isKnown) this.#knowChunk()
    if (this.#readSlots(offset, size) === undefined) return undefined
    return this.#record.recordIdHigh * 4_294_967_296 + this.#record.recordIdLow
  }

  /** Takes a record from the slots of its template; false where that cannot be done. */
  #scanRecord(offset: number, size: number): boolean {
    const plan = this.#readSlots(offset, size)
    if (plan === undefined) return false
    const { view } = this.#chunk
    const { values, valueCount } = this.#record
    if (this.#skimmer !== undefined) this.#teach(this.#skimmer, plan, offset)
    this.#emit(offset, size, undefined, this.#provider, this.#counted(plan.computer, this.#channel))
    const first = values + 4 * valueCount
    let left = offset + size - 4 - first
    for (let descriptor = values; descriptor < first; descriptor += 4) left -= view.getUint16(descriptor, true)
    if (left > MOST_PADDING) this.#scanHidden({ offset, size, recovery: undefined })
    return true
  }

  /** Fills `#record`, `#provider` and `#channel` from a record's slots; undefined where that cannot be done. */
  #readSlots(offset: number, size: number): RootPlan | undefined {
    const { words, view } = this.#chunk
    const definition = view.getUint32(offset + DEFINITION_OFFSET_AT, true)
    if (
      words[(offset >> 2) + 6] !== FRAGMENT_START ||
      view.getUint16(offset + INSTANCE_AT, true) !== INSTANCE_START ||
      definition >= CHUNK_SIZE
    ) {
      return undefined
    }
    const plan = this.#plans.of(definition)
    const templateId = view.getUint32(offset + TEMPLATE_ID_AT, true)
    if (!plan.fast || templateId !== view.getUint32(definition + 4, true)) return undefined
    const end = offset + size - 4
    let at = offset + AFTER_DEFINITION_OFFSET
    if (definition === at) at += plan.size
    const count = at + 4 <= end ? view.getUint32(at, true) : 0
    const value = at + 4 + 4 * count
    if (count <= plan.lastSlot || count > token.MAX_SUBSTITUTIONS || value > end) return undefined
    const { dependencySlot } = plan
    if (dependencySlot !== NONE && this.#isNull(at + 4, dependencySlot, count)) return undefined
    if (!this.#takeFields(plan, at + 4, value, end)) return undefined
    this.#record.values = at + 4
    this.#record.valueCount = count
    this.#record.payloadSlot = plan.payloadSlot
    this.#record.levelSlot = plan.levelSlot
    this.#record.level = plan.level
    return plan
  }

  /** Tells the skimmer what it did not know of the record at hand. */
  #teach(skimmer: Skimmer, plan: RootPlan, offset: number): void {
    const { texts } = this.names
    const [asked, number] = [this.#anyProvider[this.#record.eventId] !== 0, this.#provider]
    skimmer.teach({
      plan,
      definition: this.#chunk.view.getUint32(offset + DEFINITION_OFFSET_AT, true),
      computer: plan.computer,
      channel: this.#channel,
      channelText: texts[this.#channel]!,
      ...(asked && { provider: { number, text: texts[number]!, wanted: this.#maskOf(number) } }),
    })
  }

  /**
   * Takes the System fields from their slots into `#record`, `#provider` and `#channel`; false where one is not as
   * Windows writes it.
   *
   * @param descriptor where the descriptors begin
   * @param first where the values begin
   */
  #takeFields(plan: RootPlan, descriptor: number, first: number, end: number): boolean {
    const { view, bytes } = this.#chunk
    const record = this.#record
    const { stepSlots, stepFields } = plan
    this.#provider = plan.provider
    this.#channel = plan.channel
    let at = descriptor
    let value = first
    let slot = 0
    for (let step = 0; step < stepSlots.length; step++) {
      for (const next = stepSlots[step]!; slot < next; slot++, at += 4) value += view.getUint16(at, true)
      const length = view.getUint16(at, true)
      if (value + length > end) return false
      const valueType = bytes[at + 2]
      switch (stepFields[step]) {
        case EVENT_ID:
          if (valueType !== type.UINT16_TYPE || length !== 2) return false
          record.eventId = view.getUint16(value, true)
          break
        case PROVIDER:
          if (valueType !== type.STRING_TYPE) return false
          // The event id stands before: where no provider's is wanted, the name is not looked at.
          if (this.#anyProvider[record.eventId] !== 0)
            this.#provider = this.names.ofBytes(bytes, view, value, length & ~1)
          break
        case TIME:
          if (valueType !== type.FILETIME_TYPE || length !== 8) return false
          record.timeLow = view.getUint32(value, true)
          record.timeHigh = view.getUint32(value + 4, true)
          break
        case RECORD_ID:
          if (valueType !== type.UINT64_TYPE || length !== 8) return false
          record.recordIdLow = view.getUint32(value, true)
          record.recordIdHigh = view.getUint32(value + 4, true)
          break
        case CHANNEL:
          if (valueType !== type.STRING_TYPE) return false
          this.#channel = this.names.ofBytes(bytes, view, value, length & ~1)
      }
    }
    return true
  }

  /** True where a value is none; its descriptor is one of `count`. */
  #isNull(descriptors: number, slot: number, count: number): boolean {
    return slot >= count || this.#chunk.bytes[descriptors + 4 * slot + 2] === type.NULL_TYPE
  }

  /** The group of a computer and a channel, which the record at hand counts in. */
  #counted(computer: number, channel: number): Group {
    const group = this.groups.of(computer, channel)
    this.groups.add(group, this.#record)
    return group
  }

  /** Hands on a record whose fields stand in `#record` if it is wanted. */
  #emit(offset: number, size: number, recovery: Recovery | undefined, provider: number, group: Group): void {
    this.records++
    if (recovery !== undefined) this.recovered++
    const record = this.#record
    if (this.#anyProvider[record.eventId] === 0) return
    const mask = this.#maskOf(provider)
    if (mask === null || mask[record.eventId] === 0) return
    record.offset = offset
    record.size = size
    record.recovery = recovery
    record.provider = provider
    record.group = group
    this.#handOn()
  }

  #handOn(): void {
    const { group } = this.#record
    if (group.wanted === undefined) group.wanted = group.channel === TOO_MANY_NAMES || this.#gate.mayHold(group.channel)
    if (group.wanted) this.#sink.onMatch(this.#record, this.#chunk, this.#fileOffset)
  }

  /** Ids that are wanted of a provider. */
  #maskOf(provider: number): Uint8Array | null {
    const known = this.#wanted[provider]
    if (known !== undefined) return known
    const name = this.names.texts[provider]!
    // Which name it is only its record knows.
    const mask = name === TOO_MANY_NAMES ? this.#anyProvider : (this.#gate.eventIds(name) ?? null)
    this.#wanted[provider] = mask
    return mask
  }

  /** Reads the System element as it stands; a record that cannot be read this way is recovered, or damage. */
  #scanSlowly(offset: number, size: number): void {
    try {
      const { provider, computer, channel } = this.#plain.read(this.#chunk, offset, size, this.#record)
      this.#record.values = 0
      this.#record.payloadSlot = this.#record.levelSlot = NONE
      this.#emit(offset, size, undefined, provider, this.#counted(computer, channel))
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      const frame: Frame = { offset, size, recovery: 'resync' }
      if (this.#mode.elsewhere === undefined || !this.#scanRecovered(frame)) this.#onLost(frame, error)
    }
    this.#scanHidden({ offset, size, recovery: undefined })
  }

  /** Takes a record that is not part of the healthy chain; false where it is none, and no damage either. */
  #scanRecovered(frame: Frame, onLost?: (frame: Frame, error: FormatError) => void): boolean {
    const found = this.#recovered.read(this.#chunk, frame, this.#record, this.#mode.elsewhere)
    if (found instanceof FormatError) {
      onLost?.(frame, found)
      return onLost !== undefined
    }
    if (found === 'copy') this.copies++
    else {
      this.#record.values = 0
      this.#record.payloadSlot = this.#record.levelSlot = NONE
      const { computer, channel, provider, isWhole } = found
      const { offset, size, recovery } = frame
      // What was found in unused space neither moves a log's bounds nor counts among its records.
      const counts = isWhole && recovery !== 'slack'
      const group = counts ? this.#counted(computer, channel) : this.groups.of(computer, channel)
      this.#emit(offset, size, recovery, provider, group)
    }
    return true
  }

  readonly #onLost = (frame: Frame, error: FormatError): void => {
    this.damaged++
    this.#sink.onDamage(lostRecord(this.#fileOffset, frame, error))
  }

  #scanHidden(outer: Frame): void {
    const onHidden = (hidden: Frame) => this.#scanRecovered(hidden, this.#onLost)
    tellHidden(this.#chunk, this.#fileOffset, outer, this.#sink, this.#mode.recover === 'none' ? undefined : onHidden)
  }
}
