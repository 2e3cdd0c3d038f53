import { setBound } from './current'
import { emitEvtxray, rolesOfEvtxray } from './emit-evtxray'
import { emitJson } from './emit-json'
import { emitRow } from './emit-row'
import { emitXml } from './emit-xml'
import { beginEvent, endEvent } from './evtxray-meta'
import { SCRATCH_PLAN, SCRATCH_PLAN_END } from './memory'
import * as node from './node'
import * as plan from './plan'
import { beginRow, endRow, setCsv } from './row'
import { forgetGroups } from './row-group'
import { runEvtxDump, runEvtxray, setOwn, startMarks } from './run-json'
import { runRow } from './run-row'
import { runXml } from './run-xml'
import { IS_CHILD, IS_ROOT } from './template'
import { doubleQuotes } from './text'

/** How records are written; chosen once, before the first chunk. */
export const XML: u32 = 0
export const EVTX_DUMP: u32 = 1
/** Rows of a timeline, framed. */
export const ROWS_CSV: u32 = 2
export const ROWS_JSONL: u32 = 3
/** Our own JSON. */
export const EVTXRAY: u32 = 4

let dialect: u32 = XML

/** Chooses how records are written. */
export function setDialect(chosen: u32): void {
  dialect = chosen
  setCsv(chosen == ROWS_CSV)
  setOwn(chosen == EVTXRAY)
  if (chosen == ROWS_CSV) doubleQuotes()
  if (isRows()) forgetGroups()
}

// @ts-ignore: decorator
@inline
function isRows(): bool {
  return dialect == ROWS_CSV || dialect == ROWS_JSONL
}

/** What an element may stand for, as flags of templates. */
export function rolesOfElement(element: usize): u32 {
  return dialect == EVTXRAY ? rolesOfEvtxray(element) : IS_ROOT | IS_CHILD
}

/** Elements one behind the other have a meaning. */
export function hasSequences(): bool {
  return dialect == XML
}

/** Writes nodes as ops of a plan, or as text. @returns where it ends; 0 when the plain renderer has to do it */
export function emit(first: usize, end: usize, at: usize): usize {
  if (isRows()) return node.endOf(first) == end ? emitRows(first, at) : 0
  if (dialect == EVTX_DUMP) return emitJson(first, at)
  if (dialect == EVTXRAY) return emitEvtxray(first, at)
  for (let element = first; element < end; element = node.endOf(element)) {
    at = emitXml(element, at)
    if (at == 0) return 0
  }
  return at
}

/** A row has its parts at hand only when it runs: what has no template gets a plan for once. */
function emitRows(element: usize, at: usize): usize {
  if (plan.compiling) return emitRow(element, at, false)
  setBound(SCRATCH_PLAN_END)
  const begun = plan.beginPlan(SCRATCH_PLAN)
  const end = emitRow(element, begun, true)
  if (end != 0) plan.closeOp(end, plan.END, 0, 0, 0)
  plan.endPlan()
  return end == 0 ? 0 : runRow(SCRATCH_PLAN, SCRATCH_PLAN, at, 0)
}

/** Runs a plan. @returns where its text ends; 0 when the plain renderer has to do it */
// @ts-ignore: decorator
@inline
export function runPlan(plan: usize, slots: usize, at: usize, depth: i32): usize {
  if (dialect == XML) return runXml(plan, slots, at, depth)
  if (dialect == EVTX_DUMP) return runEvtxDump(plan, slots, at, depth)
  return dialect == EVTXRAY ? runEvtxray(plan, slots, at, depth) : runRow(plan, slots, at, depth)
}

/**
 * Writes what stands before a record.
 *
 * @param offset of the record
 */
// @ts-ignore: decorator
@inline
export function beginRecord(at: usize, offset: u32): usize {
  if (dialect == XML) return at
  if (isRows()) return beginRow(at, offset)
  startMarks()
  if (dialect == EVTXRAY) return beginEvent(at, offset)
  store<u8>(at, 0x7b)
  return at + 1
}

/** Writes what stands behind a record. @returns where it ends; 0 when the plain renderer has to do it */
// @ts-ignore: decorator
@inline
export function endRecord(at: usize): usize {
  if (dialect == XML) return at
  if (isRows()) return endRow(at)
  if (dialect == EVTXRAY) return endEvent(at)
  store<u16>(at, 0x0a7d)
  return at + 2
}
