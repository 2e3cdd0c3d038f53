import { expect, it } from 'vitest'
import { isNetworkAddress } from '../../src/event/session-address.ts'

it.each(['10.0.0.7', '203.0.113.9:50123', '::1', 'fe80::1c2:3%4', '127.0.0.1'])(
  'isNetworkAddress() accepts %j',
  (text) => {
    expect(isNetworkAddress(text)).toBe(true)
  },
)

it.each(['LOCAL', 'LOKAL', 'локальные', 'paikallinen', '', '0.0.0.0', '::', undefined])(
  'isNetworkAddress() refuses %j',
  (text) => {
    expect(isNetworkAddress(text)).toBe(false)
  },
)
