import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readAccessControl } from '../../src/evidence/access-control.ts'
import { descriptorBytes } from '../support/descriptor-bytes.ts'

/** A new NTFS volume, mounted; undefined where this machine cannot mount one, or cannot read what it is asked for. */
function mountNtfs(): { mount: string; unmount(): void } | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'evtxray-test-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  const [image, mount] = [join(folder, 'ntfs.img'), join(folder, 'mount')]
  try {
    writeFileSync(image, '')
    truncateSync(image, 8_388_608)
    mkdirSync(mount)
    execFileSync('getfattr', ['--version'], { stdio: 'ignore' })
    execFileSync('mkntfs', ['-F', '-Q', '-q', image], { stdio: 'ignore' })
    execFileSync('ntfs-3g', [image, mount], { stdio: 'ignore', timeout: 10_000 })
  } catch {
    remove()
    return undefined
  }
  const unmount = (): void => {
    execFileSync('umount', [mount])
    remove()
  }
  return { mount, unmount }
}

const volume = mountNtfs()

describe.skipIf(!volume)('readAccessControl() on a real NTFS volume', () => {
  afterAll(() => volume?.unmount())

  it('gives the descriptor of a file whose name begins with a dash, to the byte', async () => {
    const file = join(volume!.mount, '-n')
    writeFileSync(file, 'key')
    const bytes = descriptorBytes({ control: 0x9004, entries: [{ type: 1, mask: 0x120089, sid: 'S-1-5-20' }] })
    execFileSync('setfattr', ['-n', 'system.ntfs_acl', '-v', `0x${Buffer.from(bytes).toString('hex')}`, '--', file])
    const read = await readAccessControl(file)
    expect(read).toEqual({ state: 'present', bytes: expect.anything() })
    expect('bytes' in read && Buffer.from(read.bytes).equals(bytes)).toBe(true)
  })

  it('gives that of a folder', async () => {
    expect(await readAccessControl(volume!.mount)).toMatchObject({ state: 'present' })
  })
})
