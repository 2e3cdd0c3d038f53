import { existsSync, readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { receiveStandardInput } from '../../src/cli/standard-input.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'
import { LOG_HEAD } from '../support/temporary-folder.ts'

const never = new AbortController().signal

describe('receiveStandardInput()', () => {
  it('keeps the log under the name - until it is removed', async () => {
    const { collection, remove } = await receiveStandardInput(
      fakeTerminal({ stdin: [LOG_HEAD.subarray(0, 5), LOG_HEAD.subarray(5)] }),
      never,
    )
    expect(collection.logs).toMatchObject([{ name: '-', size: LOG_HEAD.length }])
    expect(collection.roots).toEqual([{ kind: 'loose', path: '-', label: '' }])
    const { path } = collection.logs[0]!.source
    expect(readFileSync(path)).toEqual(LOG_HEAD)
    remove()
    expect(existsSync(path)).toBe(false)
  })

  it('says what it was when it is no log', async () => {
    const { collection, remove } = await receiveStandardInput(fakeTerminal(), never)
    remove()
    expect(collection.refused).toMatchObject([{ name: '-', state: 'empty' }])
  })

  it('refuses a terminal', async () => {
    const terminal = { stdin: () => Object.assign(Readable.from([]), { isTTY: true }) }
    await expect(receiveStandardInput(terminal, never)).rejects.toThrow('Standard input is a terminal')
  })

  it('stops waiting for a pipe that says nothing', async () => {
    const stop = new AbortController()
    const silent = new Readable({ read: () => {} })
    const receiving = receiveStandardInput({ stdin: () => silent }, stop.signal)
    stop.abort(new Error('enough'))
    await expect(receiving).rejects.toThrow('enough')
  })
})
