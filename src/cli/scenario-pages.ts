import type { Remediation } from '../finding/finding.ts'
import type { Sentence } from '../finding/sentence.ts'
import { english } from '../report/language/en.ts'
import { say } from '../report/language/say.ts'
import { wrap } from '../report/wrap.ts'
import type { Scenario } from '../scenarios/scenario.ts'

const speak = (sentence: Sentence): string => say(sentence, english)

/** Lines of text are not read with ease beyond this. */
const WIDEST = 100

/** The catalogue: a scenario's id, its title and its story. */
export function listScenarios(scenarios: readonly Scenario[], width: number): string {
  const pages = scenarios.map((scenario) =>
    [scenario.id, ...indented(`${speak(scenario.title)}. ${speak(scenario.story)}`, 2, width)].join('\n'),
  )
  return `${pages.join('\n\n')}\n\nevtxray scenarios ID tells one in full.\n`
}

/** One scenario in full. */
export function tellScenario(scenario: Scenario, width: number): string {
  const parts = [
    [scenario.id, ...indented(speak(scenario.title), 2, width)],
    indented(speak(scenario.story), 2, width),
    ['Looked for', ...scenario.lookedFor.flatMap((what) => indented(speak(what), 4, width, '  - '))],
    ['In the channels', ...scenario.channels.map((channel) => `  - ${channel}`)],
    ...scenario.remediation.map((remediation) => tellRepair(remediation, width)),
  ]
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

const WHERE = { live: 'Repair, if the machine can be reached', offline: 'Repair, its disk attached elsewhere' } as const

function tellRepair(remediation: Remediation, width: number): string[] {
  const steps = remediation.steps.flatMap((step, i) => [
    ...indented(speak(step.text), 6, width, `  ${String(i + 1).padStart(2)}  `),
    // A command is copied as it stands, so it is never broken.
    ...(step.command === undefined ? [] : step.command.split('\n').map((line) => `        ${line}`)),
  ])
  const aside = (label: string, what: Sentence | undefined): string[] =>
    what ? indented(`${label}: ${speak(what)}`, 2, width) : []
  return [
    `${WHERE[remediation.where]}: ${speak(remediation.title)}`,
    ...steps,
    ...aside('Risk', remediation.risk),
    ...aside('To undo', remediation.rollback),
  ]
}

function indented(text: string, indent: number, width: number, first = ' '.repeat(indent)): string[] {
  const lines = wrap(text, Math.max(20, Math.min(width, WIDEST) - indent))
  return lines.map((line, i) => (i === 0 ? first : ' '.repeat(indent)) + line)
}

/** The same for programs. */
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
    remediation: scenario.remediation.map(({ where, title, steps, risk, rollback }) => ({
      where,
      title: speak(title),
      steps: steps.map(({ text, command }) => ({ text: speak(text), command })),
      risk: risk && speak(risk),
      rollback: rollback && speak(rollback),
    })),
  }
}
