import { EventEmitter } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { runProgram } from '../../src/cli/run-program.ts'
import { listenForInterrupts } from '../../src/cli/signals.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const SAMPLE = fileURLToPath(new URL('../../samples/key-denied/', import.meta.url))

it.each([
  ['analyze', []],
  ['timeline', ['t.csv']],
])(
  'runProgram() has succeeded with %s -o when the results are in place, whoever interrupts then',
  async (command, file) => {
    const folder = temporaryFolder()
    const codes: number[] = []
    const source = Object.assign(new EventEmitter(), { exit: (code: number) => void codes.push(code) })
    const terminal = fakeTerminal()
    const { stderr } = terminal
    const interrupting = {
      ...stderr,
      // Whatever a run has to tell, it tells at its end.
      write: (text: string): void => {
        if (codes.length === 0 && terminal.error() === '') source.emit('SIGINT')
        stderr.write(text)
      },
    }
    const interruption = listenForInterrupts(() => {}, source)
    const args = [command, SAMPLE, '-o', join(folder, ...file), '--threads', '1']
    expect(await runProgram(args, { terminal: { ...terminal, stderr: interrupting }, interruption })).toBe(0)
    await setTimeout(100)
    expect(codes).toEqual([])
    expect(readdirSync(folder)).toHaveLength(command === 'analyze' ? 6 : 1)
    expect(terminal.error()).not.toContain('interrupted')
    expect(terminal.error()).toMatch(/^Read /m)
  },
)
