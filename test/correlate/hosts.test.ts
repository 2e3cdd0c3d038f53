import { describe, expect, it } from 'vitest'
import type { LogPart, SilentLog } from '../../src/correlate/host-input.ts'
import { groupHosts, hostFinder } from '../../src/correlate/hosts.ts'
import { renamesOf } from '../../src/correlate/renames.ts'
import { anything, numberRecords, partsOf, renamed } from '../support/events.ts'

const channelOf = (file: string) => (file.includes('Security') ? 'Security' : 'System')

/** The part of a log that holds one record of a computer. */
function part(file: string, computer: string, more: Partial<LogPart> = {}, time = '10:00'): LogPart {
  const channel = channelOf(file)
  return partsOf(numberRecords([anything(time, { file, computer, channel, recordId: more.appearance ?? 1 })]), {
    rootKind: 'loose',
    rootLabel: 'case',
    ...more,
  })[0]!
}

const silentLog: SilentLog = {
  file: 'CAPI2.evtx',
  root: 0,
  rootKind: 'loose',
  rootLabel: 'case',
  state: 'empty',
  dirty: false,
  channel: 'Microsoft-Windows-CAPI2/Operational',
}

const namesOf = (groups: ReturnType<typeof groupHosts>) => groups.map(({ host, computers }) => [host, [...computers]])

