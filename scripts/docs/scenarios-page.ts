import type { Remediation, RemediationStep } from '../../src/finding/finding.ts'
import { forEachHost } from '../../src/finding/saved-folder.ts'
import type { Sentence } from '../../src/finding/sentence.ts'
import type { Need } from '../../src/query/need.ts'
import { english } from '../../src/report/language/en.ts'
import { say } from '../../src/report/language/say.ts'
import {
  bullets,
  code,
  fenced,
  heading,
  type Inline,
  join,
  strong,
  table,
  text,
} from '../../src/report/markdown-text.ts'
import { SCENARIOS } from '../../src/scenarios/catalogue.ts'
import type { Scenario } from '../../src/scenarios/scenario.ts'

const HEAD = `# Scenarios

What evtxray looks for, and how each is repaired. Made by \`npm run docs\` from \`src/scenarios/\` and the words in
\`src/report/language/\`; a test keeps it true. \`evtxray scenarios ID\` shows the same in a terminal, with the commands whole.
Where a command holds a name in angle brackets, a step before it says where to read the value.`

const WHERE: Readonly<Record<Remediation['where'], string>> = {
  live: 'Repair, if the machine can be reached',
  offline: 'Repair, its disk attached elsewhere',
}

const speak = (sentence: Sentence): Inline => text(say(sentence, english))

/** `docs/scenarios.md`: the catalogue, a chapter a scenario. */
export function renderScenariosPage(): string {
  return `${[HEAD, ...SCENARIOS.map(renderScenario)].join('\n\n')}\n`
}

function renderScenario(scenario: Scenario): string {
  const { id, title, story, lookedFor, channels, needs, remediation } = scenario
  return [
    heading(2, text(id)),
    `${strong(speak(title)).markdown}. ${speak(story).markdown}`,
    `Looked for:\n\n${bullets(lookedFor.map(speak))}`,
    `Without ${channels.length > 1 ? 'any of these channels' : 'this channel'} it is not looked at: ${join(channels.map(code), ', ').markdown}.`,
    `Records that it reads, with those that tell of boots, clock, logons and attempts to connect:\n\n${needsTable(needs)}`,
    ...remediation.map(forEachHost).map(renderRepair),
  ].join('\n\n')
}

/** A row a provider and the channels it is read in. */
function needsTable(needs: readonly Need[]): string {
  const idsBySource = new Map<string, { readonly need: Need; readonly ids: Set<number> }>()
  for (const need of needs) {
    const source = `${need.provider}\0${need.channels?.join('\0') ?? ''}`
    const ids = idsBySource.get(source)?.ids ?? new Set()
    for (const id of need.eventIds) ids.add(id)
    idsBySource.set(source, { need, ids })
  }
  const rows = [...idsBySource.values()].map(({ need, ids }) => [
    code(need.provider),
    text([...ids].sort((a, b) => a - b).join(', ')),
    need.channels ? join(need.channels.map(code), ', ') : text('any'),
  ])
  return table([text('provider'), text('event ids'), text('channels')], rows)
}

function renderRepair({ where, title, steps, risk, rollback, undo }: Remediation): string {
  const item = ({ text: step, command }: RemediationStep, mark: string) => {
    const indent = mark.length
    const said = `${mark}${speak(step).markdown}`
    return command === undefined
      ? said
      : `${said}\n\n${' '.repeat(indent)}${fenced(command.split('\n'), indent).trimStart()}`
  }
  const numbered = (items: readonly RemediationStep[]) =>
    items.map((step, index) => item(step, `${index + 1}. `)).join('\n')
  const aside = (label: string, what: Sentence | undefined): string[] =>
    what ? [`${strong(text(label)).markdown}: ${speak(what).markdown}`] : []
  return [
    heading(3, text(`${WHERE[where]}: ${say(title, english)}`)),
    numbered(steps),
    ...aside('Risk', risk),
    ...aside('To undo', rollback),
    ...(undo ? [numbered(undo)] : []),
  ].join('\n\n')
}
