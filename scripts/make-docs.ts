import { readFileSync, writeFileSync } from 'node:fs'
import { withScreen } from './docs/readme-screen.ts'
import { renderScenariosPage } from './docs/scenarios-page.ts'

/** Writes `docs/scenarios.md` and the screen in `README.md`, both below the working directory. */
writeFileSync('docs/scenarios.md', renderScenariosPage())
writeFileSync('README.md', await withScreen(readFileSync('README.md', 'utf8')))
