import type { Damage } from '../errors.ts'
import type { Analysis, Fact, Input } from '../finding/analysis.ts'
import { factValue } from './fact-words.ts'
import type { Voice } from './language/voice.ts'
import { type Page, paragraph } from './page.ts'
import { renderCount, renderSize } from './quantity.ts'

/** Of the logs that were read: `evtxray 0.1.0 · 1 host · 14 logs, 182 MB, 205,812 records`. */
export function runSummary(analysis: Analysis, voice: Voice): string {
  const logs = analysis.inputs.filter(({ state, size }) => state === 'read' || (state === 'empty' && size > 0))
  const records = logs.reduce((sum, input) => sum + input.records, 0)
  const bytes = logs.reduce((sum, input) => sum + input.size, 0)
  const counted = (id: string, count: number) => voice.word(id, { n: renderCount(count, voice), count })
  return [
    `${analysis.tool.name} ${analysis.tool.version}`,
    counted('hosts', analysis.hosts.length),
    `${counted('logs', logs.length)}, ${renderSize(bytes, voice)}, ${counted('records', records)}`,
  ].join(' · ')
}

/** What is wrong with one input, in words. */
interface InputTrouble {
  readonly file: string
  readonly text: string
}

/** What was given and could not be read, and what was damaged in what could: logs first, then registry hives. */
export function inputTroubles(analysis: Analysis, voice: Voice): InputTrouble[] {
  const damageOf = (name: string) => analysis.damage.filter(({ file }) => file === name)
  const logs = analysis.inputs.map((input) => {
    return { file: input.file, text: troubleOf(input, damageOf(input.file), voice) }
  })
  const hives = analysis.hosts
    .flatMap(({ facts }) => facts.filter(({ id }) => id.startsWith('hive.')))
    .map((hive) => ({ file: hive.source.file, text: hiveTrouble(hive, damageOf(hive.source.file), voice) }))
  return [...logs, ...hives].flatMap(({ file, text }) => (text === undefined ? [] : [{ file, text }]))
}

function hiveTrouble(hive: Fact, damage: readonly Damage[], voice: Voice): string | undefined {
  if (hive.state === 'unreadable') {
    return hive.reason === undefined ? voice.word('unread') : voice.word('unread.why', { reason: hive.reason })
  }
  // Whether its unfinished writes were found in its logs, its state says; that it is cut, too.
  const places = damage.filter(({ kind }) => kind !== 'hive-log' && kind !== 'truncated').length
  const parts = [
    hive.value === 'truncated' && factValue(hive, voice),
    places > 0 && voice.word('damaged.places', { n: renderCount(places, voice), count: places }),
  ].filter((part) => part !== false)
  return parts.length === 0 ? undefined : voice.word('facts-shows', { what: parts.join(', ') })
}

function troubleOf(input: Input, damage: readonly Damage[], voice: Voice): string | undefined {
  if (input.state === 'unreadable') {
    return input.reason === undefined ? voice.word('unread') : voice.word('unread.why', { reason: input.reason })
  }
  if (input.state !== 'read') return undefined
  const { damaged, recovered, unlistedDamage: unlisted = { places: 0, hidden: 0 } } = input
  const hidden = damage.filter(({ kind }) => kind === 'hidden-record').length + unlisted.hidden
  const places = damage.length + unlisted.places - hidden
  if (damaged === 0 && recovered === 0 && damage.length === 0) return undefined
  const parts = [
    damaged > 0 && voice.word('damaged', { n: renderCount(damaged, voice), count: damaged }),
    damaged === 0 && places > 0 && voice.word('damaged.places', { n: renderCount(places, voice), count: places }),
    recovered > 0 && voice.word('recovered.count', { n: renderCount(recovered, voice), count: recovered }),
    hidden > 0 && voice.word('hidden.count', { n: renderCount(hidden, voice), count: hidden }),
  ]
  return voice.word('info-shows', { what: parts.filter((part) => part !== false).join(', ') })
}

/** The troubles at the end of a text report. */
export function troubleLines(analysis: Analysis, page: Page): string[] {
  const troubles = inputTroubles(analysis, page.voice)
  if (troubles.length === 0) return []
  return [
    page.paint('heading', page.voice.word('inputs')),
    ...troubles.flatMap(({ file, text }) => [
      ...paragraph(page, 2, file),
      ...paragraph(page, 4, text).map((line) => page.paint('warning', line)),
    ]),
  ]
}
