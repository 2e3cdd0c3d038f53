import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isBuilt, run, SAMPLES } from './support/run-binary.ts'
import { readText } from './support/source-tree.ts'

const ROOT = fileURLToPath(new URL('../', import.meta.url))

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly engines?: { readonly node?: string }
  readonly bin: Readonly<Record<string, string>>
  readonly exports: { readonly '.': { readonly types: string } }
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly bundleDependencies: readonly string[]
}

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly dev?: boolean
}

const manifest: Manifest = JSON.parse(readText('package.json'))
const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(readText('package-lock.json'))
/** npm runs these where a package is installed. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare']

/** Runs npm as it runs this test, without a look at the network. */
function npm(...args: string[]): string {
  const cli = process.env.npm_execpath
  const options = { cwd: ROOT, encoding: 'utf8', env: { ...process.env, npm_config_offline: 'true' } } as const
  const { status, stdout, stderr } =
    cli === undefined
      ? spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
      : spawnSync(process.execPath, [cli, ...args], options)
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed: ${stderr}`)
  return stdout
}

describe('package.json', () => {
  it('bundles every dependency that the program has at run time', () => {
    expect([...manifest.bundleDependencies].sort()).toEqual(Object.keys(manifest.dependencies ?? {}).sort())
  })

  it('asks for the Node that the tests run on, and for none older than 20.19', () => {
    expect(manifest.engines?.node).toBe('>=20.19')
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
    expect(major > 20 || (major === 20 && minor >= 19)).toBe(true)
  })

  it('runs nothing where it is installed', () => {
    expect(INSTALL_SCRIPTS.filter((name) => name in (manifest.scripts ?? {}))).toEqual([])
  })

  it('builds before it is packed, from nothing: no file of a source that is gone is left', () => {
    expect(manifest.scripts?.prepack).toMatch(/rmSync\('dist'.*npm run --silent build$/)
  })

  it('pins every package in the lock file, by version and hash', () => {
    const loose = Object.entries(lock.packages)
      .filter(([path, { version, integrity }]) => path !== '' && !(version && integrity?.startsWith('sha512-')))
      .map(([path]) => path)
    expect(loose).toEqual([])
    expect(Object.keys(lock.packages).length).toBeGreaterThan(20)
  })

  it('names tools that others build with by one exact version', () => {
    expect(
      Object.values(manifest.devDependencies).filter((version) => !/^\d+\.\d+\.\d+(-r\.\d+)?$/.test(version)),
    ).toEqual([])
  })
})

describe.skipIf(!isBuilt)('the packed archive', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'evtxray-package-'))
  const packed = join(folder, 'package')
  const evtxray = (...args: string[]) => {
    // Neither our folder nor anything that Node would find beside it is in reach.
    const { NODE_PATH: _, ...env } = process.env
    const options = { cwd: folder, encoding: 'utf8', env } as const
    return spawnSync(process.execPath, [join(packed, 'bin', 'evtxray.js'), ...args], options)
  }
  let files: readonly string[] = []

  beforeAll(() => {
    // The build has been made by `npm test`; packing makes no other one beside the tests that use it.
    const [report] = JSON.parse(npm('pack', '--json', '--ignore-scripts', '--pack-destination', folder))
    files = report.files.map(({ path }: { path: string }) => path)
    const { status } = spawnSync('tar', ['-xzf', report.filename], { cwd: folder })
    if (status !== 0) throw new Error('tar could not unpack the archive')
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('holds the program, the samples and what a person reads, and nothing else of ours', () => {
    const kinds = files
      .filter((path) => !path.startsWith('node_modules/'))
      .map((path) => /^(bin|dist\/app|dist\/src|samples|docs)\//.exec(path)?.[1] ?? path)
    expect([...new Set(kinds)].sort()).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'README.md', 'bin', 'dist/app', 'dist/src', 'docs', 'package.json', 'samples'].sort(),
    )
  })

  it('holds a source for everything that is built', () => {
    const orphans = files
      .filter((path) => path.startsWith('dist/src/'))
      .filter((path) => !existsSync(join(ROOT, path.slice('dist/'.length).replace(/(\.d)?\.(ts|js)$/, '.ts'))))
    expect(orphans, 'left by an older build: remove dist/').toEqual([])
  })

  it('holds every dependency with the dependencies that it has in turn', () => {
    const missing: string[] = []
    for (const { path, about } of bundled(packed)) {
      for (const name of Object.keys(about.dependencies ?? {})) {
        const nested = existsSync(join(packed, path, 'node_modules', name))
        if (!nested && !existsSync(join(packed, 'node_modules', name))) missing.push(`${path} needs ${name}`)
      }
    }
    expect(missing).toEqual([])
    expect(bundled(packed).map(({ about }) => about.name)).toEqual(
      expect.arrayContaining([...manifest.bundleDependencies]),
    )
  })

  it('holds nothing that a package would run where it is installed, and no licence that forbids passing it on', () => {
    const running = bundled(packed).filter(
      ({ path, about }) =>
        INSTALL_SCRIPTS.slice(0, 3).some((name) => name in (about.scripts ?? {})) ||
        existsSync(join(packed, path, 'binding.gyp')),
    )
    expect(running.map(({ path }) => path)).toEqual([])
    const licences = new Set(bundled(packed).map(({ about }) => about.license))
    expect([...licences].filter((licence) => !['MIT', 'ISC', 'BSD-3-Clause', 'Apache-2.0'].includes(licence))).toEqual(
      [],
    )
  })

  it('tells its version in an empty folder, far from ours', () => {
    expect(evtxray('--version')).toMatchObject({ status: 0, stdout: `${manifest.version}\n`, stderr: '' })
  })

  it('analyses its samples as the checkout does', async () => {
    const { status, stdout } = evtxray('analyze', 'package/samples/key-denied', '-q')
    expect(stdout).toContain('PROBABLE')
    expect(await run('analyze', join(SAMPLES, 'key-denied'), '-q')).toMatchObject({ code: status, out: stdout })
  })

  it('reads with threads where the native part of the pool is not there: it is of one platform, and is not needed', () => {
    rmSync(join(packed, 'node_modules', '@napi-rs'), { recursive: true, force: true })
    const one = evtxray('dump', 'package/samples/loose-logs', '--threads', '1')
    const two = evtxray('dump', 'package/samples/loose-logs', '--threads', '2', '--stats')
    expect(two.stderr).toContain('threads=2')
    expect([two.status, two.stdout.length]).toEqual([0, one.stdout.length])
    expect(two.stdout === one.stdout).toBe(true)
    expect(one.stdout.length).toBeGreaterThan(100_000)
  })

  it('is a library too: its exports resolve', () => {
    // A module of the package itself may call it by its name.
    const script = join(packed, 'use.mjs')
    writeFileSync(script, "import { analyze } from 'evtxray'\nprocess.stdout.write(typeof analyze)\n")
    expect(spawnSync(process.execPath, [script], { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: 'function' })
    expect(existsSync(join(packed, manifest.exports['.'].types))).toBe(true)
  })
})

/** Every package in an unpacked archive, by its folder. */
function bundled(root: string): { readonly path: string; readonly about: Manifest }[] {
  const folders = (below: string): string[] => {
    if (!existsSync(join(root, below))) return []
    return readdirSync(join(root, below)).flatMap((name) =>
      name.startsWith('@') ? folders(`${below}/${name}`) : name.startsWith('.') ? [] : [`${below}/${name}`],
    )
  }
  const walk = (below: string): string[] => folders(below).flatMap((path) => [path, ...walk(`${path}/node_modules`)])
  return walk('node_modules').map((path) => ({
    path,
    about: JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')),
  }))
}
