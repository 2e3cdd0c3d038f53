import { listsBy } from '../bytes/lists-by.ts'
import { topicOf } from '../facts/catalogue.ts'
import { TOPICS, type Topic } from '../facts/registry-fact.ts'
import type { Fact } from '../finding/analysis.ts'
import { pad, widthOf } from './cell-width.ts'
import { factName, factState, factValue } from './fact-words.ts'
import type { Language } from './language/language.ts'
import { voiceOf } from './language/voice.ts'
import { toSecond } from './moment.ts'
import { type Page, paragraph } from './page.ts'
import type { Paint } from './paint.ts'
import { plain } from './plain.ts'
import { renderCount } from './quantity.ts'
import { wrap } from './wrap.ts'

/** The facts of one host. */
export interface HostFacts {
  readonly host: string
  readonly facts: readonly Fact[]
}

/** Narrower pages are written as if they had this many cells. */
const NARROWEST_PAGE = 80
/** From here on each fact has a row with its source; below, facts are listed under their source. */
const WIDE_PAGE = 120
/** Cells of the first column, at most. */
const WIDEST_NAME = 30

/**
 * The facts of each host for a terminal, by topic. Lines end in LF and have at most `width` cells; nothing of a value
 * is cut, and nothing in it can act on a terminal.
 *
 * @param options.width cells of a line; less than 80 counts as 80
 */
export function renderFactsText(
  hosts: readonly HostFacts[],
  options: { readonly width: number; readonly paint: Paint; readonly language: Language },
): string {
  const { width, paint, language } = options
  const page: Page = { width: Math.max(NARROWEST_PAGE, width), paint, voice: voiceOf(language) }
  return `${hosts.map((host) => hostLines(host, page).join('\n')).join('\n\n')}\n`
}

function hostLines({ host, facts }: HostFacts, page: Page): string[] {
  const { shown, leftOut } = withoutMissingHives(facts)
  const lines = [page.paint('heading', plain(host))]
  for (const topic of TOPICS) {
    const ofTopic = shown.filter(({ id }) => topicOf(id) === topic)
    if (ofTopic.length === 0) continue
    lines.push(
      '',
      topicHeading(topic, page),
      ...(page.width < WIDE_PAGE ? grouped(ofTopic, page) : rows(ofTopic, page)),
    )
    if (topic === 'machine') lines.push(...leftOut.flatMap((each) => leftOutLines(each, page)))
  }
  return lines
}

function topicHeading(topic: Topic, page: Page): string {
  return page.paint('heading', page.voice.word(`facts.topic.${topic}`))
}

/** Facts of a hive that is not there all say the same: it is said once, with their number. */
function withoutMissingHives(facts: readonly Fact[]): {
  shown: readonly Fact[]
  leftOut: readonly { readonly file: string; readonly count: number }[]
} {
  const missing = facts.filter(({ id, state }) => id.startsWith('hive.') && state !== 'present')
  const isOfMissing = (fact: Fact): boolean =>
    fact.source.key !== undefined &&
    fact.state !== 'present' &&
    missing.some((hive) => hive.source.file === fact.source.file)
  return {
    shown: facts.filter((fact) => !isOfMissing(fact)),
    leftOut: missing.map(({ source: { file } }) => {
      return { file, count: facts.filter((fact) => isOfMissing(fact) && fact.source.file === file).length }
    }),
  }
}

function leftOutLines({ file, count }: { readonly file: string; readonly count: number }, page: Page): string[] {
  const { voice } = page
  return paragraph(
    page,
    2,
    `${shortFile(file)}: ${voice.word('facts.left-out', { n: renderCount(count, voice), count })}`,
  )
}

/** The last part of a file's name, which says which hive or folder it is. */
function shortFile(file: string): string {
  return plain(file.slice(file.lastIndexOf('/') + 1))
}

function sourceText({ source }: Fact): string {
  const { file, key, value } = source
  if (key !== undefined) return `${shortFile(file)}\\${plain(key)}`
  return plain(value === undefined ? file : `${file}/${value}`)
}

/** Facts under the key or file they were read from; of what is not there, values and keys are listed by their names. */
function grouped(facts: readonly Fact[], page: Page): string[] {
  const nameWidth = Math.min(WIDEST_NAME, Math.max(...facts.map((fact) => widthOf(factName(fact, page.voice)))))
  const groups = listsBy(facts, sourceText)
  const isMissing = (group: readonly Fact[]): boolean =>
    group.every(({ state, source }) => state === 'absent' && source.key !== undefined && source.lastWrite === undefined)
  const missing = [...groups].filter(([, group]) => isMissing(group)).map(([place]) => place)
  return [
    ...[...groups].flatMap(([place, group]) => (isMissing(group) ? [] : groupLines(place, group, nameWidth, page))),
    ...(missing.length > 0 ? [page.paint('faint', `  ${page.voice.word('facts.no-such-key')}`)] : []),
    ...missing.flatMap((place) => pathLines(place, 4, page)),
  ]
}

