/**
 * V8 optimises a function once it has run for a while. A command that ends soon pays for that and never earns it: told so,
 * V8 waits longer. See `docs/decisions/0022-short-work-is-not-optimised.md`.
 */

/** What has run, in bytes of bytecode, before V8 looks whether to optimise: its own, and for short work. Node 20 only. */
const BUDGET = process.versions.v8.startsWith('11.') ? { usual: 67_584, short: 400_000 } : undefined

let isShort = false

/** From here on little is left to do, and this thread does it alone: flags are the whole process's. */
function expectShortWork() {
  if (BUDGET === undefined) return
  isShort = true
  setBudget(BUDGET.short)
}

/** What was compiled ahead V8 takes only under the flags that it was made under, its own. */
function withUsualFlags(work) {
  if (!isShort) return work()
  setBudget(BUDGET.usual)
  try {
    return work()
  } finally {
    setBudget(BUDGET.short)
  }
}

function setBudget(bytes) {
  // Loaded late: most runs never need it.
  require('node:v8').setFlagsFromString(`--interrupt-budget=${bytes}`)
}

module.exports = { expectShortWork, withUsualFlags }
