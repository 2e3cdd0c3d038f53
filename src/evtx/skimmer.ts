import { int32At } from '../bytes/little-endian.ts'
import { type KernelMemory, startKernel } from '../bytes/web-assembly.ts'
import type { Chunk } from './chunk.ts'
import { PRINTED_GUID } from './definition-print.ts'
import { type Group, type GroupCounts, type GroupTable, joinGroup } from './group.ts'
import type { FieldPlace } from './payload-fields.ts'
import type { RootPlan } from './root-plan.ts'
import { CHANNEL, EVENT_ID, NONE, PROVIDER, RECORD_ID, TIME } from './root-sources.ts'
import type { ScannedRecord } from './scanned-record.ts'
import * as map from './skim-map.ts'
import { SkimPrints } from './skim-prints.ts'
import { SkimRefusals } from './skim-refusals.ts'
import { SKIM_WASM } from './skim-wasm.ts'

/** What the kernel exports: see `kernel/skim/skim.ts`. */
interface SkimExports {
  begin(): void
  startChunk(chunk: number): number
  skim(chunk: number, from: number, end: number): number
}

/** What the skimmer is to know of a record that it could not pass. */
export interface Lesson {
  readonly plan: RootPlan
  /** Where its definition stands in the chunk at hand. */
  readonly definition: number
  /** Interned names. */
  readonly computer: number
  readonly channel: number
  readonly channelText: string
  /** Undefined where nobody asks for the record's event id. */
  readonly provider?: { readonly number: number; readonly text: string; readonly wanted: Uint8Array | null }
}

const WORD = 4
const ALL_IDS = 65_536

/**
 * Passes over the records of a chunk at the speed of WebAssembly: counts them in their groups, and keeps a row for
 * those that may be wanted. It knows only what it was taught: at a record that is new to it, or not as Windows writes
 * them, it stops and leaves that one to the scanner, who reads it and teaches what was new.
 */
export class Skimmer {
  readonly buffer: ArrayBuffer
  readonly #kernel: SkimExports
  readonly #words: Int32Array
  readonly #view: DataView
  readonly #bytes: Uint8Array
  #owner: object | undefined
  #busy = false
  #planCount = 0
  /** Plans that are good for the chunk at hand, and the numbers that others had in chunks before. */
  readonly #once: RootPlan[] = []
  #spare: number[] = []
  #plans = new Map<RootPlan, number>()
  /** By number; 0 is none. */
  #taught: (RootPlan | undefined)[] = [undefined]
  #names = new Map<number, number>()
  #masks = new Map<Uint8Array, number>()
  /** Numbers of computer and channel, by position. */
  #groups: { readonly computer: number; readonly channel: number; target: Group | undefined }[] = []
  #groupKeys = new Set<string>()
  /** Address of the provider's name of the row that was taken last. */
  #rowName = 0
  readonly #prints: SkimPrints
  readonly #refusals: SkimRefusals

  /** @param memory holds the kernel's tables, `TABLES_SIZE` bytes, and behind them the chunks that are read */
  constructor(memory: KernelMemory) {
    this.buffer = memory.buffer
    // The kernel is built from the source that `SkimExports` names: it exports just this.
    this.#kernel = startKernel(SKIM_WASM, { env: { memory } }) as SkimExports
    this.#words = new Int32Array(memory.buffer, 0, map.TABLES_SIZE / WORD)
    this.#view = new DataView(memory.buffer, 0, map.TABLES_SIZE)
    this.#bytes = new Uint8Array(memory.buffer, 0, map.TABLES_SIZE)
    this.#prints = new SkimPrints(this.#bytes)
    this.#refusals = new SkimRefusals(this.#words, this.#prints)
    this.#kernel.begin()
  }

