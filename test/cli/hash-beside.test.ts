import { expect, it, vi } from 'vitest'
import { hashBeside } from '../../src/cli/hash-beside.ts'
import type { Reading } from '../../src/cli/reading.ts'
import type { hashFiles } from '../../src/scan/hash.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'
import { SCAN } from '../support/logs.ts'

/** What is done instead of hashing. */
let hashing: (signal: AbortSignal) => ReturnType<typeof hashFiles>

vi.mock('../../src/scan/hash.ts', () => ({
  hashFiles: (_files: unknown, _options: unknown, signal: AbortSignal) => hashing(signal),
}))

/** Ends as soon as it is told to, and never otherwise. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}

const stop = new AbortController()
const reading: Reading = {
  collection: { roots: [], logs: [], refused: [] },
  scan: SCAN,
  watch: { signal: stop.signal },
  terminal: fakeTerminal(),
}

it('hashBeside() stops the work when the hashing fails, and the hashing when the work does', async () => {
  const heard: string[] = []
  const hear = (who: string) => (signal: AbortSignal) =>
    untilAborted(signal).catch((reason) => {
      heard.push(`${who}: ${reason.message}`)
      throw reason
    })
  hashing = async () => {
    throw new Error('no hash')
  }
  await expect(hashBeside(reading, ({ watch }) => hear('work')(watch.signal))).rejects.toThrow('no hash')
  hashing = hear('hashing')
  const failing = hashBeside(reading, async () => {
    throw new Error('no result')
  })
  await expect(failing).rejects.toThrow('no result')
  expect(heard).toEqual(['work: no hash', 'hashing: no result'])
})

it('hashBeside() stops both when the run is stopped', async () => {
  hashing = untilAborted
  const running = hashBeside(reading, ({ watch }) => untilAborted(watch.signal))
  stop.abort(new Error('enough'))
  await expect(running).rejects.toThrow('enough')
})
