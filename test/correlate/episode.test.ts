import { describe, expect, it } from 'vitest'
import { agreeing, lastEpisode } from '../../src/correlate/episode.ts'
import { anything, numberRecords, ticks } from '../support/events.ts'

const measure = {
  windows: {
    window: { start: ticks('10:00'), end: ticks('12:00') },
    boot: { start: ticks('08:00'), end: ticks('12:00') },
    log: { start: ticks('00:00'), end: ticks('12:00') },
  },
  boots: [{ start: ticks('08:00'), how: 'unknown' }],
  clockJumps: [],
} as const
const system = (...times: readonly string[]) => numberRecords(times.map((time) => anything(time)))
const security = (...times: readonly string[]) =>
  numberRecords(times.map((time) => anything(time, { channel: 'Security' })))

describe('lastEpisode()', () => {
  it('begins with the first trigger after RDP last worked', () => {
    const episode = lastEpisode(system('09:00', '10:30', '11:00'), security('10:00'), measure)
    expect(episode).toMatchObject({
      first: { timeCreated: ticks('10:30') },
      last: { timeCreated: ticks('11:00') },
      heals: [],
    })
    expect(episode?.workedBefore?.timeCreated).toBe(ticks('10:00'))
  })

  it('is healed by a record more than a second later in another file, and by none nearer', () => {
    expect(lastEpisode(system('11:00:00'), security('11:00:01.0000001'), measure)?.heals).toHaveLength(1)
    expect(lastEpisode(system('11:00:00'), security('11:00:01'), measure)?.heals).toHaveLength(0)
  })

  it.each([
    ['12:00', 'window'],
    ['10:00', 'window'],
    ['09:59:59.9999999', 'boot'],
    ['08:00', 'boot'],
    ['07:59:59.9999999', 'log'],
  ])('lies, with a last trigger at %s, in the %s', (time, name) => {
    expect(lastEpisode(system(time), [], measure)?.window).toBe(name)
  })

  it('is none without a trigger', () => {
    expect(lastEpisode([], security('10:00'), measure)).toBeUndefined()
  })
})

describe('agreeing()', () => {
  const triggers = system('11:00')
  const lasting = { boots: measure.boots, clockJumps: [], lasting: true }

  it('takes what is at most five minutes away, before or after', () => {
    const witnesses = security('10:54:59.9999999', '10:55', '11:05', '11:05:00.0000001')
    expect(agreeing(witnesses, triggers, { ...lasting, lasting: false })).toEqual(witnesses.slice(1, 3))
  })

  it('takes what lasts from the whole boot, and not from before it', () => {
    const witnesses = security('07:59:59', '08:00')
    expect(agreeing(witnesses, triggers, lasting)).toEqual(witnesses.slice(1))
  })

  it('takes nothing for one boot where no record tells of a start', () => {
    expect(agreeing(security('08:00'), triggers, { ...lasting, boots: [] })).toEqual([])
  })
})