describe('groupHosts()', () => {
  it('takes a volume for one host, whatever names it had, in order of appearance', () => {
    const volume = { rootKind: 'volume', rootLabel: 'F' } as const
    const groups = groupHosts(
      [
        part('System.evtx', 'RDS01', { ...volume, appearance: 9 }),
        part('System.evtx', 'WIN-IMAGE', { ...volume, appearance: 2 }),
      ],
      [],
      [],
    )
    expect(namesOf(groups)).toEqual([['F', ['WIN-IMAGE', 'RDS01']]])
  })

  it('takes a forwarded log of a volume apart by computer', () => {
    const volume = { rootKind: 'volume', rootLabel: 'F' } as const
    const forwarded = { ...volume, forwarded: true }
    const groups = groupHosts(
      [
        part('System.evtx', 'COLLECTOR', volume),
        part('ForwardedEvents.evtx', 'APP2', forwarded),
        part('ForwardedEvents.evtx', 'APP1', forwarded),
      ],
      [],
      [],
    )
    expect(namesOf(groups)).toEqual([
      ['F', ['COLLECTOR']],
      ['F/APP1', ['APP1']],
      ['F/APP2', ['APP2']],
    ])
    expect(hostFinder(groups)('ForwardedEvents.evtx', 'app1')?.host).toBe('F/APP1')
    expect(hostFinder(groups)('System.evtx', 'APP1')).toBeUndefined()
  })

  it('keeps eleven computers in one folder apart, and each one’s logs together', () => {
    const names = Array.from({ length: 11 }, (_, i) => `APP${String(i + 1).padStart(2, '0')}`)
    const parts = names.flatMap((name) => [
      part(`${name}-System.evtx`, name),
      part(`${name}-Security.evtx`, name.toLowerCase()),
    ])
    const groups = groupHosts(parts, [silentLog], [])
    expect(groups.map(({ host }) => host.toUpperCase())).toEqual(names)
    expect(groups.every(({ parts: own, silent }) => own.length === 2 && silent.length === 0)).toBe(true)
  })

  it('joins two names of loose logs by a rename in that computer’s System log', () => {
    const parts = [
      part('System.evtx', 'OLD', { appearance: 1 }),
      part('System.evtx', 'NEW', { appearance: 5 }),
      part('Security.evtx', 'OLD'),
    ]
    const renames = renamesOf([renamed('10:00', 'OLD', 'NEW', { file: 'System.evtx', computer: 'NEW' })])
    expect(namesOf(groupHosts(parts, [], renames))).toEqual([['NEW', ['OLD', 'NEW']]])
    expect(groupHosts(parts, [], [])).toHaveLength(2)
  })

  it('does not believe a rename of a third computer', () => {
    const parts = [part('System.evtx', 'OLD'), part('System.evtx', 'NEW'), part('System.evtx', 'THIRD')]
    const renames = renamesOf([renamed('10:00', 'OLD', 'NEW', { file: 'System.evtx', computer: 'THIRD' })])
    expect(groupHosts(parts, [], renames)).toHaveLength(3)
  })

  it('takes a name and the same with its domain for one host, in one log, and shows the longer', () => {
    const parts = (one: string, two: string) => [
      part('System.evtx', one, { appearance: 1 }),
      part('System.evtx', two, { appearance: 5 }),
      part('Security.evtx', 'dc1'),
    ]
    expect(namesOf(groupHosts(parts('DC1', 'DC1.domain.local'), [], []))).toEqual([
      ['DC1.domain.local', ['DC1', 'DC1.domain.local']],
    ])
    expect(namesOf(groupHosts(parts('DC1.domain.local', 'Dc1'), [], []))).toEqual([
      ['DC1.domain.local', ['DC1.domain.local', 'Dc1']],
    ])
  })

  it('takes them for one in one folder of logs as well, but not in two that share no log of both', () => {
    const hosts = (...files: readonly (readonly [string, string])[]) =>
      namesOf(
        groupHosts(
          files.map(([file, name]) => part(file, name)),
          [],
          [],
        ),
      ).map(([host]) => host)
    expect(hosts(['a/System.evtx', 'DC1'], ['a/Security.evtx', 'DC1.x.local'])).toEqual(['DC1.x.local'])
    expect(hosts(['a/System.evtx', 'DC1'], ['b/Security.evtx', 'DC1.x.local'])).toEqual(['DC1', 'DC1.x.local'])
    // What one folder proves holds for the name elsewhere.
    expect(hosts(['a/1.evtx', 'DC1'], ['a/2.evtx', 'DC1.x.local'], ['b/1.evtx', 'DC1'])).toEqual(['DC1.x.local'])
  })

  it('leaves a name by itself that two domains would fit, and gives it to the one that fits where only one does', () => {
    const merged = ['DC1', 'DC1.x.local', 'DC1.y.local'].map((name) => part('System.evtx', name))
    expect(groupHosts(merged, [], []).map(({ host }) => host)).toEqual(['DC1', 'DC1.x.local', 'DC1.y.local'])
    const apart = [
      part('a/System.evtx', 'DC1'),
      part('a/System.evtx', 'DC1.x.local'),
      part('b/System.evtx', 'DC1'),
      part('b/System.evtx', 'DC1.y.local'),
      part('c/System.evtx', 'DC1'),
    ]
    const groups = groupHosts(apart, [], [])
    expect(groups.map(({ host, parts }) => [host, parts.map(({ file }) => file)])).toEqual([
      ['DC1', ['c/System.evtx']],
      ['DC1.x.local', ['a/System.evtx', 'a/System.evtx']],
      ['DC1.y.local', ['b/System.evtx', 'b/System.evtx']],
    ])
  })

  it('follows a rename to a name that got its domain later', () => {
    const parts = [
      part('System.evtx', 'WIN-1', { appearance: 1 }),
      part('System.evtx', 'DC1', { appearance: 4 }),
      part('System.evtx', 'DC1.x.local', { appearance: 7 }),
      part('old/Security.evtx', 'WIN-1'),
    ]
    const told = renamesOf([renamed('10:00', 'WIN-1', 'DC1', { file: 'System.evtx', computer: 'DC1' })])
    expect(namesOf(groupHosts(parts, [], told))).toEqual([['DC1.x.local', ['WIN-1', 'DC1', 'DC1.x.local']]])
  })

  it('keeps eleven computers with and without their domains apart', () => {
    const names = Array.from({ length: 11 }, (_, i) => `APP${i + 10}`)
    const parts = names.flatMap((name) => [part('All.evtx', name), part('All.evtx', `${name}.x.local`)])
    expect(namesOf(groupHosts(parts, [], []))).toEqual(
      names.map((name) => [`${name}.x.local`, [name, `${name}.x.local`]]),
    )
  })

  it('joins the names of a computer in a forwarded log', () => {
    const forwarded = { rootKind: 'volume', rootLabel: 'F', forwarded: true } as const
    const parts = ['APP1', 'APP1.x.local', 'APP2'].map((name) => part('ForwardedEvents.evtx', name, forwarded))
    expect(groupHosts(parts, [], []).map(({ host }) => host)).toEqual(['F/APP1.x.local', 'F/APP2'])
  })

  it('does not mix computers that started from one image', () => {
    const files = ['A', 'B'].flatMap((name) => [
      part(`${name}/System.evtx`, 'WIN-IMAGE', { appearance: 1 }),
      part(`${name}/System.evtx`, name, { appearance: 4 }),
      part(`${name}/Security.evtx`, name),
    ])
    const renames = renamesOf(
      ['A', 'B'].map((name) => renamed('10:00', 'WIN-IMAGE', name, { file: `${name}/System.evtx`, computer: name })),
    )
    expect(namesOf(groupHosts(files, [], renames))).toEqual([
      ['A', ['WIN-IMAGE', 'A']],
      ['B', ['WIN-IMAGE', 'B']],
    ])
  })

  it('gives the records before a rename to the computer that told of it, not to another of the same short name', () => {
    const parts = ['OLD', 'RDS01.a.local', 'RDS01.b.local'].map((name) => part('System.evtx', name))
    const security = [part('Security.evtx', 'OLD'), part('Security.evtx', 'RDS01.b.local')]
    const told = { file: 'System.evtx', computer: 'RDS01.a.local' }
    const groups = groupHosts([...parts, ...security], [], renamesOf([renamed('10:00', 'OLD', 'RDS01', told)]))
    expect(namesOf(groups)).toEqual([
      ['RDS01.a.local', ['OLD', 'RDS01.a.local']],
      ['RDS01.b.local', ['RDS01.b.local']],
    ])
  })

  it('takes the full old name in the log of the rename, unless two computers have its first label', () => {
    const renames = renamesOf([renamed('10:00', 'OLD', 'NEW', { file: 'System.evtx', computer: 'NEW.a.local' })])
    const group = (...names: readonly string[]) =>
      namesOf(
        groupHosts(
          names.map((name, i) => part('System.evtx', name, { appearance: i + 1 })),
          [],
          renames,
        ),
      )
    expect(group('OLD.a.local', 'NEW.a.local')).toEqual([['NEW.a.local', ['OLD.a.local', 'NEW.a.local']]])
    expect(group('OLD.a.local', 'OLD.b.local', 'NEW.a.local')).toHaveLength(3)
  })

  it('does not let computers of one image meet in a merged log', () => {
    const file = 'Merged.evtx'
    const renames = renamesOf(['AAA', 'BBB'].map((computer) => renamed('10:00', 'IMAGE', computer, { file, computer })))
    const parts = ['IMAGE', 'AAA', 'BBB'].map((name) => part(file, name))
    expect(namesOf(groupHosts([...parts, part('Security.evtx', 'BBB')], [], renames))).toEqual([
      ['AAA', ['AAA']],
      ['BBB', ['BBB']],
      ['IMAGE', ['IMAGE']],
    ])
  })

  it('keeps logs whose records name no computer apart, and calls them by their files', () => {
    const groups = groupHosts([part('a/System.evtx', ''), part('b/System.evtx', '')], [], [])
    expect(namesOf(groups)).toEqual([
      ['a/System.evtx', []],
      ['b/System.evtx', []],
    ])
    expect(hostFinder(groups)('b/System.evtx', '')).toBe(groups[1])
  })

  it('tells two thousand computers of one image apart, each renamed twice', () => {
    const names = Array.from({ length: 2_000 }, (_, i) => String(i).padStart(4, '0'))
    const stories = names.map((name) => {
      const file = `${name}/System.evtx`
      return {
        parts: ['IMAGE', `WIN-${name}`, `APP-${name}`].map((computer, i) =>
          part(file, computer, { appearance: i + 1 }),
        ),
        told: [
          renamed('10:00', 'IMAGE', `WIN-${name}`, { file, computer: `WIN-${name}` }),
          renamed('11:00', `WIN-${name}`, `APP-${name}`, { file, computer: `APP-${name}` }),
        ],
      }
    })
    const groups = groupHosts(
      stories.flatMap(({ parts }) => parts),
      [],
      renamesOf(stories.flatMap(({ told }) => told)),
    )
    expect(groups.map(({ host }) => host)).toEqual(names.map((name) => `APP-${name}`))
    expect(groups.every(({ computers }) => computers.length === 3)).toBe(true)
  })

  it('gives an empty log to the only computer of its folder', () => {
    expect(groupHosts([part('System.evtx', 'RDS01')], [silentLog], [])[0]?.silent).toEqual([silentLog])
  })

  it('keeps a volume of which nothing could be read', () => {
    const groups = groupHosts([], [{ ...silentLog, rootKind: 'volume', rootLabel: 'F', state: 'unreadable' }], [])
    expect(groups).toMatchObject([{ host: 'F', computers: [], parts: [] }])
  })

  it('makes labels unique', () => {
    const groups = groupHosts(
      [
        part('a/System.evtx', 'RDS01', { rootKind: 'volume', rootLabel: 'disk', root: 0 }),
        part('b/System.evtx', 'RDS02', { rootKind: 'volume', rootLabel: 'disk', root: 1 }),
        part('c/System.evtx', 'DISK', { root: 2 }),
      ],
      [],
      [],
    )
    expect(groups.map(({ host }) => host)).toEqual(['disk', 'disk (2)', 'DISK (3)'])
  })
})
