import { describe, expect, it } from 'vitest'
import { isKeyStatus, parseStatus, renderStatus } from '../../src/event/status-code.ts'

describe('parseStatus()', () => {
  it.each([
    '0x80070005',
    '0x80070005.\r\n',
    '-2147024891',
    '2147942405',
    '%%5',
    '%%2147942405',
    '5',
    'Access is denied.\r\n',
    'ACCESS IS DENIED',
    'Accès refusé.',
    'Zugriff verweigert',
    'Acceso denegado.',
    'Accesso negato.',
    'Acesso negado.',
    'Toegang geweigerd.',
    'Odmowa dostępu.',
    'Отказано в доступе.',
    'アクセスが拒否されました。',
    '拒绝访问。',
    '액세스가 거부되었습니다.',
    'Erişim engellendi.',
    'Přístup byl odepřen.',
    'Åtkomst nekad.',
    'Quelque chose a échoué (0x80070005)',
  ])('reads %j as access denied with its number', (text) => {
    expect(parseStatus(text)).toMatchObject({ class: 'access-denied', hex: '0x80070005', name: 'E_ACCESSDENIED' })
  })

  it.each([
    ['0x8009000f', 'exists', '0x8009000F'],
    ['-2146893809', 'exists', '0x8009000F'],
    ['Das Objekt ist bereits vorhanden.', 'exists', '0x8009000F'],
    ['L’objet existe déjà.', 'exists', '0x8009000F'],
    ['Keyset does not exist', 'bad-keyset', '0x80090016'],
    ['-2146893802', 'bad-keyset', '0x80090016'],
    ['Набор ключей не существует.', 'bad-keyset', '0x80090016'],
    ['%%112', 'disk-full', '0x80070070'],
    ['0x80070027', 'disk-full', '0x80070027'],
    ['There is not enough space on the disk.\r\n', 'disk-full', '0x80070070'],
    ['Espace insuffisant sur le disque.', 'disk-full', '0x80070070'],
    ['0x8009030D', 'key', '0x8009030D'],
    ['0xC0000022', 'access-denied', '0xC0000022'],
  ])('reads %j as %s', (text, wanted, hex) => {
    expect(parseStatus(text)).toMatchObject({ class: wanted, hex })
  })

  it('keeps words that it does not know, and gives them no number', () => {
    expect(parseStatus('Pristup nije dopušten.\r\n')).toEqual({ class: 'other', words: 'Pristup nije dopušten.' })
  })

  it('keeps a number that it does not know', () => {
    expect(parseStatus('0x80131500')).toEqual({ class: 'other', hex: '0x80131500', words: '0x80131500' })
  })

  it('does not take a number out of the middle of words for a status', () => {
    expect(parseStatus('failed 5 times').hex).toBeUndefined()
  })

  it('refuses a decimal that no 32 bits hold', () => {
    expect(parseStatus('99999999999').hex).toBeUndefined()
    expect(parseStatus('4294967296').hex).toBeUndefined()
  })
})

it('isKeyStatus() tells statuses of the key from others', () => {
  expect(isKeyStatus(parseStatus('0x8009030E'))).toBe(true)
  expect(isKeyStatus(parseStatus('0x80070070'))).toBe(false)
})

it('renderStatus() shows words with their number, and each once', () => {
  expect(renderStatus(parseStatus('%%5'))).toBe('Access is denied (0x80070005)')
  expect(renderStatus(parseStatus('0x80131500'))).toBe('0x80131500')
  expect(renderStatus(parseStatus('Nešto'))).toBe('Nešto')
})
