import { describe, expect, it } from 'vitest'
import { serverProtocols, type TlsVersion } from '../../src/facts/server-protocols.ts'
import { diskOf, NOT_TAKEN, SCHANNEL_PROTOCOLS } from '../support/disk.ts'

const set = (version: TlsVersion, values: Readonly<Record<string, number>>) => ({
  [`${SCHANNEL_PROTOCOLS}\\TLS ${version}\\Server`]: values,
})
const states = (build: number | undefined, ...parts: readonly ReturnType<typeof set>[]) =>
  serverProtocols(diskOf({ system: Object.assign({}, ...parts) }), build)
    .map(({ state }) => state)
    .join(' ')

describe('serverProtocols()', () => {
  it.each([
    [7601, 'on off off off'],
    [9200, 'on on on off'],
    [17763, 'on on on off'],
    [20348, 'on on on on'],
    [26100, 'unknown unknown on on'],
    [undefined, 'unknown unknown unknown unknown'],
  ])('has the defaults of build %s where nothing is set', (build, wanted) => {
    expect(states(build)).toBe(wanted)
  })

  it('lets Enabled decide, any number but 0 being on', () => {
    expect(states(17763, set('1.0', { Enabled: 0 }), set('1.2', { Enabled: 0xffffffff }))).toBe('off on on off')
    expect(states(7601, set('1.2', { Enabled: 1 }))).toBe('on off on off')
    expect(states(undefined, set('1.2', { Enabled: 1 }))).toBe('unknown unknown on unknown')
  })

  it('does not know what DisabledByDefault means for the listener, and lets Enabled 0 win over it', () => {
    expect(states(17763, set('1.2', { DisabledByDefault: 1 }))).toBe('on on unknown off')
    expect(states(17763, set('1.2', { Enabled: 1, DisabledByDefault: 1 }))).toBe('on on unknown off')
    expect(states(17763, set('1.2', { Enabled: 0, DisabledByDefault: 1 }))).toBe('on on off off')
    expect(states(17763, set('1.2', { DisabledByDefault: 0 }))).toBe('on on on off')
  })

  it('gives no Windows a protocol that it does not have', () => {
    expect(states(17763, set('1.3', { Enabled: 1 }))).toBe('on on on off')
    expect(states(20348, set('1.3', { Enabled: 0 }))).toBe('on on on off')
  })

  it('asks the server side alone', () => {
    expect(states(17763, { [`${SCHANNEL_PROTOCOLS}\\TLS 1.2\\Client`]: { Enabled: 0 } })).toBe('on on on off')
  })

  it('knows nothing of a hive that was not collected, nor of a value that is no number', () => {
    const none = serverProtocols(diskOf({ hives: { SYSTEM: NOT_TAKEN } }), 20348)
    expect(none.map(({ state, by }) => [state, by])).toEqual(Array(4).fill(['unknown', 'unknown']))
    const text = diskOf({ system: { [`${SCHANNEL_PROTOCOLS}\\TLS 1.2\\Server`]: { Enabled: '0' } } })
    expect(serverProtocols(text, 17763)[2]).toMatchObject({ state: 'unknown', by: 'unknown' })
  })
})
