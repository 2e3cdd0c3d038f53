import type { HostState } from './host-state.ts'

/** What a piece of text is; a colour may repeat it, and never says more than the words do. */
export type PaintRole = HostState | 'heading' | 'label' | 'faint' | 'command' | 'warning'

/** Puts colour around a text without changing what it says; the identity when colour is off. */
export type Paint = (role: PaintRole, text: string) => string

/** No colour. */
export const unpainted: Paint = (_role, text) => text
