import { Command } from '@commander-js/extra-typings'
import { UsageError } from '../errors.ts'
import { nearest } from '../query/nearest.ts'
import { languageOf } from './language.ts'
import { choiceOf, languageOption } from './options.ts'
import type { Run } from './run.ts'
import { standardOutput } from './standard-output.ts'

const FORMATS = ['text', 'json'] as const

/** `evtxray scenarios`. It takes `-q` as all commands do, though it has nothing to leave out. */
export function scenariosCommand(run: Run) {
  return new Command('scenarios')
    .argument('[id]', 'one scenario in full')
    .summary('the catalogue, or one scenario in full')
    .description('Lists what evtxray looks for, or tells one scenario in full: its story, its evidence, its repair.')
    .option('--format <format>', 'text or json (default: text)', choiceOf('--format', FORMATS))
    .addOption(languageOption())
    .option('-q, --quiet', 'results and errors only')
    .action(async (id, options) => {
      const { SCENARIOS } = await import('../scenarios/catalogue.ts')
      const { listScenarios, scenarioDocument, tellScenario } = await import('./scenario-pages.ts')
      const ids = SCENARIOS.map((scenario) => scenario.id)
      const scenario = SCENARIOS.find((each) => each.id === id)
      if (id !== undefined && !scenario) {
        const near = nearest(id, ids)
        const meant = near === undefined ? '' : `; the nearest is "${near}"`
        throw new UsageError(`There is no scenario "${id}": expected ${ids.join(', ')}${meant}`)
      }
      const { loadLanguage } = await import('../report/language/languages.ts')
      const { voiceOf } = await import('../report/language/voice.ts')
      const voice = voiceOf(await loadLanguage(languageOf(options.lang, run.terminal)))
      const page = { width: run.terminal.stdout.columns ?? 80, voice }
      const document = scenario ? scenarioDocument(scenario) : SCENARIOS.map(scenarioDocument)
      const text =
        options.format === 'json'
          ? `${JSON.stringify(document, undefined, 2)}\n`
          : scenario
            ? tellScenario(scenario, page)
            : listScenarios(SCENARIOS, page)
      await standardOutput(run.terminal)(Buffer.from(text))
    })
}
