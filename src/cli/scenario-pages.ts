import type { Remediation, RemediationStep } from '../finding/finding.ts'
import { forEachHost } from '../finding/saved-folder.ts'
import type { Sentence } from '../finding/sentence.ts'
import { english } from '../report/language/en.ts'
import { say } from '../report/language/say.ts'
import type { Voice } from '../report/language/voice.ts'
import { wrap } from '../report/wrap.ts'
import type { Scenario } from '../scenarios/scenario.ts'

/** What a page of the catalogue is written on. */
export interface ScenarioPage {
  /** Cells of a line. */
  readonly width: number
  readonly voice: Voice
}

/** Lines of text are not read with ease beyond this. */
const WIDEST = 100

/** The catalogue: a scenario's id, its title and its story. */
export function listScenarios(scenarios: readonly Scenario[], page: ScenarioPage): string {
  const { voice } = page
  const pages = scenarios.map((scenario) =>
    [scenario.id, ...indented(`${voice.say(scenario.title)}. ${voice.say(scenario.story)}`, 2, page)].join('\n'),
  )
  return `${pages.join('\n\n')}\n\n${indented(voice.word('scenario.one-in-full'), 0, page).join('\n')}\n`
}

/** One scenario in full. */
export function tellScenario(scenario: Scenario, page: ScenarioPage): string {
  const { voice } = page
  const parts = [
    [scenario.id, ...indented(voice.say(scenario.title), 2, page)],
    indented(voice.say(scenario.story), 2, page),
    [
      voice.word('scenario.looked-for'),
      ...scenario.lookedFor.flatMap((what) => indented(voice.say(what), 4, page, '  - ')),
    ],
    [voice.word('scenario.channels'), ...scenario.channels.map((channel) => `  - ${channel}`)],
    ...scenario.remediation.map((remediation) => tellRepair(forEachHost(remediation), page)),
  ]
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function tellRepair(remediation: Remediation, page: ScenarioPage): string[] {
  const { voice } = page
  const label = (id: string): string => voice.word('colon', { label: voice.word(id) })
  const tell = (step: RemediationStep, mark: string): string[] => [
    ...indented(voice.say(step.text), 6, page, `  ${mark.padStart(2)}  `),
    // A command is copied as it stands, so it is never broken.
    ...(step.command === undefined ? [] : step.command.split('\n').map((line) => `        ${line}`)),
  ]
  const numbered = (steps: readonly RemediationStep[]) => steps.flatMap((step, i) => tell(step, String(i + 1)))
  const aside = (id: string, what: Sentence | undefined): string[] =>
    what ? indented(`${label(id)} ${voice.say(what)}`, 2, page) : []
  return [
    ...indented(`${label(`scenario.${remediation.where}`)} ${voice.say(remediation.title)}`, 0, page),
    ...numbered(remediation.steps),
    ...aside('scenario.risk', remediation.risk),
    ...aside('scenario.rollback', remediation.rollback),
    ...numbered(remediation.undo ?? []),
  ]
}

function indented(text: string, indent: number, { width }: ScenarioPage, first = ' '.repeat(indent)): string[] {
  const lines = wrap(text, Math.max(20, Math.min(width, WIDEST) - indent))
  return lines.map((line, i) => (i === 0 ? first : ' '.repeat(indent)) + line)
}

const speak = (sentence: Sentence): string => say(sentence, english)
const speakStep = ({ text, command }: RemediationStep) => ({ text: speak(text), command })

/** The same for programs, in English. */
export function scenarioDocument(scenario: Scenario): object {
  const { id, channels, needs } = scenario
  return {
    id,
    title: speak(scenario.title),
    story: speak(scenario.story),
    channels,
    lookedFor: scenario.lookedFor.map(speak),
    needs: needs.map(({ id: need, provider, eventIds, channels: where }) => ({
      id: need,
      provider,
      eventIds,
      channels: where,
    })),
    remediation: scenario.remediation.map(forEachHost).map(({ where, title, steps, risk, rollback, undo }) => ({
      where,
      title: speak(title),
      steps: steps.map(speakStep),
      risk: risk && speak(risk),
      rollback: rollback && speak(rollback),
      undo: undo?.map(speakStep),
    })),
  }
}
