import type { RemediationStep } from '../finding/finding.ts'
import { sentence } from '../finding/sentence.ts'
import type { RepairPlace } from './scenario.ts'

/** Where the hives of the broken Windows are loaded. */
export const BROKEN_SYSTEM = 'HKLM\\BROKENSYSTEM'
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

/** Loads the SYSTEM hive. */
export function loadSystem({ drive }: RepairPlace): RemediationStep {
  return {
    text: sentence('repair.load-system'),
    command: `reg load ${BROKEN_SYSTEM} ${drive}\\Windows\\System32\\config\\SYSTEM`,
  }
}

/** Finds out which control set of the loaded hive counts; nothing where that is known. */
export function findControlSet(controlSet: string | undefined): readonly RemediationStep[] {
  if (controlSet !== undefined) return []
  return [{ text: sentence('repair.control-set'), command: `reg query ${BROKEN_SYSTEM}\\Select /v Current` }]
}

/** The control set in force in the loaded hive; `ControlSet00N` where it is not known. */
export function brokenControlSet(controlSet: string | undefined): string {
  return `${BROKEN_SYSTEM}\\${controlSet ?? 'ControlSet00N'}`
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
