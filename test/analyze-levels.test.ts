import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { analyze } from '../src/analyze.ts'
import { findEvidence } from '../src/evidence/find-logs.ts'
import type { Evidence } from '../src/finding/finding.ts'
import { allNeeds, SCENARIOS } from '../src/scenarios/catalogue.ts'
import { LAST_DAY } from './support/events.ts'
import { SCAN, UNWATCHED } from './support/logs.ts'
import { plant, temporaryFolder } from './support/temporary-folder.ts'
import { zipOf } from './support/zip-bytes.ts'

const LOGS = fileURLToPath(new URL('../samples/key-denied/Windows/System32/winevt/Logs/', import.meta.url))

async function evidenceIn(path: string): Promise<readonly Evidence[]> {
  const options = { ...SCAN, window: LAST_DAY, referenceText: 'last-event' }
  const { analysis } = await analyze(await findEvidence([path]), options, UNWATCHED)
  return analysis.hosts.flatMap(({ findings }) => findings.flatMap(({ evidence }) => evidence))
}

/** Ids that are counted and not decoded, wherever they are asked for. */
const COUNTED = new Set(allNeeds(SCENARIOS).flatMap(({ as, eventIds }) => (as === 'sighting' ? eventIds : [])))

it('analyze() says the level of every record that it shows, of those too that are only counted', async () => {
  const shown = await evidenceIn(LOGS)
  const counted = shown.filter(({ eventId }) => COUNTED.has(eventId))
  expect(counted.length).toBeGreaterThan(5)
  expect(new Set(counted.map(({ level }) => level))).toEqual(new Set([4]))
  expect(shown.filter(({ level }) => level === undefined)).toEqual([])
})

it('analyze() says the same levels where a log can be read forward only', async () => {
  const files = readdirSync(LOGS).map((name) => [name, new Uint8Array(readFileSync(join(LOGS, name)))] as const)
  const folder = plant(temporaryFolder(), { 'logs.zip': zipOf(Object.fromEntries(files), { method: 8 }) })
  const levels = (all: readonly Evidence[]) => all.map(({ recordId, level }) => `${recordId} ${level}`)
  expect(levels(await evidenceIn(join(folder, 'logs.zip')))).toEqual(levels(await evidenceIn(LOGS)))
})