function groupLines(place: string, group: readonly Fact[], nameWidth: number, page: Page): string[] {
  const { voice, paint } = page
  const written = group.find(({ source }) => source.lastWrite !== undefined)?.source.lastWrite
  const when = written === undefined ? [] : [`  ${voice.word('facts.written', { time: toSecond(written, voice) })}`]
  const told = group.filter(({ state, reason }) => state === 'present' || reason !== undefined)
  const reasons = new Set<string>()
  return [
    ...[...pathLines(place, 2, page), ...when].map((line) => paint('faint', line)),
    ...told.flatMap((fact) => {
      // A reason that several facts share is told with the first of them.
      const known = fact.reason !== undefined && reasons.has(fact.reason)
      if (fact.reason !== undefined) reasons.add(fact.reason)
      const why = known ? voice.word(`state.${fact.state}`) : factState(fact, voice)
      const text = fact.state === 'present' ? factValue(fact, voice) : why
      return cells([factName(fact, voice), text], [nameWidth, page.width - nameWidth - 6], 4)
    }),
    ...listSilent(
      group.filter((fact) => !told.includes(fact)),
      page,
    ),
  ]
}

/** A path, broken behind a backslash or a slash where it must be. */
function pathLines(path: string, indent: number, page: Page): string[] {
  const lines = ['']
  for (const part of path.split(/(?<=[\\/])/)) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && indent + widthOf(line) + widthOf(part) > page.width) lines.push(part)
    else lines[lines.length - 1] = line + part
  }
  return lines.flatMap((line, i) => {
    const start = ' '.repeat(indent + (i === 0 ? 0 : 2))
    // One name may be longer than a line.
    return wrap(line, page.width - start.length).map((piece) => start + piece)
  })
}

/** `absent: fLogonDisabled, LanAdapter`. */
function listSilent(facts: readonly Fact[], page: Page): string[] {
  const { voice } = page
  const states = [...new Set(facts.map(({ state }) => state))]
  return states.flatMap((state) => {
    const names = facts.filter((fact) => fact.state === state).map((fact) => factName(fact, voice))
    return paragraph(
      page,
      4,
      voice.word('facts.why', { state: voice.word(`state.${state}`), reason: names.join(', ') }),
    )
  })
}

/** A row for each fact: name, value, state, last write, source. */
function rows(facts: readonly Fact[], page: Page): string[] {
  const { voice, paint, width } = page
  const time = ({ source: { lastWrite } }: Fact): string => (lastWrite === undefined ? '' : toSecond(lastWrite, voice))
  const columns = ['fact', 'value', 'state', 'written', 'source'].map((id) => voice.word(`facts.column.${id}`))
  const table = facts.map((fact) => {
    return [factName(fact, voice), factValue(fact, voice), factState(fact, voice), time(fact), sourceText(fact)]
  })
  const nameWidth = Math.min(WIDEST_NAME, widest(0, columns, table))
  const timeWidth = widest(3, columns, table)
  // Value, state and source share the rest; a reason is rare and may take several lines.
  const rest = width - 2 - nameWidth - timeWidth - 4 * 2
  const stateWidth = Math.min(widest(2, columns, table), Math.floor(rest / 4))
  const valueWidth = Math.min(widest(1, columns, table), Math.floor((rest - stateWidth) / 2))
  const widths = [nameWidth, valueWidth, stateWidth, timeWidth, rest - stateWidth - valueWidth]
  return [
    ...cells(columns, widths, 2).map((line) => paint('faint', line)),
    ...table.flatMap((row) => cells(row, widths, 2)),
  ]
}

function widest(column: number, head: readonly string[], table: readonly (readonly string[])[]): number {
  return Math.max(...[head, ...table].map((row) => widthOf(row[column] ?? '')))
}

/** One row of cells, each wrapped in its column. */
function cells(row: readonly string[], widths: readonly number[], indent: number): string[] {
  const wrapped = row.map((text, i) => wrap(text, Math.max(1, widths[i]!)))
  const height = Math.max(...wrapped.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) => {
    const parts = wrapped.map((lines, i) => pad(lines[line] ?? '', widths[i]!))
    return `${' '.repeat(indent)}${parts.join('  ')}`.trimEnd()
  })
}
