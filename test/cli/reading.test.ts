import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { fakeTerminal, worldOf } from '../support/fake-terminal.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const LOGS = fileURLToPath(new URL('../../samples/key-denied/Windows/System32/winevt/Logs', import.meta.url))

it('readEvidence() and the report agree on how many logs were read, and of how many', async () => {
  const folder = temporaryFolder()
  cpSync(LOGS, folder, { recursive: true })
  writeFileSync(join(folder, 'no-log.evtx'), 'nothing that begins as a log does')
  writeFileSync(join(folder, 'cut.evtx'), '')
  const terminal = fakeTerminal()
  await main(['analyze', folder, '--threads', '1'], worldOf(terminal))
  expect(terminal.out()).toContain('1 host · 5 logs, ')
  expect(terminal.error()).toMatch(/^Read 5 of 7 logs, /m)
  expect(terminal.error()).toContain('2 files or folders could not be read:')
})
