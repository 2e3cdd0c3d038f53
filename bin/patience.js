/**
 * V8 optimises a function once it has run for a while. A command that ends soon pays for that and never earns it: told so,
 * V8 waits longer. See `docs/decisions/0022-short-work-is-not-optimised.md`.
 */

/** What has run, in bytes of bytecode, before V8 looks whether to optimise: its own, and for short work. Node 20 only. */
const BUDGET = process.versions.v8.startsWith('11.') ? { usual: 67_584, short: 1_000_000 } : undefined
/** Where a worker finds the number below. */
const LOADING = 'evtxray.loading'

/** How many threads load files at the moment: one number that they share. Undefined where work is not short. */
let loading

/**
 * From here on little is left to do.
 *
 * @param {number} workers that will share it, and have to know of the flag, which is the whole process's
 */
function expectShortWork(workers) {
  if (BUDGET === undefined) return
  loading = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  // Loaded only where it is needed: it takes a millisecond.
  if (workers > 0) require('node:worker_threads').setEnvironmentData(LOADING, loading)
  setBudget(BUDGET.short)
}

/** What a worker begins with. */
function joinWork() {
  loading = require('node:worker_threads').getEnvironmentData(LOADING)
}

/**
 * What was compiled ahead V8 takes only under the flags that it was made under, its own. They stay until no thread loads.
 * (Who begins in the moment between has its file compiled anew.)
 */
function withUsualFlags(work) {
  if (loading === undefined) return work()
  Atomics.add(loading, 0, 1)
  setBudget(BUDGET.usual)
  try {
    return work()
  } finally {
    if (Atomics.sub(loading, 0, 1) === 1) setBudget(BUDGET.short)
  }
}

function setBudget(bytes) {
  // Loaded late: most runs never need it.
  require('node:v8').setFlagsFromString(`--interrupt-budget=${bytes}`)
}

module.exports = { expectShortWork, joinWork, withUsualFlags }
