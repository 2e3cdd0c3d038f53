import { CHUNK_SIZE } from '../evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../evtx/file-header.ts'
import { renderTime } from './columns.ts'
import { evtxecmdPayload, onOneLine, upperHex } from './evtxecmd-payload.ts'
import type { Profile, RowSource, RowText, RowWriter } from './profile.ts'

/** Timeline Explorer knows the file by these very names. */
const COLUMNS = [
  'RecordNumber',
  'EventRecordId',
  'TimeCreated',
  'EventId',
  'Level',
  'Provider',
  'Channel',
  'ProcessId',
  'ThreadId',
  'Computer',
  'ChunkNumber',
  'UserId',
  'MapDescription',
  'UserName',
  'RemoteHost',
  'PayloadData1',
  'PayloadData2',
  'PayloadData3',
  'PayloadData4',
  'PayloadData5',
  'PayloadData6',
  'ExecutableInfo',
  'HiddenRecord',
  'SourceFile',
  'Keywords',
  'ExtraDataOffset',
  'Payload',
] as const

/** From `MapDescription` to `ExecutableInfo`: what that program fills from its map files. */
const MAPPED = ','.repeat(10)

const LEVELS = new Map([
  [0, 'LogAlways'],
  [1, 'Critical'],
  [2, 'Error'],
  [3, 'Warning'],
  [4, 'Info'],
  [5, 'Verbose'],
  [8, 'Success'],
  [16, 'Failure'],
])

/** Keywords that have a name there; all others stand as the number. */
const KEYWORDS = new Map([
  ['0x8010000000000000', 'Audit failure'],
  ['0x8020000000000000', 'Audit success'],
  ['0x8080000000000000', 'Audit success, classic'],
  ['0x8000000000000000', 'Classic'],
  ['0x8000000000000010', 'Time'],
  ['0x8000000000000014', 'Download'],
  ['0x8000000000000018', 'Installation'],
  ['0x8000000000000040', 'Reboot'],
  ['0x8000000000000080', 'State'],
])

function render({ record, event }: RowSource): RowText {
  const { level, keywords = '' } = event
  // A log that lost its header block begins with its first chunk.
  const chunk = Math.max(0, Math.floor((record.offset - FILE_HEADER_SIZE) / CHUNK_SIZE))
  let before = `${record.recordId},${event.recordId},${renderTime(event.timeCreated)},${event.eventId}`
  before += `,${level === undefined ? '' : (LEVELS.get(level) ?? level)},${cell(event.provider)},${cell(event.channel)}`
  before += `,${event.processId ?? 0},${event.threadId ?? 0},${cell(event.computer)},${chunk},${cell(event.userId ?? '')}`
  before += `,${MAPPED}${event.recovered === undefined ? 'False' : 'True'},${cell(event.file)}`
  before += `,${cell(KEYWORDS.get(keywords.toLowerCase()) ?? upperHex(keywords))},0,`
  return { before, said: cell(evtxecmdPayload(record.event)), after: '\r\n', shared: '' }
}

/** Quoted only where it must be, as that program's library does. */
function cell(text: string): string {
  const line = onOneLine(text)
  return /[",]|^ | $/.test(line) ? `"${line.replaceAll('"', '""')}"` : line
}

const csv: RowWriter = {
  header: `${COLUMNS.join(',')}\r\n`,
  bom: true,
  sheets: false,
  render,
  ending: { end: '\r\n' },
}

/**
 * The CSV of EvtxECmd, for Timeline Explorer and whatever else reads that. Its columns have no place to say that a
 * record is a copy of another; `HiddenRecord` marks recovered ones. What its map files would fill stays empty.
 */
export const evtxecmdProfile: Profile = { writers: { csv } }
