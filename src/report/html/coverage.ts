import { listsBy } from '../../bytes/lists-by.ts'
import { channelState } from '../../correlate/coverage.ts'
import type { ChannelCoverage, Fact, HostAnalysis } from '../../finding/analysis.ts'
import { STEP_CHANNELS } from '../../scenarios/lanes.ts'
import { channelNotes, hostNotes } from '../coverage-lines.ts'
import type { Voice } from '../language/voice.ts'
import { toMinute, toSecond } from '../moment.ts'
import { renderCount } from '../quantity.ts'
import { shortChannel } from '../short-name.ts'
import { stateCell } from './finding-section.ts'
import { html, type Markup } from './markup.ts'
import type { PageContext } from './page-context.ts'

/**
 * What was looked for in vain, and, apart from it, what could not be looked for. What many hosts share stands with the
 * scenario.
 */
export function absences(
  { notFound, notEvaluated }: HostAnalysis,
  { voice, shared, alone }: PageContext,
): Markup | undefined {
  if (notFound.length + notEvaluated.length === 0) return undefined
  const vain = notFound.map(({ scenario, lookedFor }) => {
    const common = shared.get(scenario)?.lookedFor ?? []
    return { scenario, says: lookedFor.map(voice.say).filter((text) => !common.includes(text)) }
  })
  const unasked = notEvaluated.map(({ scenario, why }) => {
    const says = voice.say(why)
    return { scenario, says: shared.get(scenario)?.unasked.includes(says) ? [] : [says] }
  })
  const lists = [
    { heading: voice.word('page.not-found'), items: vain },
    { heading: voice.word('page.not-evaluated'), items: unasked },
  ].filter(({ items }) => items.length > 0)
  if (!alone) return html`${lists.map(inLine)}`
  return html`${lists.map(
    ({ heading, items }) =>
      html`<section class="absent"><h4>${heading}</h4><ul>${items.map(
        ({ scenario, says }) => html`<li><code>${scenario}</code> ${says.join(voice.word('semicolon'))}</li>`,
      )}</ul></section>`,
  )}`

  function inLine({ heading, items }: (typeof lists)[number]): Markup {
    return html`<li><b>${voice.word('colon', { label: heading })}</b> ${items.map(
      ({ scenario, says }, index) =>
        html`${index > 0 && ', '}<code>${scenario}</code>${says.length > 0 && ` (${says.join(voice.word('semicolon'))})`}`,
    )}</li>`
  }
}

/** What the logs cover, channel by channel; which were not there; and what makes times or records less than whole. */
export function coverage(host: HostAnalysis, { voice, alone }: PageContext): Markup | undefined {
  const read = host.coverage.filter(({ state }) => state !== 'not-collected')
  const missing = host.coverage.filter(({ state }) => state === 'not-collected').map(({ channel }) => channel)
  // A snapshot has no closed log: what holds for all of them is said once.
  const allDirty = read.length > 1 && read.every(({ dirty }) => dirty)
  const channels = read.map((channel): ChannelCoverage => (allDirty ? { ...channel, dirty: false } : channel))
  const name = (channel: string) => (alone ? channel : shortChannel(channel))
  const notes = [
    ...(missing.length > 0 ? [labelled(voice.word('state.not-collected'), missing.map(name).join(', '))] : []),
    ...(allDirty ? [html`<li>${voice.word('page.all-dirty')}`] : []),
    ...hostNotes(host, voice).map(({ id, text }) => labelled(voice.word(id), text)),
  ]
  if (host.coverage.length === 0 && notes.length === 0) return undefined
  if (!alone) return html`${coverageLines(channels, voice)}${notes}`
  return html`<section class="coverage"><h4>${voice.word('page.coverage')}</h4>${coverageTable(
    channels,
    voice,
  )}<ul class="notes">${notes}</ul></section>`

  function labelled(label: string, text: string): Markup {
    return html`<li><b>${voice.word('colon', { label })}</b> ${text}`
  }
}

function coverageTable(channels: readonly ChannelCoverage[], voice: Voice): Markup | undefined {
  if (channels.length === 0) return undefined
  const columns = ['channel', 'state', 'records', 'from', 'to', 'notes']
  const time = (ticks: bigint | undefined) => ticks !== undefined && toMinute(ticks, voice)
  return html`<table class="plain"><thead><tr>${columns.map((name) => html`<th>${voice.word(`column.${name}`)}`)}</tr></thead><tbody>${channels.map(
    (channel) =>
      html`<tr><th scope="row">${channel.channel}${stateCell(channel.state, voice)}<td>${channel.records !== undefined && renderCount(channel.records, voice)}<td>${time(channel.firstTime)}<td>${time(channel.lastTime)}<td>${channelNotes(channel, voice).join(voice.word('semicolon'))}
`,
  )}</tbody></table>`
}