  /**
   * Takes the skimmer for one log. What it was taught by the same owner is still known.
   *
   * @param anyProvider ids that are asked of any provider, a byte each
   * @returns false while somebody else has it
   */
  claim(owner: object, anyProvider: Uint8Array): boolean {
    if (this.#busy) return false
    this.#busy = true
    if (this.#owner !== owner) {
      this.#forget()
      this.#owner = owner
      this.#mask(anyProvider)
    }
    return true
  }

  release(): void {
    this.#busy = false
  }

  #forget(): void {
    this.#words.fill(0, map.PLAN_AT / WORD, map.SUM_TABLES / WORD)
    this.#words.fill(0, map.COUNTS / WORD, map.ROWS / WORD)
    this.#words.fill(0, map.MASKS / WORD, (map.MASKS + this.#masks.size * map.MASK_SIZE) / WORD)
    this.#planCount = 0
    this.#once.length = 0
    this.#spare = []
    this.#prints.clear()
    this.#plans = new Map()
    this.#taught = [undefined]
    this.#names = new Map()
    this.#masks = new Map()
    this.#refusals.clear()
    this.#dropGroups()
  }

  /** To be called before anything of a chunk is passed; true when the checksum of its header holds. */
  startChunk(chunk: Chunk): boolean {
    this.#dropPlans()
    return this.#kernel.startChunk(chunk.bytes.byteOffset) !== 0
  }

  /** Passes over records from an offset on; see `kernel/skim/skim.ts`. */
  skim(chunk: Chunk, from: number, end: number): number {
    return this.#kernel.skim(chunk.bytes.byteOffset, from, end)
  }

  /** Offset of the last record that was passed, if any was. */
  get lastRecord(): number {
    return this.#words[map.LAST_RECORD / WORD]!
  }

  /** Rows of the last skim. */
  get rowCount(): number {
    return this.#words[map.COUNT_OF_ROWS / WORD]!
  }

