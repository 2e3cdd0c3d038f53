import { describe, expect, it } from 'vitest'
import { renderScenarioDocs } from '../scripts/scenario-docs.ts'
import { SCENARIOS } from '../src/scenarios/catalogue.ts'
import { readText } from './support/source-tree.ts'

describe('renderScenarioDocs()', () => {
  it('gives what docs/scenarios.md holds: `npm run docs` makes it anew', () => {
    expect(readText('docs/scenarios.md')).toBe(renderScenarioDocs())
  })

  it('has a chapter for each scenario, with every command of its repair', () => {
    const page = renderScenarioDocs()
    for (const { id, remediation } of SCENARIOS) {
      expect(page).toContain(`\n## ${id}\n`)
      for (const { command } of remediation.flatMap(({ steps }) => steps)) {
        for (const line of command?.split('\n') ?? []) expect(page).toContain(line)
      }
    }
  })
})
