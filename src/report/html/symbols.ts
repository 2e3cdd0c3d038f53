import type { HostState } from '../host-state.ts'
import { html, type Markup } from './markup.ts'

/**
 * The shapes of the page, drawn once and used by name. A verdict is a disc that is the fuller the surer it is; a role
 * is a shape of its own, so that nothing hangs on colour. The style sheet puts the same shapes before the roles' words.
 */
export function symbolSheet(): Markup {
  return html`<svg class="sheet" aria-hidden="true" width="0" height="0">
<symbol id="confirmed" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7"/></symbol>
<symbol id="probable" viewBox="0 0 16 16"><circle class="o" cx="8" cy="8" r="6.2"/><path d="M8 8V1a7 7 0 1 1-7 7z"/></symbol>
<symbol id="possible" viewBox="0 0 16 16"><circle class="o" cx="8" cy="8" r="6.2"/><path d="M8 1a7 7 0 0 1 0 14z"/></symbol>
<symbol id="historic" viewBox="0 0 16 16"><circle class="o" cx="8" cy="8" r="6.2"/><path class="o" d="M8 4.2V8l2.6 2"/></symbol>
<symbol id="refuted" viewBox="0 0 16 16"><circle class="o" cx="8" cy="8" r="6.2"/><path class="o" d="M5.4 5.4l5.2 5.2m0-5.2l-5.2 5.2"/></symbol>
<symbol id="unknown" viewBox="0 0 16 16"><circle class="o" cx="8" cy="8" r="6.2" stroke-dasharray="2.6 2.3"/><path class="o" d="M6.2 6.4a1.9 1.9 0 1 1 2.5 1.9c-.5.2-.7.5-.7 1.1m0 1.8v.3"/></symbol>
<symbol id="nothing-found" viewBox="0 0 16 16"><circle class="o" cx="8" cy="8" r="6.2"/></symbol>
<symbol id="healthy" viewBox="0 0 16 16"><circle class="o" cx="8" cy="8" r="6.2"/><path class="o" d="M5 8.3l2.1 2.1L11.2 6"/></symbol>
<defs>
<g id="trigger"><circle class="hit" r="12"/><path class="grow" d="M0-6L6 0 0 6-6 0z"/></g>
<g id="support"><circle class="hit" r="12"/><path class="o" d="M0-4.8L4.8 0 0 4.8-4.8 0z"/></g>
<g id="heal"><circle class="hit" r="12"/><circle class="o" r="5.6"/><path class="o" d="M-2.7.2L-.7 2.2 3-2"/></g>
<g id="refute"><circle class="hit" r="12"/><path class="o" d="M-4-4L4 4M4-4L-4 4"/></g>
<g id="context"><circle class="hit" r="12"/><path class="o" d="M0-5V5"/></g>
<path id="boot" d="M0 46L5.4 55.4H-5.4z"/>
<line id="tick" y1="20" y2="100%"/><line id="midnight" y1="20" y2="100%"/><line id="edge" y1="20" y2="100%"/>
<path id="before" class="o" d="M7-5L2 0 7 5"/>
</defs>
<pattern id="lanes" y="26" width="36" height="36" patternUnits="userSpaceOnUse"><path class="hair" d="M0 35.5H36"/></pattern>
<pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="paper" width="8" height="8"/><path class="hatch" d="M-1 1L1-1M-1 9L9-1M7 9L9 7"/></pattern>
</svg>`
}

/** The shape of a verdict beside its word. */
export function verdictShape(state: HostState): Markup {
  return html`<svg class="v"><use href="#${state}"/></svg>`
}
