import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { ticksFrom, toUnixMicros } from '../bytes/filetime.ts'
import { turn } from '../pool/turn.ts'
import { readShared, type SharedCells } from '../timeline/profile-default.ts'
import type { MergedRow } from './copy-finder.ts'
import type { ShownRows } from './shown-rows.ts'
import type { Watch } from './watch.ts'

/** A row group ends at this many rows, or when their fields take this many bytes: so much is held in memory. */
const GROUP_ROWS = 20_000
const GROUP_BYTES = 8 * 1024 * 1024
/** Rows between two looks at the clock. */
const ROWS_A_TURN = 1_000

const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' } as const
const OPTIONAL_TEXT = { ...TEXT, repetition_type: 'OPTIONAL' } as const
const INTEGER = { type: 'INT64', repetition_type: 'REQUIRED' } as const

/**
 * The columns of `default`, typed, and `FileTime`. What only an analysis fills (`Role`, `Scenario`, `Summary`) is null.
 * Times are UTC without a zone, so that nothing moves them: `TimeCreatedUtc` in microseconds, which every reader knows
 * and every FILETIME fits; `FileTime` has all of its digits.
 */
const SCHEMA = [
  { name: 'TimeCreatedUtc', ...INTEGER, logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' } },
  { name: 'FileTime', ...INTEGER, converted_type: 'UINT_64' },
  { name: 'Level', ...OPTIONAL_TEXT },
  { name: 'Host', ...OPTIONAL_TEXT },
  { name: 'Computer', ...OPTIONAL_TEXT },
  { name: 'Channel', ...OPTIONAL_TEXT },
  { name: 'Provider', ...OPTIONAL_TEXT },
  { name: 'EventId', type: 'INT32', repetition_type: 'REQUIRED' },
  { name: 'RecordId', ...INTEGER, converted_type: 'UINT_64' },
  { name: 'Role', ...OPTIONAL_TEXT },
  { name: 'Scenario', ...OPTIONAL_TEXT },
  { name: 'Summary', ...OPTIONAL_TEXT },
  { name: 'Fields', ...TEXT },
  { name: 'SourceFile', ...TEXT },
  { name: 'Offset', ...INTEGER },
  { name: 'Recovered', ...OPTIONAL_TEXT },
  { name: 'DupOf', ...OPTIONAL_TEXT },
] as const

/** What only an analysis says of a record. */
const SAID_ELSEWHERE: readonly undefined[] = new Array<undefined>(GROUP_ROWS).fill(undefined)

type ColumnName = (typeof SCHEMA)[number]['name']

/** The greatest that a column of unsigned 64-bit numbers takes: an id beyond 2^53 was rounded, perhaps up. */
const GREATEST = 0xffff_ffff_ffff_ffffn

/** What the numbers in rows stand for. */
interface RowNames {
  readonly names: readonly string[]
  /** Undefined: all hosts are shown as their rows name them. */
  readonly shown: ShownRows | undefined
}

/** Writes rows as one Parquet file, a row group at a time. */
export async function writeParquet(
  rows: Iterable<MergedRow>,
  rowNames: RowNames,
  write: (bytes: Uint8Array) => Promise<void>,
  watch: Watch,
): Promise<void> {
  const writer = new ByteWriter()
  const root = { name: 'root', num_children: SCHEMA.length }
  const parquet = new ParquetWriter({ writer, schema: [root, ...SCHEMA], createdBy: 'evtxray' })
  const flush = async (): Promise<void> => {
    await write(writer.getBytes())
    writer.index = 0
    watch.signal.throwIfAborted()
  }
  const shared: (SharedCells | undefined)[] = []
  const group = new RowGroup()
  const writeGroup = async (): Promise<void> => {
    parquet.write({ columnData: group.columns(), rowGroupSize: group.rows })
    group.clear()
    await flush()
  }
  let seen = 0
  for (const { row, dupOf } of rows) {
    shared[row.shared] ??= readShared(rowNames.names[row.shared]!)
    if (!group.hasRoom(row)) await writeGroup()
    group.add(row, shared[row.shared]!, rowNames, dupOf)
    const pause = ++seen % ROWS_A_TURN === 0 && turn()
    if (pause) {
      await pause
      watch.signal.throwIfAborted()
    }
  }
  if (group.rows > 0) await writeGroup()
  parquet.finish()
  await flush()
}

/** The columns of some rows, as they are gathered; filled again and again. */
class RowGroup {
  /** Rows gathered. */
  rows = 0
  readonly #numbers = {
    TimeCreatedUtc: new BigInt64Array(GROUP_ROWS),
    FileTime: new BigUint64Array(GROUP_ROWS),
    EventId: new Int32Array(GROUP_ROWS),
    RecordId: new BigUint64Array(GROUP_ROWS),
    Offset: new BigInt64Array(GROUP_ROWS),
  }
  readonly #texts = {
    Level: [] as (string | undefined)[],
    Host: [] as (string | undefined)[],
    Computer: [] as (string | undefined)[],
    Channel: [] as (string | undefined)[],
    Provider: [] as (string | undefined)[],
    SourceFile: [] as string[],
    Recovered: [] as (string | undefined)[],
    DupOf: [] as (string | undefined)[],
  }
  #fields: Uint8Array[] = []
  #bytes = new Uint8Array(GROUP_BYTES)
  #used = 0

  /** False: to be written before this row is added. A row that is longer than all room has a group of its own. */
  hasRoom(row: MergedRow['row']): boolean {
    return this.rows === 0 || (this.rows < GROUP_ROWS && this.#used + row.text.length <= this.#bytes.length)
  }

  add(row: MergedRow['row'], cells: SharedCells, { names, shown }: RowNames, dupOf: string | undefined): void {
    const at = this.rows++
    const ticks = ticksFrom(row.timeLow, row.timeHigh)
    this.#numbers.TimeCreatedUtc[at] = toUnixMicros(ticks)
    this.#numbers.FileTime[at] = ticks
    this.#numbers.EventId[at] = cells.eventId
    this.#numbers.RecordId[at] = row.recordId < 2 ** 64 ? BigInt(row.recordId) : GREATEST
    this.#numbers.Offset[at] = BigInt(row.offset)
    this.#texts.Level.push(cells.level)
    this.#texts.Host.push(shown?.otherName(row) ?? told(names[row.host]!))
    this.#texts.Computer.push(told(cells.computer))
    this.#texts.Channel.push(told(names[row.channel]!))
    this.#texts.Provider.push(told(cells.provider))
    this.#texts.SourceFile.push(names[row.file]!)
    this.#texts.Recovered.push(cells.recovered)
    this.#texts.DupOf.push(dupOf)
    const { text } = row
    if (text.length > this.#bytes.length) this.#bytes = new Uint8Array(text.length)
    this.#bytes.set(text, this.#used)
    this.#fields.push(this.#bytes.subarray(this.#used, this.#used + text.length))
    this.#used += text.length
  }

  clear(): void {
    this.rows = 0
    for (const texts of Object.values(this.#texts)) texts.length = 0
    this.#fields = []
    this.#used = 0
  }

  columns() {
    return SCHEMA.map(({ name }) => this.#column(name))
  }

  /**
   * Bounds are kept where rows stand in their order or are asked for by them; all else costs time and skips nothing.
   */
  #column(name: ColumnName) {
    switch (name) {
      case 'Fields':
        // Hardly two are alike: a dictionary would only be made to be thrown away.
        return { name, data: this.#fields, encoding: 'PLAIN' as const, statistics: false }
      case 'TimeCreatedUtc':
        return { name, data: this.#numbers[name].subarray(0, this.rows), encoding: 'PLAIN' as const }
      case 'FileTime':
      case 'RecordId':
      case 'Offset':
        return { name, data: this.#numbers[name].subarray(0, this.rows), encoding: 'PLAIN' as const, statistics: false }
      case 'EventId':
        return { name, data: this.#numbers[name].subarray(0, this.rows) }
      case 'Role':
      case 'Scenario':
      case 'Summary':
        return { name, data: SAID_ELSEWHERE.slice(0, this.rows), statistics: false }
      default:
        return { name, data: this.#texts[name], statistics: false }
    }
  }
}

/** What a record does not say is no text: its template was lost. */
function told(name: string): string | undefined {
  return name === '' ? undefined : name
}
