import { describe, expect, it } from 'vitest'
import { explain } from '../../src/cli/explain.ts'
import { ClosedPipe } from '../../src/cli/output-failure.ts'
import { Interrupted } from '../../src/cli/signals.ts'
import { FormatError, InputError, OutputError, QueryError, UsageError } from '../../src/errors.ts'

describe('explain()', () => {
  it.each([
    [new ClosedPipe(), 0],
    [new UsageError('x'), 2],
    [new QueryError('x', 'x'), 2],
    [new InputError('x', 'x'), 2],
    [new OutputError('x', 'x'), 5],
    [new FormatError('truncated', 0, 'x'), 70],
    [new TypeError('x'), 70],
    ['x', 70],
    [new Interrupted(), 130],
  ])('gives %s the code %i', (error, code) => {
    expect(explain(error, { verbose: false }).exitCode).toBe(code)
  })

  it('says nothing when nobody reads any more', () => {
    expect(explain(new ClosedPipe(), { verbose: true }).text).toBe('')
  })

  it('shows the stack of our own errors with --verbose only', () => {
    const error = new TypeError('of undefined')
    expect(explain(error, { verbose: false }).text).toBe(
      'evtxray: an error of its own: TypeError: of undefined\nThis should not happen. Run it again with --verbose to see where.\n',
    )
    expect(explain(error, { verbose: true }).text).toContain('explain.test.ts')
    expect(explain(new UsageError('x'), { verbose: true }).text).toBe('evtxray: x\n')
  })

  it('keeps what was typed from acting on the terminal', () => {
    expect(explain(new UsageError('"\x1b[2J"'), { verbose: false }).text).toBe('evtxray: "\\u{1b}[2J"\n')
  })

  it('adds what to try after a wrong command line', () => {
    expect(explain(new UsageError('x'), { verbose: false, hint: 'try' }).text).toBe('evtxray: x\ntry\n')
  })
})