  /** Fills a record from a row of the last skim. */
  takeRow(index: number, into: ScannedRecord, groups: GroupTable): void {
    const words = this.#words
    const row = (map.ROWS + index * map.ROW_SIZE) / WORD
    into.offset = words[row + map.ROW_OFFSET / WORD]!
    into.size = words[row + map.ROW_RECORD_SIZE / WORD]!
    into.values = words[row + map.ROW_VALUES / WORD]!
    into.valueCount = words[row + map.ROW_VALUE_COUNT / WORD]!
    into.eventId = words[row + map.ROW_EVENT_ID / WORD]!
    into.timeLow = words[row + map.ROW_TIME / WORD]! >>> 0
    into.timeHigh = words[row + map.ROW_TIME / WORD + 1]! >>> 0
    into.recordIdLow = words[row + map.ROW_RECORD_ID / WORD]! >>> 0
    into.recordIdHigh = words[row + map.ROW_RECORD_ID / WORD + 1]! >>> 0
    this.#rowName = words[row + map.ROW_NAME / WORD]!
    into.provider = words[(this.#rowName + map.NAME_NUMBER) / WORD]!
    const plan = this.#taught[(words[row + map.ROW_PLAN / WORD]! - map.PLANS) / map.PLAN_SIZE]!
    into.payloadSlot = plan.payloadSlot
    into.levelSlot = plan.levelSlot
    into.level = plan.level
    const group = this.#groups[(words[row + map.ROW_GROUP / WORD]! - map.GROUPS) / map.GROUP_SIZE]!
    group.target ??= groups.of(group.computer, group.channel)
    into.group = group.target
    into.recovery = undefined
  }

  /** False where nothing would come of refusing a number. */
  mayRefuse(number: number): boolean {
    return this.#refusals.mayTake(number)
  }

  /**
   * From now on passes over records like the last row taken: of its provider and event id, with that number at that
   * place.
   */
  refuse({ eventId, payloadSlot }: ScannedRecord, place: FieldPlace, number: number): void {
    this.#refusals.add({ name: this.#rowName, eventId, payloadSlot }, place, number)
  }

  /**
   * Teaches what is new about a record that was not passed. Beyond the tables' size nothing is learned: it is passed by
   * then.
   */
  teach(lesson: Lesson): void {
    const plan = this.#plans.get(lesson.plan) ?? this.#addPlan(lesson)
    if (plan === 0) return
    this.#addGroup(lesson)
    const { provider } = lesson
    if (provider === undefined) return
    const name = this.#names.get(provider.number) ?? this.#addName(provider)
    if (lesson.plan.provider !== NONE) this.#words[(plan + map.PLAN_NAME) / WORD] = name
  }

  #addPlan({ plan, definition }: Lesson): number {
    const { print } = plan
    const fits =
      (this.#spare.length > 0 || this.#planCount < map.MOST_PLANS - 1) &&
      plan.lastSlot <= map.GREATEST_SLOT &&
      plan.dependencySlot <= map.GREATEST_SLOT &&
      (print === undefined || this.#prints.hasRoom(print))
    if (print === undefined) this.#once.push(plan)
    if (!fits) {
      this.#plans.set(plan, 0)
      return 0
    }
    const number = this.#spare.pop() ?? ++this.#planCount
    const address = map.PLANS + number * map.PLAN_SIZE
    const slotOf = (field: number) => plan.stepSlots[plan.stepFields.indexOf(field)] ?? NONE
    const set = (field: number, value: number) => {
      this.#words[(address + field) / WORD] = value
    }
    set(map.PLAN_DEFINITION_SIZE, plan.size)
    set(map.PLAN_LAST_SLOT, plan.lastSlot)
    set(map.PLAN_DEPENDENCY, plan.dependencySlot)
    set(map.PLAN_EVENT_ID, slotOf(EVENT_ID))
    set(map.PLAN_TIME, slotOf(TIME))
    set(map.PLAN_RECORD_ID, slotOf(RECORD_ID))
    set(map.PLAN_PROVIDER, slotOf(PROVIDER))
    set(map.PLAN_CHANNEL, slotOf(CHANNEL))
    set(map.PLAN_COMPUTER_NUMBER, plan.computer)
    set(map.PLAN_CHANNEL_NUMBER, plan.channel)
    set(map.PLAN_GROUP, 0)
    set(map.PLAN_NAME, 0)
    set(map.PLAN_PAYLOAD, plan.payloadSlot)
    if (print === undefined) {
      this.#words[map.PLAN_AT / WORD + definition] = this.#words[map.CHUNK_STAMP / WORD]! | number
    } else {
      // The hash of a definition, see `kernel/skim/plans.ts`.
      const key = int32At(print, PRINTED_GUID) ^ Math.imul(int32At(print, PRINTED_GUID + WORD), 31) ^ plan.size
      const list = map.PLAN_LISTS + 2 * (key & (map.MOST_PLANS - 1))
      set(map.PLAN_KEY, key)
      set(map.PLAN_NEXT, this.#view.getUint16(list, true))
      set(map.PLAN_PRINT, this.#prints.add(print))
      this.#view.setUint16(list, number, true)
    }
    this.#plans.set(plan, address)
    this.#taught[number] = plan
    return address
  }

  /** Forgets the plans that were good for the chunk before. */
  #dropPlans(): void {
    for (const plan of this.#once) {
      const address = this.#plans.get(plan)!
      if (address !== 0) this.#spare.push((address - map.PLANS) / map.PLAN_SIZE)
      this.#plans.delete(plan)
    }
    this.#once.length = 0
  }

  #addGroup({ plan, computer, channel, channelText }: Lesson): void {
    const literal = plan.channel !== NONE
    const key = `${literal} ${computer} ${channel}`
    const size = 2 * channelText.length
    if (this.#groupKeys.has(key) || size > map.MOST_NAME_BYTES || this.#groups.length === map.MOST_GROUPS) return
    this.#groupKeys.add(key)
    const address = map.GROUPS + this.#groups.length * map.GROUP_SIZE
    this.#words[(address + map.GROUP_NAME_SIZE) / WORD] = literal ? -1 : size
    this.#words[(address + map.GROUP_COMPUTER_NUMBER) / WORD] = computer
    this.#words[(address + map.GROUP_CHANNEL_NUMBER) / WORD] = channel
    this.#words[(address + map.GROUP_RECORDS) / WORD] = 0
    this.#writeText(address + map.GROUP_NAME, channelText)
    this.#groups.push({ computer, channel, target: undefined })
    this.#words[map.COUNT_OF_GROUPS / WORD] = this.#groups.length
  }

  #addName({ number, text, wanted }: NonNullable<Lesson['provider']>): number {
    const mask = wanted === null ? 0 : this.#mask(wanted)
    const size = 2 * text.length
    if (mask === undefined || size > map.MOST_NAME_BYTES || this.#names.size === map.MOST_NAMES) return 0
    const address = map.NAMES + this.#names.size * map.NAME_SIZE
    this.#words[(address + map.NAME_BYTES) / WORD] = size
    this.#words[(address + map.NAME_MASK) / WORD] = mask
    this.#words[(address + map.NAME_NUMBER) / WORD] = number
    this.#writeText(address + map.NAME_TEXT, text)
    this.#names.set(number, address)
    this.#words[map.COUNT_OF_NAMES / WORD] = this.#names.size
    return address
  }

  #writeText(at: number, text: string): void {
    for (let i = 0; i < text.length; i++) this.#view.setUint16(at + 2 * i, text.charCodeAt(i), true)
  }

  /** Address of a set of event ids, undefined when there is no room for it. The first is that of any provider. */
  #mask(ids: Uint8Array): number | undefined {
    const known = this.#masks.get(ids)
    if (known !== undefined) return known
    if (this.#masks.size === map.MOST_MASKS) return undefined
    const address = map.MASKS + this.#masks.size * map.MASK_SIZE
    for (let id = ids.indexOf(1); id >= 0 && id < ALL_IDS; id = ids.indexOf(1, id + 1)) {
      this.#bytes[address + (id >> 3)]! |= 1 << (id & 7)
    }
    this.#masks.set(ids, address)
    return address
  }

  /** Adds what was counted to the groups, and begins anew; returns how many records that were. */
  settle(groups: GroupTable): number {
    let records = 0
    this.#groups.forEach(({ computer, channel }, position) => {
      const counted = this.#countedIn(map.GROUPS + position * map.GROUP_SIZE)
      records += counted.records
      joinGroup(groups.of(computer, channel), counted)
    })
    this.#dropGroups()
    return records
  }

  #dropGroups(): void {
    // Plans still point to where their last group stood: it must not be taken for one again.
    this.#groups.forEach((_, position) => {
      this.#words[(map.GROUPS + position * map.GROUP_SIZE + map.GROUP_COMPUTER_NUMBER) / WORD] = NONE
    })
    this.#groups = []
    this.#groupKeys = new Set()
    this.#words[map.COUNT_OF_GROUPS / WORD] = 0
  }

  #countedIn(address: number): GroupCounts {
    const half = (field: number) => this.#words[(address + field) / WORD]! >>> 0
    return {
      records: half(map.GROUP_RECORDS),
      firstLow: half(map.GROUP_FIRST),
      firstHigh: half(map.GROUP_FIRST + WORD),
      lastLow: half(map.GROUP_LAST),
      lastHigh: half(map.GROUP_LAST + WORD),
      lowestLow: half(map.GROUP_LOWEST),
      lowestHigh: half(map.GROUP_LOWEST + WORD),
      highestLow: half(map.GROUP_HIGHEST),
      highestHigh: half(map.GROUP_HIGHEST + WORD),
      ofHighestLow: half(map.GROUP_OF_HIGHEST),
      ofHighestHigh: half(map.GROUP_OF_HIGHEST + WORD),
    }
  }
}
