import { writeFileSync } from 'node:fs'
import { renderScenarioDocs } from './scenario-docs.ts'

/** Writes `docs/scenarios.md` below the working directory. */
writeFileSync('docs/scenarios.md', renderScenarioDocs())
process.stdout.write('docs/scenarios.md\n')
