/**
 * Loads the files that the build joined (`dist/app`), and with each what V8 made of it when it was built, where this is the
 * same Node: compiling takes as long as answering a question about a small folder. See
 * `docs/decisions/0019-compiled-ahead.md`.
 */
const { readFileSync, writeFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { join } = require('node:path')
const { pathToFileURL } = require('node:url')
const { Script } = require('node:vm')
const { crc32 } = require('node:zlib')
const { withUsualFlags } = require('./patience.js')

const APP = join(__dirname, '..', 'dist', 'app')
const APP_URL = `${pathToFileURL(APP).href}/`
/** What V8 makes is for one version of it, on one kind of machine. */
const COMPILED = `.${process.version}-${process.platform}-${process.arch}.compiled`
/** Two checksums, little-endian. */
const SUMS_SIZE = 8
const PARAMETERS = 'exports, require, module, __filename, importOutside'

/** Modules by the file's name, and the scripts that made them. */
const modules = new Map()
const scripts = new Map()
const requireOutside = createRequire(join(APP, 'main.cjs'))

/**
 * The exports of a joined file.
 *
 * @param {string} name with its ending, as in `main.cjs`
 */
function load(name) {
  const known = modules.get(name)
  if (known !== undefined) return known.exports
  const filename = join(APP, name)
  const source = readFileSync(filename)
  const cachedData = readCompiled(filename + COMPILED, source)
  const script = withUsualFlags(() => new Script(`(function (${PARAMETERS}) {${source}\n})`, { filename, cachedData }))
  scripts.set(filename, script)
  const module = { exports: {} }
  modules.set(name, module)
  try {
    script.runInThisContext()(module.exports, requireFrom, module, filename, importFrom)
  } catch (error) {
    // Whoever asks again hears the same, and is not given half of it.
    modules.delete(name)
    throw error
  }
  return module.exports
}

/**
 * What V8 made of a source. What it finds unfit for itself it compiles anew; but damage it takes as it comes, and a source it
 * knows by its length only. So the checksums of the source and of what follows stand in front.
 */
function readCompiled(file, source) {
  try {
    const bytes = readFileSync(file)
    const compiled = bytes.subarray(SUMS_SIZE)
    const isSound = bytes.readUInt32LE(0) === crc32(source) && bytes.readUInt32LE(4) === crc32(compiled)
    return isSound ? compiled : undefined
  } catch {
    return undefined
  }
}

/** True for a loaded file that V8 took as it was compiled ahead. */
function isTakenAhead(name) {
  return scripts.get(join(APP, name))?.cachedDataRejected === false
}

/** Parts of Node that take milliseconds to load, and that most runs never use. */
const SELDOM_USED = new Set(['node:crypto', 'node:child_process', 'node:worker_threads'])

function requireFrom(id) {
  if (id.startsWith('./')) return load(id.slice(2))
  return SELDOM_USED.has(id) ? late(id) : requireOutside(id)
}

/** For a dependency that was joined and asks where it came from. */
requireFrom.resolve = requireOutside.resolve

/** Stands for a module, and loads it when something of it is wanted. */
function late(id) {
  return new Proxy(
    {},
    {
      get: (_, name) => requireOutside(id)[name],
      has: (_, name) => name in requireOutside(id),
      ownKeys: () => Reflect.ownKeys(requireOutside(id)),
      getOwnPropertyDescriptor: (_, name) => {
        const value = requireOutside(id)[name]
        return value === undefined ? undefined : { value, enumerable: true, configurable: true }
      },
    },
  )
}

/** In place of `import()`, which such scripts do not have. Tasks are named by URL. */
async function importFrom(id) {
  return id.startsWith(APP_URL) ? load(id.slice(APP_URL.length)) : import(id)
}

/** Writes what V8 has made of everything loaded, functions that have run included. Part of the build. */
function keepCompiled() {
  for (const [file, script] of scripts) {
    const compiled = script.createCachedData()
    const sums = Buffer.alloc(SUMS_SIZE)
    sums.writeUInt32LE(crc32(readFileSync(file)), 0)
    sums.writeUInt32LE(crc32(compiled), 4)
    writeFileSync(file + COMPILED, Buffer.concat([sums, compiled]))
  }
}

module.exports = { load, isTakenAhead, keepCompiled }
