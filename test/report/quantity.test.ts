import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/bytes/filetime.ts'
import { voiceOf } from '../../src/report/language/voice.ts'
import { renderDuration, toMillisecond, toMinute, toSecond } from '../../src/report/moment.ts'
import { renderCount, renderSize } from '../../src/report/quantity.ts'
import { shortChannel, shortProvider } from '../../src/report/short-name.ts'
import { at, fixtureLanguage } from '../support/finding.ts'

const voice = voiceOf(fixtureLanguage)

test('renderCount() groups digits by three', () => {
  expect([0, 999, 1_000, 205_812, 1_234_567].map((n) => renderCount(n, voice))).toEqual([
    '0',
    '999',
    '1,000',
    '205,812',
    '1,234,567',
  ])
})

test('renderSize() takes the largest unit that leaves at least one', () => {
  expect([0, 999, 1_000, 182_000_000, 1_403_238_553].map((n) => renderSize(n, voice))).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '182 MB',
    '1.4 GB',
  ])
})

test('renderDuration() says the two largest units and leaves out an empty one', () => {
  const spans = [
    48n * SECOND,
    12n * MINUTE + 59n * SECOND,
    17n * HOUR + 39n * MINUTE,
    2n * HOUR,
    3n * DAY + 4n * HOUR,
    0n,
  ]
  expect(spans.map((ticks) => renderDuration(ticks, voice))).toEqual([
    '48 s',
    '12 min',
    '17 h 39 min',
    '2 h',
    '3 d 4 h',
    '0 s',
  ])
})

test('toMinute(), toSecond() and toMillisecond() cut a time and never round it', () => {
  const time = at('2026-12-31T23:59:59.9999999Z')
  expect(toMinute(time, voice)).toBe('2026-12-31 23:59')
  expect(toSecond(time, voice)).toBe('2026-12-31 23:59:59')
  expect(toMillisecond(time, voice)).toBe('2026-12-31 23:59:59.999')
  expect(toMinute(2n ** 64n - 1n, voice)).toMatch(/^60056-\d\d-\d\d \d\d:\d\d$/)
})

test('shortProvider() and shortChannel() drop what every name shares and nothing that tells two apart', () => {
  expect(shortProvider('Microsoft-Windows-TerminalServices-RemoteConnectionManager')).toBe('RemoteConnectionManager')
  expect(shortProvider('Schannel')).toBe('Schannel')
  expect(shortChannel('Microsoft-Windows-TerminalServices-LocalSessionManager/Operational')).toBe('LocalSessionManager')
  expect(shortChannel('Microsoft-Windows-TerminalServices-LocalSessionManager/Admin')).toBe('LocalSessionManager/Admin')
  expect(shortChannel('System')).toBe('System')
})
