import type { HiveName } from '../facts/registry-fact.ts'
import type { RemediationStep } from '../finding/finding.ts'
import { type Sentence, sentence } from '../finding/sentence.ts'
import { UNKNOWN_HIVES } from './broken-hives.ts'
import type { RepairPlace } from './scenario.ts'

/** Where the hives of the broken Windows are loaded. */
const BROKEN_SYSTEM = 'HKLM\\BROKENSYSTEM'
export const BROKEN_SOFTWARE = 'HKLM\\BROKENSOFTWARE'

/** Nothing is done to the only copy. */
export function snapshotFirst({ drive }: RepairPlace): RemediationStep {
  return { text: sentence('repair.snapshot-first', { drive }) }
}

/** Saves a registry key, once, and says so: a repair that is done again would save what it made. */
export function exportOnce(key: string, saved: string): string {
  return `if exist ${saved} (echo Saved before) else reg export "${key}" ${saved}`
}

/** Brings back what `exportOnce` saved; a key that was not there could not be saved, and nor could one saved elsewhere. */
export function importSaved(saved: string): string {
  return `if exist ${saved} (reg import ${saved}) else echo Not saved`
}

/** Onto a machine that nobody reaches over RDP. */
export const GET_IN: RemediationStep = { text: sentence('repair.get-in') }
/** Schannel reads its settings once. */
export const RESTART: RemediationStep = { text: sentence('repair.restart'), command: 'shutdown /r /t 0' }
/** Gives the disk back. */
export const SWAP_DISK: RemediationStep = { text: sentence('repair.swap-disk') }

/** Loads the SYSTEM hive, and finds out which of its control sets counts where that is not known. */
export function openSystem(place: RepairPlace): readonly RemediationStep[] {
  return [loadSystem(place), ...findControlSet(place)]
}

/** Loads the SYSTEM hive. */
export function loadSystem({ drive }: RepairPlace): RemediationStep {
  return {
    text: sentence('repair.load-system'),
    command: `reg load ${BROKEN_SYSTEM} ${drive}\\Windows\\System32\\config\\SYSTEM`,
  }
}

function findControlSet({ hives = UNKNOWN_HIVES }: RepairPlace): readonly RemediationStep[] {
  const { controlSet, lostControlSet } = hives
  if (controlSet !== undefined) return []
  if (lostControlSet === undefined) {
    return [{ text: sentence('repair.control-set'), command: `reg query ${BROKEN_SYSTEM}\\Select /v Current` }]
  }
  // Select would name the one that is not there: the sets of the hive are listed in its place.
  const text = sentence('repair.control-set-lost', { name: lostControlSet })
  return [{ text, command: `reg query ${BROKEN_SYSTEM}` }]
}

/** The control set in force in the loaded hive; `ControlSet00N` where it is not known. */
export function brokenControlSet({ hives }: RepairPlace): string {
  return `${BROKEN_SYSTEM}\\${hives?.controlSet ?? 'ControlSet00N'}`
}

/** The risk of a repair: that of the hives it loads, where one is cut or lacks its control set, before its own. */
export function riskOfHives(
  { hives = UNKNOWN_HIVES }: RepairPlace,
  loaded: readonly HiveName[],
  own: Sentence,
): Sentence {
  const cut = hives.cut.filter((hive) => loaded.includes(hive))
  if (cut.length > 0) return sentence('repair.risk-cut-hive', { hives: cut.join(', '), count: cut.length })
  const { lostControlSet } = hives
  if (lostControlSet === undefined || !loaded.includes('SYSTEM')) return own
  return sentence('repair.risk-no-control-set', { name: lostControlSet })
}

/** Loads the SOFTWARE hive. */
export function loadSoftware({ drive }: RepairPlace): RemediationStep {
  return {
    text: sentence('repair.load-software'),
    command: `reg load ${BROKEN_SOFTWARE} ${drive}\\Windows\\System32\\config\\SOFTWARE`,
  }
}

/** Lets go of the SYSTEM hive; until then the disk cannot be detached. */
export const UNLOAD_SYSTEM: RemediationStep = {
  text: sentence('repair.unload-system'),
  command: `reg unload ${BROKEN_SYSTEM}`,
}
/** Lets go of the SOFTWARE hive. */
export const UNLOAD_SOFTWARE: RemediationStep = {
  text: sentence('repair.unload-software'),
  command: `reg unload ${BROKEN_SOFTWARE}`,
}
