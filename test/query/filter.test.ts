import { describe, expect, it } from 'vitest'
import { QueryError } from '../../src/errors.ts'
import { EVERY_EVENT, matcherOf, parseEventIds, parseLevels, parseNames } from '../../src/query/filter.ts'

const event = {
  channel: 'System',
  provider: 'Schannel',
  eventId: 36870,
  computer: 'RDS01',
  timeCreated: 1000n,
  level: 2,
}

function refusal(parse: () => unknown): QueryError {
  try {
    parse()
  } catch (error) {
    if (error instanceof QueryError) return error
    throw error
  }
  throw new Error('was not refused')
}

describe('parseEventIds()', () => {
  it('reads ids and ranges, with blanks between', () => {
    expect(parseEventIds('4624, 4625,1000-1010')).toEqual([
      { first: 4624, last: 4624 },
      { first: 4625, last: 4625 },
      { first: 1000, last: 1010 },
    ])
    expect(parseEventIds('0,65535')).toHaveLength(2)
  })

  it.each([
    ['70000', '65535'],
    ['4624x', '4624'],
    ['-5', '5'],
    ['0x1210', '4624'],
    ['1010-1000', '1000-1010'],
    ['4624..4630', '4624-4630'],
    ['1-', '1'],
  ])('refuses %s and offers %s', (text, offered) => {
    expect(refusal(() => parseEventIds(text)).message).toBe(
      `"${text}" is no event id: expected an id from 0 to 65535 or a range such as 1000-1010; the nearest valid value is "${offered}"`,
    )
  })

  it('tells the column of the part that is wrong, and offers nothing where nothing is near', () => {
    const error = refusal(() => parseEventIds('4624, logon'))
    expect([error.column, error.text]).toEqual([6, '4624, logon'])
    expect(error.message).not.toContain('nearest')
  })

  it('refuses a gap in the list and offers the list without it', () => {
    expect(refusal(() => parseEventIds('4624,,4625')).message).toContain('the nearest valid list is "4624,4625"')
    expect(refusal(() => parseEventIds('')).message).toContain('expected a list such as 4624,4625,1000-1010')
  })
})

describe('parseLevels()', () => {
  it('reads numbers and words in any case, sorted and once each', () => {
    expect(parseLevels('Warning,2,error')).toEqual([2, 3])
    expect(parseLevels('warn')).toEqual([3])
  })

  it('takes information for what Event Viewer shows as such: 4 and 0', () => {
    expect(parseLevels('information')).toEqual([0, 4])
    expect(parseLevels('4')).toEqual([4])
  })

  it.each([
    ['warnnig', 'warning'],
    ['crit', 'critical'],
    ['256', '255'],
  ])('refuses %s and offers %s', (text, offered) => {
    expect(refusal(() => parseLevels(text)).message).toContain(`the nearest valid value is "${offered}"`)
  })
})

describe('parseNames()', () => {
  it('keeps blanks inside a name and drops those around it', () => {
    expect(parseNames(' Service Control Manager ,Schannel', 'provider')).toEqual([
      'Service Control Manager',
      'Schannel',
    ])
  })

  it('refuses an empty name', () => {
    expect(refusal(() => parseNames(',', 'channel')).message).toContain('A channel is missing')
  })
})

describe('matcherOf()', () => {
  it('lets everything through when nothing is asked', () => {
    expect(matcherOf(EVERY_EVENT)(event)).toBe(true)
  })

  it('compares names without regard to case and wants all parts to hold', () => {
    const filter = { ...EVERY_EVENT, channels: ['SYSTEM'], providers: ['schannel'], computers: ['rds01'] }
    expect(matcherOf(filter)(event)).toBe(true)
    expect(matcherOf({ ...filter, computers: ['RDS02'] })(event)).toBe(false)
    expect(matcherOf({ ...filter, computers: ['rds01'] })({ ...event, computer: 'RDS01.contoso.com' })).toBe(true)
    expect(matcherOf({ ...filter, channels: ['Ystem'] })(event)).toBe(false)
  })

  it('includes both ends of a range of ids and of the times', () => {
    const range = (first: number, last: number) => ({ ...EVERY_EVENT, eventIds: [{ first, last }] })
    expect(matcherOf(range(36870, 36870))(event)).toBe(true)
    expect(matcherOf(range(36871, 36880))(event)).toBe(false)
    expect(matcherOf({ ...EVERY_EVENT, since: 1000n, until: 1000n })(event)).toBe(true)
    expect(matcherOf({ ...EVERY_EVENT, since: 1001n })(event)).toBe(false)
    expect(matcherOf({ ...EVERY_EVENT, until: 999n })(event)).toBe(false)
  })

  it('counts a record without level as level 0', () => {
    const { level: _, ...bare } = event
    expect(matcherOf({ ...EVERY_EVENT, levels: [0] })(bare)).toBe(true)
    expect(matcherOf({ ...EVERY_EVENT, levels: [2] })(event)).toBe(true)
    expect(matcherOf({ ...EVERY_EVENT, levels: [3] })(event)).toBe(false)
  })
})
