import { describe, expect, it } from 'vitest'
import { channelOfFile } from '../../src/evidence/channel-of-file.ts'

describe('channelOfFile()', () => {
  it('takes the last part of the path and turns %4 back into a slash', () => {
    expect(channelOfFile('F:/logs/Microsoft-Windows-X%4Operational.EVTX')).toBe('Microsoft-Windows-X/Operational')
    expect(channelOfFile('System.evtx')).toBe('System')
  })
})
