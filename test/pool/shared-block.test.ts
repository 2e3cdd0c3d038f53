import { describe, expect, it } from 'vitest'
import { giveBack, SharedBlocks } from '../../src/pool/shared-block.ts'

const text = (view: Uint8Array) => Buffer.from(view).toString()

describe('SharedBlocks', () => {
  it('join() puts parts one behind the other into memory that threads share', () => {
    const view = new SharedBlocks().join([Buffer.from('one '), Buffer.from('two')])
    expect(text(view)).toBe('one two')
    expect(view.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  it('join() leaves a block alone that was not given back', () => {
    const blocks = new SharedBlocks()
    const first = blocks.join([Buffer.from('first')])
    const second = blocks.join([Buffer.from('second')])
    expect(second.buffer).not.toBe(first.buffer)
    expect(text(first)).toBe('first')
  })

  it('join() uses a block again that was given back', () => {
    const blocks = new SharedBlocks()
    const first = blocks.join([Buffer.from('first')])
    giveBack(first)
    expect(blocks.join([Buffer.from('again')]).buffer).toBe(first.buffer)
  })

  it('join() makes a larger block where the free one is too small', () => {
    const blocks = new SharedBlocks()
    const small = blocks.join([Buffer.from('small')])
    giveBack(small)
    const large = blocks.join([new Uint8Array(3_000_000)])
    expect(large.buffer).not.toBe(small.buffer)
    expect(large.length).toBe(3_000_000)
  })

  it('giveBack() leaves memory alone that is not shared', () => {
    const own = Buffer.from('own')
    giveBack(own)
    expect(text(own)).toBe('own')
  })
})
