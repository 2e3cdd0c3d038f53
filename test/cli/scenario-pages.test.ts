import { expect, it } from 'vitest'
import { scenarioDocument, tellScenario } from '../../src/cli/scenario-pages.ts'
import { english } from '../../src/report/language/en.ts'
import { voiceOf } from '../../src/report/language/voice.ts'
import { SCENARIOS } from '../../src/scenarios/catalogue.ts'

const PAGES = [
  ['tellScenario()', tellScenario],
  ['scenarioDocument()', (scenario: (typeof SCENARIOS)[number]) => JSON.stringify(scenarioDocument(scenario))],
] as const

it.each(PAGES)('%s saves in a folder that is one host’s, and says what to put for its name', (_, told) => {
  for (const scenario of SCENARIOS) {
    const page = told(scenario, { width: 80, voice: voiceOf(english) }).replaceAll('\\\\', '\\')
    expect(page).toContain('where HOST stands')
    for (const [, folder] of page.matchAll(/C:\\rdp-repair\\?(\w*)/g)) expect(folder).toBe('HOST')
  }
})
