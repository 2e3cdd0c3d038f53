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

const APP = join(__dirname, '..', 'dist', 'app')
const APP_URL = `${pathToFileURL(APP).href}/`
/** What V8 makes is for one version of it, on one kind of machine. */
const COMPILED = `.${process.version}-${process.platform}-${process.arch}.compiled`
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
  const cachedData = readCompiled(filename + COMPILED)
  const script = new Script(`(function (${PARAMETERS}) {${readFileSync(filename, 'utf8')}\n})`, {
    filename,
    cachedData,
  })
  scripts.set(filename, script)
  const module = { exports: {} }
  modules.set(name, module)
  script.runInThisContext()(module.exports, requireFrom, module, filename, importFrom)
  return module.exports
}

/** What V8 finds unfit for itself it compiles anew. */
function readCompiled(file) {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

function requireFrom(id) {
  return id.startsWith('./') ? load(id.slice(2)) : requireOutside(id)
}

/** In place of `import()`, which such scripts do not have. Tasks are named by URL. */
async function importFrom(id) {
  return id.startsWith(APP_URL) ? load(id.slice(APP_URL.length)) : import(id)
}

/** Writes what V8 has made of everything loaded, functions that have run included. Part of the build. */
function keepCompiled() {
  for (const [file, script] of scripts) writeFileSync(file + COMPILED, script.createCachedData())
}

module.exports = { load, keepCompiled }
