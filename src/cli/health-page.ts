import Table from 'cli-table3'
import { toIso } from '../bytes/filetime.ts'
import { english } from '../report/language/en.ts'
import { voiceOf } from '../report/language/voice.ts'
import { toSecond } from '../report/moment.ts'
import { plain } from '../report/plain.ts'
import { renderCount, renderSize } from '../report/quantity.ts'
import type { ChannelHealth, LogHealth } from '../scan/health.ts'

const voice = voiceOf(english)
const count = (n: number): string => renderCount(n, voice)
const counted = (n: number, one: string): string => `${count(n)} ${one}${n === 1 ? '' : 's'}`

/** Damage that is shown of one log; all that is listed is in the JSON. */
const SHOWN_DAMAGE = 10
/** Rows that a table is still read with. Each log has its own. */
const SHOWN_CHANNELS = 50

/** A table without lines and colour can be pasted into a ticket. */
const BARE = {
  chars: {
    ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '' },
    ...{
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '  ',
    },
  },
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
}

/** Each log with its header, its channels and its damage. Nothing that a log holds can act on a terminal. */
export function renderHealthText(logs: readonly LogHealth[]): string {
  return `${logs.map((log) => describeLog(log).join('\n')).join('\n\n')}\n`
}

function describeLog(log: LogHealth): string[] {
  const facts: string[] = [
    `${renderSize(log.size, voice)}, ${describeChunks(log)}`,
    [
      counted(log.records, 'record'),
      ...(log.recovered > 0 ? [`${count(log.recovered)} recovered`] : []),
      ...(log.copies > 0 ? [`${count(log.copies)} more in unused space repeat others`] : []),
    ].join(', '),
    ...(log.failure === undefined ? describeHeader(log.header) : [`could not be read whole: ${plain(log.failure)}`]),
    ...(log.computers.length > 0
      ? [`computers: ${plain(log.computers.join(', '))}; ${counted(log.providers, 'provider')}`]
      : []),
  ]
  return [
    plain(log.file),
    ...facts.map((fact) => `  ${fact}`),
    ...describeChannels(log.channels),
    ...describeDamage(log),
  ]
}

function describeChunks(log: LogHealth): string {
  const { chunksUsed: used, chunksEmpty: empty, chunksDamaged: damaged } = log
  const named = log.header && log.header.chunkCount !== used ? ` (the header says ${count(log.header.chunkCount)})` : ''
  return `chunks: ${count(used)} used${named}, ${count(empty)} unused, ${count(damaged)} damaged`
}

function describeHeader(header: LogHealth['header']): string[] {
  if (!header) return ['the file header cannot be read']
  const state = header.dirty ? 'not closed, which is usual on a snapshot (dirty)' : 'closed'
  return [
    `version ${header.version}, ${state}${header.full ? ', full' : ''}`,
    `next record ${header.nextRecordId}, header checksum ${describeChecksum(header)}`,
  ]
}

/** Where it does not match and that is no damage, why. */
function describeChecksum({ checksumOk, noChecksums, dirty }: NonNullable<LogHealth['header']>): string {
  if (checksumOk) return 'good'
  if (noChecksums) return 'not used: the log is marked to have none'
  return dirty ? 'out of date, as in any log that was not closed' : 'wrong'
}

/** One channel is two lines, several are a table. */
function describeChannels(channels: readonly ChannelHealth[]): string[] {
  const [only] = channels
  if (!only) return []
  if (channels.length === 1) {
    const ids = `ids ${only.firstRecordId}–${only.lastRecordId}`
    return [
      `  channel ${plain(only.channel)}`,
      `  ${ids}, ${toSecond(only.firstTime, voice)} → ${toSecond(only.lastTime, voice)} UTC`,
    ]
  }
  const table = new Table({
    ...BARE,
    head: ['channel', 'records', 'ids', 'first (UTC)', 'last (UTC)'],
    colAligns: ['left', 'right', 'left', 'left', 'left'],
  })
  for (const each of channels.slice(0, SHOWN_CHANNELS)) {
    const ids = `${each.firstRecordId}–${each.lastRecordId}`
    table.push([
      plain(each.channel),
      count(each.records),
      ids,
      toSecond(each.firstTime, voice),
      toSecond(each.lastTime, voice),
    ])
  }
  const more = channels.length - SHOWN_CHANNELS
  const lines = table
    .toString()
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
  return more > 0 ? [...lines, `  … ${count(more)} more channels: --format json`] : lines
}

function describeDamage(log: LogHealth): string[] {
  if (log.damage.length === 0) return ['  no damage']
  const shown = log.damage.slice(0, SHOWN_DAMAGE).map(({ kind, offset, length, detail }) => {
    const lost = length > 0 ? `, ${counted(length, 'byte')} lost` : ''
    return `    at 0x${offset.toString(16)}: ${kind}: ${plain(detail)}${lost}`
  })
  const unlisted = log.unlistedDamage?.places ?? 0
  const more = log.damage.length - SHOWN_DAMAGE
  const records = log.damaged > 0 ? `, ${counted(log.damaged, 'record')} damaged` : ''
  const rest = more > 0 ? [`    … ${count(more)} more: --format json`] : []
  if (unlisted > 0) rest.push(`    … and ${count(unlisted)} more that are counted and not listed`)
  return [`  damage in ${counted(log.damage.length + unlisted, 'place')}${records}`, ...shown, ...rest]
}

/** The same for programs: one entry a log, times in ISO 8601 with seven digits, offsets in bytes. */
export function renderHealthJson(logs: readonly LogHealth[]): string {
  const toText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? toIso(value) : value)
  const documents = logs.map(({ unlistedDamage: _, damage, ...log }) => {
    return { ...log, damage: damage.map(({ file: _, ...each }) => each) }
  })
  return `${JSON.stringify(documents, toText, 2)}\n`
}
