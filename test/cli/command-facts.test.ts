import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { fakeTerminal, worldOf } from '../support/fake-terminal.ts'
import { described } from '../support/logs.ts'
import { hiveOf, LISTENER_KEY_FILE, MACHINE_GUID, SELECT } from '../support/machine.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'

const CONFIG = 'Windows/System32/config'
const HIVES = {
  'Windows/System32/ntdll.dll': '',
  [`${CONFIG}/SYSTEM`]: hiveOf({ ...SELECT, 'ControlSet001\\Services\\TermService': { Start: 4 } }),
  [`${CONFIG}/SOFTWARE`]: hiveOf({ 'Microsoft\\Cryptography': { MachineGuid: MACHINE_GUID } }),
  [`ProgramData/Microsoft/Crypto/RSA/MachineKeys/${LISTENER_KEY_FILE}`]: 'key',
}

async function run(...args: string[]) {
  const terminal = fakeTerminal()
  const code = await main(['facts', ...args], worldOf(terminal))
  return { code, out: terminal.out(), error: terminal.error() }
}

describe('evtxray facts', () => {
  it('prints the facts of a volume, twice the same', async () => {
    const volume = plant(temporaryFolder(), HIVES)
    const first = await run(volume)
    expect(first).toMatchObject({ code: 0, error: '' })
    expect(first.out).toContain('    Start       4 (disabled)')
    expect(first.out).toContain(LISTENER_KEY_FILE.slice(0, 32))
    expect(await run(volume)).toEqual(first)
  })

  it('prints those of a folder that holds hives and nothing else', async () => {
    const folder = plant(temporaryFolder(), { 'SYSTEM.hiv': HIVES[`${CONFIG}/SYSTEM`]!, 'notes.txt': 'hives of RDS01' })
    const { code, out, error } = await run(folder)
    expect([code, error]).toEqual([0, ''])
    expect(out).toContain('4 (disabled)')
    const terminal = fakeTerminal()
    expect(await main(['analyze', folder], worldOf(terminal))).toBe(3)
  })

  it('prints them as JSON, and in French', async () => {
    const volume = plant(temporaryFolder(), HIVES)
    const [host] = JSON.parse((await run(volume, '--format', 'json')).out)
    expect(host.facts).toContainEqual(expect.objectContaining({ id: 'service.TermService.start', value: 4 }))
    expect((await run(volume, '--lang', 'fr')).out).toContain('4 (désactivé)')
  })

  it('writes a file, and refuses to write into the evidence or over another file', async () => {
    const volume = plant(temporaryFolder(), HIVES)
    const output = join(temporaryFolder(), 'facts.txt')
    expect(await run(volume, '-o', output)).toEqual({ code: 0, out: '', error: '' })
    expect(readFileSync(output, 'utf8')).toContain('4 (disabled)')
    expect((await run(volume, '-o', output)).code).toBe(2)
    expect((await run(volume, '-o', output, '--force')).code).toBe(0)
    const inside = join(volume, 'facts.txt')
    expect((await run(volume, '-o', inside)).code).toBe(2)
    expect(existsSync(inside)).toBe(false)
  })

  it('tells of a zip beside what it read, and no word of it to whoever wants results only', async () => {
    const log = writeLog([described('one')])
    const folder = plant(temporaryFolder(), { 'case.zip': 'PK\x03\x04', 'logs/System.evtx': log })
    plant(join(folder, 'pc'), HIVES)
    for (const command of ['facts', 'info']) {
      const [told, quiet] = [fakeTerminal(), fakeTerminal()]
      expect(await main([command, folder], worldOf(told))).toBe(0)
      expect(told.error()).toContain('1 zip file was not opened')
      expect(await main([command, folder, '-q'], worldOf(quiet))).toBe(0)
      expect([quiet.out(), quiet.error()]).toEqual([told.out(), ''])
    }
  })

  it('names a zip that it did not open, and the volume that a part was given of', async () => {
    const folder = plant(temporaryFolder(), { 'case.zip': 'PK\x03\x04' })
    expect(await run(folder)).toMatchObject({ code: 3, error: expect.stringContaining(`${folder}/case.zip`) })
    const terminal = fakeTerminal()
    expect(await main(['info', folder, '-q'], worldOf(terminal))).toBe(3)
    expect(terminal.error()).toMatch(/no event log found[\s\S]*1 zip file was not opened[\s\S]*case\.zip/)
    const volume = plant(temporaryFolder(), HIVES)
    const part = await run(join(volume, CONFIG))
    expect(part).toMatchObject({ code: 0, error: expect.stringContaining(`give "${volume}" to look`) })
    expect(part.out).toContain('4 (disabled)')
  })

  it('says of a hive that is cut how much of it is missing, and ends with 4', async () => {
    const system = hiveOf({ ...SELECT, 'ControlSet001\\Services\\TermService': { Start: 4 } }).subarray(0, -16)
    const volume = plant(temporaryFolder(), { ...HIVES, [`${CONFIG}/SYSTEM`]: system })
    const { code, out, error } = await run(volume)
    expect(out).toMatch(/hive SYSTEM +truncated: Bytes are missing at its end \(16\)/)
    expect([code, error]).toEqual([4, expect.stringMatching(/config\/SYSTEM: Bytes are missing at its end \(16\)\n$/)])
    expect((await run(volume, '--lang', 'fr')).out).toMatch(/tronquée\s: Il manque des octets à sa fin \(16\)/)
  })

  it('ends with 3 where there is nothing to read, 4 where a hive cannot be read, 2 where the path is wrong', async () => {
    const empty = temporaryFolder()
    expect(await run(empty)).toMatchObject({ code: 3, out: '', error: expect.stringContaining('no registry hive') })
    const broken = plant(temporaryFolder(), { ...HIVES, [`${CONFIG}/SYSTEM`]: 'no hive' })
    const told = await run(broken)
    expect(told.code).toBe(4)
    expect(told.error).toContain('could not be read')
    expect(told.out).toContain('hive SOFTWARE')
    expect((await run(join(empty, 'none'))).code).toBe(2)
    expect((await run('-')).code).toBe(2)
    expect((await run(empty, '--format', 'xml')).code).toBe(2)
  })
})
