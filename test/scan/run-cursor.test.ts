import { closeSync, openSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { OutputError } from '../../src/errors.ts'
import { comesBefore, RunCursor } from '../../src/scan/run-cursor.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { anyRow, compareRows, describedRow, rowsOf, runOf } from '../support/timeline-rows.ts'

/** A file that holds a run behind some other bytes. */
function onDisk(bytes: Uint8Array) {
  const path = join(temporaryFolder(), 'runs')
  writeFileSync(path, Buffer.concat([Buffer.alloc(7), bytes, Buffer.alloc(9)]))
  const fd = openSync(path, 'r')
  onTestFinished(() => closeSync(fd))
  return { path, stored: { fd, start: 7, end: 7 + bytes.length } }
}

function cursorOf(row: Parameters<typeof runOf>[0][number]): RunCursor {
  const { names, bytes } = runOf([row])
  // Numbers of another run's names compare only through ranks; one letter a name is its own.
  return new RunCursor(
    { bytes },
    Uint32Array.from(names, (name) => name.codePointAt(0) ?? 0),
    64,
  )
}

describe('RunCursor', () => {
  it('reads from disk what it reads from memory, however little is read at once', () => {
    const rows = Array.from({ length: 30 }, (_, i) => describedRow(i, { said: 'x'.repeat((i * 37) % 211) }))
    const { names, bytes } = runOf(rows)
    const { stored } = onDisk(bytes)
    for (const size of [1, 7, 56, 57, 300, 100_000]) {
      expect(rowsOf(stored, names, size)).toEqual(rowsOf({ bytes }, names))
    }
  })

  it('is at its end at once where there is nothing', () => {
    expect(rowsOf({ bytes: new Uint8Array(0) }, [])).toEqual([])
  })

  it('says that the temporary file was cut under it', () => {
    const { names, bytes } = runOf([describedRow(1), describedRow(2, { said: 'x'.repeat(1000) })])
    const { path, stored } = onDisk(bytes)
    truncateSync(path, 200)
    expect(() => rowsOf(stored, names)).toThrow(OutputError)
  })
})

describe('comesBefore()', () => {
  it('is the one order', () => {
    const letters = {
      host: fc.constantFrom('A', 'a'),
      channel: fc.constantFrom('A', 'a'),
      file: fc.constantFrom('A', 'a'),
    }
    const row = fc.tuple(anyRow(), fc.record(letters)).map(([any, names]) => ({ ...any, ...names, shared: '' }))
    const property = fc.property(row, row, (a, b) => {
      expect(comesBefore(cursorOf(a), cursorOf(b))).toBe(compareRows(a, b) <= 0)
    })
    fc.assert(property, { numRuns: 500 })
  })
})
