import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { withScreen } from '../scripts/docs/readme-screen.ts'
import { renderScenariosPage } from '../scripts/docs/scenarios-page.ts'
import { forEachHost } from '../src/finding/saved-folder.ts'
import { SCENARIOS } from '../src/scenarios/catalogue.ts'
import { readText } from './support/source-tree.ts'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const DECISIONS = readdirSync(join(ROOT, 'docs/decisions')).sort()
const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'samples/README.md'],
  ...['architecture.md', 'format.md', 'scenarios.md', ...DECISIONS.map((name) => `decisions/${name}`)].map(
    (name) => `docs/${name}`,
  ),
]

describe('renderScenariosPage()', () => {
  it('gives what docs/scenarios.md holds: `npm run docs` makes it anew', () => {
    expect(readText('docs/scenarios.md')).toBe(renderScenariosPage())
  })

  it('has a chapter for each scenario, with every command of its repair', () => {
    const page = renderScenariosPage()
    for (const { id, remediation } of SCENARIOS) {
      expect(page).toContain(`\n## ${id}\n`)
      for (const { command } of remediation.map(forEachHost).flatMap(({ steps }) => steps)) {
        for (const line of command?.split('\n') ?? []) expect(page).toContain(line)
      }
    }
  })
})

describe('withScreen()', () => {
  it('finds in README.md what analyze prints now: `npm run docs` puts it there', async () => {
    const readme = readText('README.md')
    expect(await withScreen(readme)).toBe(readme)
  })

  it('refuses a README without its marks', async () => {
    await expect(withScreen('# evtxray\n')).rejects.toThrow('lacks')
  })
})

describe('pages', () => {
  it.each(PAGES)('%s links to files that are there', (page) => {
    const links = [...readText(page).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target)
    const own = links.filter((target) => !/^[a-z]+:/.test(target))
    expect(own.filter((target) => !existsSync(join(ROOT, dirname(page), target)))).toEqual([])
  })

  it.each(DECISIONS)('docs/decisions/%s has its number, its five parts and its turn', (name) => {
    const number = DECISIONS.indexOf(name) + 1
    const note = readText(`docs/decisions/${name}`)
    expect(name).toMatch(new RegExp(`^${String(number).padStart(4, '0')}-[a-z0-9-]+\\.md$`))
    expect(note).toMatch(new RegExp(`^# ${number}\\. `))
    const parts = [...note.matchAll(/^\*\*(Context|Decision|Because|Price|Revisit when)/gm)].map(([, part]) => part)
    expect(parts).toEqual(['Context', 'Decision', 'Because', 'Price', 'Revisit when'])
  })

  it('name only scripts that package.json has', () => {
    const { scripts } = JSON.parse(readText('package.json'))
    const named = PAGES.flatMap((page) => [...readText(page).matchAll(/\bnpm run ([a-z-]+)/g)].map(([, name]) => name))
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((name) => !(name! in scripts))).toEqual([])
  })
})
