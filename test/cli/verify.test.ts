import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { fakeTerminal, worldOf } from '../support/fake-terminal.ts'
import { bulkyLog } from '../support/logs.ts'
import { hiveOf, LISTENER_KEY_FILE, MACHINE_GUID, SELECT } from '../support/machine.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'
import { zipOf } from '../support/zip-bytes.ts'

async function run(...args: readonly string[]) {
  const terminal = fakeTerminal()
  const code = await main(args, worldOf(terminal))
  return { code, out: terminal.out(), error: terminal.error() }
}

/** A result folder, and the evidence it was made from. */
async function analysed(...options: readonly string[]) {
  const folder = temporaryFolder()
  const logs = join(folder, 'logs')
  mkdirSync(logs)
  plant(logs, { 'System.evtx': bulkyLog(2), 'a/Security.evtx': bulkyLog(1, () => ({ channel: 'Security' })) })
  const result = join(folder, 'result')
  expect((await run('analyze', logs, '-o', result, ...options)).code).toBe(0)
  return { folder, logs, result }
}

/** How each file is, by `--format json`. */
async function states(result: string, ...options: readonly string[]) {
  const { code, out } = await run('verify', result, '--threads', '1', '--format', 'json', ...options)
  // The document is the program's own.
  const document = JSON.parse(out) as { holds: boolean; files: { kind: string; file: string; state: string }[] }
  const told = document.files.filter(({ state }) => state !== 'holds')
  return { code, holds: document.holds, told: told.map(({ kind, file, state }) => `${state} ${kind} ${file}`) }
}

