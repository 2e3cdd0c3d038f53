import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import { PROFILE_NAMES, TIMELINE_FORMATS } from '../../src/timeline/profile.ts'
import { chooseFormat, formatsOf, writerOf } from '../../src/timeline/profiles.ts'

describe('formatsOf()', () => {
  it('has just the pairs that are promised, the best known format first', () => {
    expect(PROFILE_NAMES.map((name) => [name, ...formatsOf(name)])).toEqual([
      ['default', 'csv', 'jsonl', 'parquet'],
      ['evtxecmd', 'csv'],
      ['timesketch', 'jsonl', 'csv'],
      ['ecs', 'jsonl'],
    ])
  })
})

describe('chooseFormat()', () => {
  it('takes what a profile is best known in when no format is asked for', () => {
    expect(chooseFormat()).toEqual({ profile: 'default', format: 'csv' })
    expect(chooseFormat('timesketch')).toEqual({ profile: 'timesketch', format: 'jsonl' })
    expect(chooseFormat(undefined, 'parquet')).toEqual({ profile: 'default', format: 'parquet' })
  })

  it('takes every pair there is and refuses all others with the nearest one', () => {
    for (const profile of PROFILE_NAMES) {
      for (const format of TIMELINE_FORMATS) {
        if (formatsOf(profile).includes(format)) expect(chooseFormat(profile, format)).toEqual({ profile, format })
        else expect(() => chooseFormat(profile, format)).toThrow(UsageError)
      }
    }
    expect(() => chooseFormat('timesketch', 'parquet')).toThrow(
      '--profile timesketch is not written as parquet: expected jsonl or csv (parquet: default); ' +
        'the nearest valid pair is "--profile timesketch --format jsonl"',
    )
  })
})

describe('writerOf()', () => {
  it('has a byte order mark only for what people open, and sheets only for a spreadsheet', () => {
    const marked = PROFILE_NAMES.flatMap((name) =>
      formatsOf(name).map((format) => {
        const { bom, sheets } = writerOf(name, format)
        return `${name} ${format}${bom ? ' bom' : ''}${sheets ? ' sheets' : ''}`
      }),
    )
    expect(marked).toEqual([
      'default csv bom sheets',
      'default jsonl',
      'default parquet',
      'evtxecmd csv bom',
      'timesketch jsonl',
      'timesketch csv',
      'ecs jsonl',
    ])
  })
})