/**
 * The same in a few lines, for one host among many: logs that begin at the same time, and of which the same is to be
 * noted, together.
 */
function coverageLines(channels: readonly ChannelCoverage[], voice: Voice): readonly Markup[] {
  const byBegin = listsBy(channels, (channel) => {
    const { state, firstTime } = channel
    const begin =
      firstTime === undefined
        ? voice.word(`state.${state}`)
        : voice.word('page.records-from', { time: toMinute(firstTime, voice) })
    return `${begin}\n${channelNotes(channel, voice).join(voice.word('semicolon'))}`
  })
  const named = ({ channel, state, records = 0 }: ChannelCoverage): string =>
    state === 'present' ? `${shortChannel(channel)} ${renderCount(records, voice)}` : shortChannel(channel)
  return [...byBegin].map(([key, alike]) => {
    const [label = '', notes = ''] = key.split('\n')
    const said = [alike.map(named).join(', '), ...(notes === '' ? [] : [notes])].join(voice.word('semicolon'))
    return html`<li><b>${voice.word('colon', { label })}</b> ${said}</li>`
  })
}

/**
 * What the registry hives and key files say, place by place; of those that were not there to read the names alone. Of
 * one host among many only how many there are: those that decided stand with the finding, and `report.json` has them
 * all.
 */
export function facts({ facts: all }: HostAnalysis, { voice, alone }: PageContext): Markup | undefined {
  if (all.length === 0) return undefined
  const read = all.filter(({ state }) => state !== 'not-collected')
  const missing = [...new Set(all.filter(({ state }) => state === 'not-collected').map(({ source }) => source.file))]
  const count = read.length
  const sum = voice.word('page.facts.read', { n: renderCount(count, voice), count })
  const notCollected =
    missing.length > 0 && html`<p>${voice.word('page.facts.missing', { files: missing.join(', ') })}</p>`
  if (!alone) {
    return html`<section class="disk"><h4>${voice.word('page.facts')}</h4>${count > 0 && html`<p>${sum}</p>`}${notCollected}</section>`
  }
  const columns = ['fact', 'state', 'value', 'changed']
  return html`<details class="disk fold"><summary>${voice.word('page.facts')} <small>${sum}</small></summary>${
    count > 0 &&
    html`<table class="plain"><thead><tr>${columns.map((name) => html`<th>${voice.word(`column.${name}`)}`)}</tr></thead>${[
      ...byPlace(read),
    ].map(
      ([place, ofPlace]) => html`<tbody>
<tr class="folder"><th scope="rowgroup" colspan="4">${place}
${ofPlace.map((fact) => factRow(fact, voice))}</tbody>`,
    )}</table>`
  }${notCollected}</details>`
}

function factRow({ id, state, value, source, reason }: Fact, voice: Voice): Markup {
  const written = source.lastWrite !== undefined && toSecond(source.lastWrite, voice)
  return html`<tr><th scope="row"><code>${id}</code>${source.value !== undefined && html`<small>${source.value}</small>`}${stateCell(state, voice)}<td>${typeof value === 'string' ? voice.term(value) : value}${value !== undefined && reason !== undefined && ': '}${reason}<td>${written}
`
}

/** By file and key: `…/SYSTEM › ControlSet001\\Control`. */
function byPlace(facts: readonly Fact[]): ReadonlyMap<string, readonly Fact[]> {
  return listsBy(facts, ({ source: { file, key } }) => (key === undefined ? file : `${file} › ${key}`))
}

/**
 * Numbers of a host's window: how many tried, were let in, and logged on; of which no log was there that would show it.
 */
export function connectionsText({ connections, coverage }: HostAnalysis, voice: Voice): string {
  const { attempted, authenticated, loggedOn } = connections
  if (attempted === undefined && authenticated === undefined && loggedOn === undefined) {
    return unknownText([...STEP_CHANNELS.attempted, ...STEP_CHANNELS.loggedOn], coverage, voice)
  }
  const said = (step: keyof typeof STEP_CHANNELS, count: number | undefined) =>
    count === undefined
      ? voice.word(`page.connections.no-${step}`, { state: unknownText(STEP_CHANNELS[step], coverage, voice) })
      : voice.word(`page.connections.${step}`, { n: renderCount(count, voice) })
  return [said('attempted', attempted), said('authenticated', authenticated), said('loggedOn', loggedOn)].join(', ')
}

/** Why nothing is known that stands in these logs: `not collected`, `unreadable`. */
function unknownText(channels: readonly string[], coverage: HostAnalysis['coverage'], voice: Voice): string {
  const states = channels.map((channel) => channelState(coverage, channel))
  return voice.word(`state.${states.includes('unreadable') ? 'unreadable' : 'not-collected'}`)
}