describe('evtxray verify', () => {
  it('says that everything holds when nothing was touched', async () => {
    const { result } = await analysed()
    expect(await states(result)).toEqual({ code: 0, holds: true, told: [] })
    const { code, out } = await run('verify', result, '--threads', '1')
    expect(code).toBe(0)
    expect(out).toContain('Everything that has a hash holds.')
    for (const line of out.split('\n').slice(1)) {
      if (!line.includes(result) && !/\.evtx/.test(line)) expect(line.length).toBeLessThanOrEqual(80)
    }
  })

  it('names what changed, what is missing and what is extra, with exit code 4', async () => {
    const { result, logs } = await analysed()
    const report = readFileSync(join(result, 'report.json'))
    report[report.length - 2]! ^= 1
    writeFileSync(join(result, 'report.json'), report)
    rmSync(join(result, 'findings.csv'))
    writeFileSync(join(result, 'notes.txt'), 'mine')
    appendFileSync(join(logs, 'System.evtx'), 'x')
    const { code, told } = await states(result)
    expect(code).toBe(4)
    expect(told.sort()).toEqual([
      `changed input ${logs}/System.evtx`,
      'changed output report.json',
      'extra output notes.txt',
      'missing output findings.csv',
    ])
    expect((await run('verify', result, '--threads', '1')).out).toMatch(/3 files do not hold/)
  })

  it('does not mind a file that somebody put beside the results', async () => {
    const { result } = await analysed()
    writeFileSync(join(result, 'notes.txt'), 'mine')
    expect(await states(result)).toEqual({ code: 0, holds: true, told: ['extra output notes.txt'] })
  })

  it('finds inputs that moved, from wherever in their names the copy begins', async () => {
    const { folder, result, logs } = await analysed()
    const copy = join(folder, 'copy')
    renameSync(logs, copy)
    const lost = await states(result)
    expect([lost.code, lost.told.length]).toEqual([4, 2])
    expect((await run('verify', result, '--threads', '1')).out).toContain('--inputs DIR')
    expect((await states(result, '--inputs', copy)).code).toBe(0)
    // A copy of a part above it.
    cpSync(copy, join(folder, 'deep/logs'), { recursive: true })
    expect((await states(result, '--inputs', join(folder, 'deep'))).code).toBe(0)
  })

  it('goes from the folder that the manifest names, wherever it is asked, and tells where it looked', async () => {
    const { folder, result, logs } = await analysed()
    const path = join(result, 'manifest.json')
    const manifest = JSON.parse(readFileSync(path, 'utf8'))
    expect(manifest.inputsFrom).toBe(relative(realpathSync(result), process.cwd()))
    // As if it had been typed in the folder above both.
    const typed = (file: string) => file.replace(`${folder}/`, '')
    const inputs = manifest.inputs.map((input: { file: string }) => ({ ...input, file: typed(input.file) }))
    const relocated = (inputsFrom?: string) => writeFileSync(path, JSON.stringify({ ...manifest, inputsFrom, inputs }))
    relocated('..')
    expect(await states(result)).toEqual({ code: 0, holds: true, told: [] })
    renameSync(logs, join(folder, 'gone'))
    const lost = await run('verify', result, '--threads', '1')
    expect(lost.out).toContain(
      `  inputs     looked for in ${realpathSync(folder)}\n  then       looked for in ${process.cwd()}\n`,
    )
    expect(lost.code).toBe(4)
    // A manifest of an older version names none.
    relocated()
    const older = await run('verify', result, '--threads', '1')
    expect(older.out).toContain(`  inputs     looked for in ${process.cwd()}\n\n`)
  })

  it('prefers the folder whose file has the size that the manifest tells, else the one that the manifest names', async () => {
    const { folder, result, logs } = await analysed()
    const path = join(result, 'manifest.json')
    const manifest = JSON.parse(readFileSync(path, 'utf8'))
    // As deep as the current folder: the name leads up from there.
    const moved = join(folder, process.cwd())
    const name = relative(process.cwd(), join(logs, 'System.evtx'))
    const [input] = manifest.inputs.filter(({ file }: { file: string }) => file.endsWith('System.evtx'))
    writeFileSync(path, JSON.stringify({ ...manifest, inputsFrom: moved, inputs: [{ ...input, file: name }] }))
    const other = join(moved, name)
    mkdirSync(join(other, '..'), { recursive: true })
    writeFileSync(other, 'another')
    expect(await states(result)).toEqual({ code: 0, holds: true, told: [] })
    appendFileSync(join(logs, 'System.evtx'), 'x')
    const { out } = await run('verify', result, '--threads', '1')
    expect(out).toContain(other)
  })

  it.each(['//host/share', '\\\\host\\share', '/\\host/share'])(
    'does not reach for %s because a manifest says so',
    async (from) => {
      const { result } = await analysed()
      const path = join(result, 'manifest.json')
      const manifest = JSON.parse(readFileSync(path, 'utf8'))
      const input = { file: 'lost.evtx', size: 1 }
      writeFileSync(path, JSON.stringify({ ...manifest, inputsFrom: from, inputs: [input] }))
      const { out, code } = await run('verify', result, '--threads', '1')
      expect(code).toBe(4)
      expect(out).toContain(`  inputs     looked for in ${process.cwd()}\n\n`)
      expect(out).not.toContain('host')
    },
  )

  it('looks into a zip, where it was and where it is now', async () => {
    const folder = temporaryFolder()
    const zip = join(folder, 'collected.zip')
    writeFileSync(zip, zipOf({ 'logs/System.evtx': bulkyLog(2), 'logs/Setup.evtx': bulkyLog(1) }))
    const result = join(folder, 'result')
    expect((await run('analyze', zip, '-o', result)).code).toBe(0)
    expect(await states(result)).toEqual({ code: 0, holds: true, told: [] })
    mkdirSync(join(folder, 'safe'))
    renameSync(zip, join(folder, 'safe/collected.zip'))
    expect((await states(result)).code).toBe(4)
    expect((await states(result, '--inputs', join(folder, 'safe'))).code).toBe(0)
    writeFileSync(zip, zipOf({ 'logs/System.evtx': bulkyLog(3), 'logs/Setup.evtx': bulkyLog(1) }))
    expect((await states(result)).told).toEqual([`changed input ${zip}/logs/System.evtx`])
  })

  it.each(['a folder', 'a zip'])('holds the hives of %s and their logs against the manifest', async (kind) => {
    const volume = (software: Uint8Array) => ({
      'Windows/System32/winevt/Logs/System.evtx': bulkyLog(1),
      'Windows/System32/config/SYSTEM': hiveOf({ ...SELECT }),
      'Windows/System32/config/SYSTEM.LOG1': Buffer.from('log'),
      'Windows/System32/config/SOFTWARE': software,
    })
    const folder = temporaryFolder()
    const evidence = join(folder, kind === 'a zip' ? 'pc.zip' : 'pc')
    const write = (software: Uint8Array): void => {
      if (kind === 'a zip') writeFileSync(evidence, zipOf(volume(software)))
      else plant(evidence, volume(software))
    }
    const guid = (value: string) => hiveOf({ 'Microsoft\\Cryptography': { MachineGuid: value } })
    write(guid(MACHINE_GUID))
    const result = join(folder, 'result')
    expect((await run('analyze', evidence, '-o', result)).code).toBe(0)
    // The document is the program's own.
    const { inputs } = JSON.parse(readFileSync(join(result, 'manifest.json'), 'utf8')) as { inputs: object[] }
    const hive = { kind: 'hive', state: 'read', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }
    const config = `${evidence}/Windows/System32/config`
    expect(inputs.slice(1)).toEqual([
      { ...hive, file: `${config}/SYSTEM`, size: hiveOf({ ...SELECT }).length },
      { ...hive, file: `${config}/SYSTEM.LOG1`, size: 3 },
      { ...hive, file: `${config}/SOFTWARE`, size: guid(MACHINE_GUID).length },
    ])
    expect(await states(result)).toEqual({ code: 0, holds: true, told: [] })
    write(guid(MACHINE_GUID.replace('0', '1')))
    expect((await states(result)).told).toEqual([`changed input ${config}/SOFTWARE`])
  })

  it.each(['a folder', 'a zip'])('holds %s against the manifest where a key file was not there', async (kind) => {
    const rsa = 'ProgramData/Microsoft/Crypto/RSA/MachineKeys'
    const volume = (...keys: readonly string[]) => ({
      'Windows/System32/winevt/Logs/System.evtx': bulkyLog(1),
      'Windows/System32/config/SYSTEM': hiveOf({ ...SELECT }),
      'Windows/System32/config/SOFTWARE': hiveOf({ 'Microsoft\\Cryptography': { MachineGuid: MACHINE_GUID } }),
      ...Object.fromEntries(['someone-elses', ...keys].map((name) => [`${rsa}/${name}`, Buffer.from('key')])),
    })
    const folder = temporaryFolder()
    const evidence = join(folder, kind === 'a zip' ? 'pc.zip' : 'pc')
    const write = (files: Readonly<Record<string, Uint8Array>>): void => {
      if (kind === 'a zip') writeFileSync(evidence, zipOf(files))
      else plant(evidence, files)
    }
    write(volume())
    const result = join(folder, 'result')
    expect((await run('analyze', evidence, '-o', result)).code).toBe(0)
    // The document is the program's own.
    const { inputs } = JSON.parse(readFileSync(join(result, 'manifest.json'), 'utf8')) as { inputs: object[] }
    const key = `${evidence}/${rsa}/${LISTENER_KEY_FILE}`
    expect(inputs.slice(3)).toEqual([{ kind: 'key-file', file: key, state: 'absent' }])
    expect(await states(result)).toEqual({ code: 0, holds: true, told: [] })
    expect((await run('verify', result, '--threads', '1')).out).toContain('It is not there, as it was not')
    // In another letter case it is the same file to Windows.
    write(volume(LISTENER_KEY_FILE.toUpperCase()))
    expect((await states(result)).told).toEqual([`changed input ${key}`])
    write(volume(LISTENER_KEY_FILE))
    expect(await states(result)).toEqual({ code: 4, holds: false, told: [`changed input ${key}`] })
    const { out } = await run('verify', result, '--threads', '1')
    expect(out).toMatch(/It was not there, which a finding may rest on, and is there now\n/)
    expect(out).not.toMatch(/undefined|bytes, then/)
  })

  it('holds a volume against the manifest where a key file was there, without looking into it', async () => {
    const rsa = 'ProgramData/Microsoft/Crypto/RSA/MachineKeys'
    const folder = temporaryFolder()
    const evidence = join(folder, 'pc')
    plant(evidence, {
      'Windows/System32/winevt/Logs/System.evtx': bulkyLog(1),
      'Windows/System32/config/SYSTEM': hiveOf({ ...SELECT }),
      'Windows/System32/config/SOFTWARE': hiveOf({ 'Microsoft\\Cryptography': { MachineGuid: MACHINE_GUID } }),
      [`${rsa}/${LISTENER_KEY_FILE}`]: Buffer.from('key'),
    })
    const result = join(folder, 'result')
    expect((await run('analyze', evidence, '-o', result)).code).toBe(0)
    // The document is the program's own.
    const { inputs } = JSON.parse(readFileSync(join(result, 'manifest.json'), 'utf8')) as { inputs: object[] }
    const key = `${evidence}/${rsa}/${LISTENER_KEY_FILE}`
    expect(inputs.slice(3)).toEqual([{ kind: 'key-file', file: key, state: 'present', size: 3 }])
    expect(await states(result)).toEqual({ code: 0, holds: true, told: [`unchecked input ${key}`] })
    expect((await run('verify', result, '--threads', '1')).out).toContain('It is there, in the size it had')
    writeFileSync(key, 'another')
    expect((await states(result)).told).toEqual([`changed input ${key}`])
    rmSync(key)
    expect(await states(result)).toEqual({ code: 4, holds: false, told: [`missing input ${key}`] })
  })

  it('does not say that a key file is still absent where the folder it was not in is gone too', async () => {
    const folder = temporaryFolder()
    const absent = { kind: 'key-file', file: `${folder}/gone/key`, state: 'absent' }
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ inputs: [absent], outputs: [] }))
    expect((await states(folder)).told).toEqual([`unchecked input ${folder}/gone/key`])
  })

  it('checks sizes only where no hash was made', async () => {
    const { result, logs } = await analysed('--hash', 'none')
    const { code, told } = await states(result)
    expect([code, told.length]).toEqual([0, 2])
    expect(told[0]).toMatch(/^unchecked input/)
    appendFileSync(join(logs, 'System.evtx'), 'x')
    expect((await states(result)).code).toBe(4)
  })

  it('refuses a folder without a manifest, and believes nothing of a broken one', async () => {
    const folder = temporaryFolder()
    expect(await run('verify', join(folder, 'gone'))).toMatchObject({ code: 2, out: '' })
    const bare = await run('verify', folder)
    expect([bare.code, bare.error]).toEqual([2, expect.stringContaining('holds no manifest.json')])
    writeFileSync(join(folder, 'manifest.json'), '{ "inputs": 7 }')
    expect(await run('verify', folder)).toMatchObject({ code: 4, out: expect.stringContaining('is no manifest') })
  })

  it('is led nowhere by a hostile manifest', async () => {
    const folder = temporaryFolder()
    const outputs = ['../secret', '/etc/passwd', 'a/b', '\x1b[2J'].map((file) => ({
      file,
      size: 1,
      sha256: 'ab'.repeat(32),
    }))
    const inputs = [
      { file: '/dev/zero', size: 0, sha256: 'ab'.repeat(32) },
      { file: folder, size: 4096 },
    ]
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ inputs, outputs }))
    const { code, out } = await run('verify', folder, '--threads', '1')
    expect(code).toBe(4)
    expect(out).not.toContain('\x1b')
    expect(out.match(/leads out of the folder/g)).toHaveLength(3)
    expect(out).toMatch(/missing +input +\/dev\/zero/)
  })
})

describe('manifest.json', () => {
  it('says of each input what was read, how its header is, and its hash', async () => {
    const { result, logs } = await analysed()
    // The document is the program's own.
    const { inputs } = JSON.parse(readFileSync(join(result, 'manifest.json'), 'utf8')) as { inputs: object[] }
    expect(inputs[0]).toEqual({
      file: `${logs}/System.evtx`,
      size: 4096 + 2 * 65_536,
      state: 'read',
      records: 20,
      damaged: 0,
      recovered: 0,
      header: { dirty: false, full: false, version: '3.1', chunkCount: 2, nextRecordId: 21, checksumOk: true },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(readFileSync(join(result, 'report.json'), 'utf8')).not.toContain('nextRecordId')
  })
})
