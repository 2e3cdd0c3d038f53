import { describe, expect, it } from 'vitest'
import { nameHints } from '../../src/cli/name-hints.ts'

const RDP_CORE = 'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS'
const seen = {
  channels: [`${RDP_CORE}/Admin`, `${RDP_CORE}/Operational`, 'System'],
  providers: [RDP_CORE, 'Schannel'],
  computers: ['RDS05.contoso.com', 'WIN-7Q2'],
  volumes: [{ label: 'key-denied', computers: ['RDS05.contoso.com'] }],
}

describe('nameHints()', () => {
  it('tells of each name that no record is of, and of none that one is', () => {
    expect(nameHints({ channel: ['System', 'RdpCorTS'], provider: ['RdpCoreTS', 'Schanel'] }, seen)).toEqual([
      `No record here is of the channel "RdpCorTS": did you mean "${RDP_CORE}/Admin"?`,
      'No record here is of the provider "Schanel": did you mean "Schannel"?',
    ])
  })

  it('says nothing of providers where only records of some event ids were looked at', () => {
    expect(nameHints({ provider: ['Schanel'], eventId: [{ first: 1, last: 1 }] }, seen)).toEqual([])
  })

  it('names the computer that was meant, with its domain or without', () => {
    const hintOf = (computer: string) => nameHints({ computer: [computer] }, seen)[0]
    expect(hintOf('RDS05')).toBeUndefined()
    expect(hintOf('RDS06')).toMatch(/: did you mean "RDS05\.contoso\.com"\?$/)
    expect(hintOf('RDS05.fabrikam.example')).toMatch(/: did you mean "RDS05\.contoso\.com"\?$/)
    expect(hintOf('somewhere-else')).toMatch(/: there are RDS05\.contoso\.com, WIN-7Q2$/)
  })

  it('tells for the label of a volume which computers its records name', () => {
    expect(nameHints({ computer: ['Key-Denied'] }, seen)).toEqual([
      'No record here is of the computer "Key-Denied", which is the name of a host: in its records there is RDS05.contoso.com',
    ])
  })
})
