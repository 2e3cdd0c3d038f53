import { attribute, type Markup } from './markup.ts'

/** Names of the places in the page that others lead to. */
export const hostId = (host: number): string => `h${host}`
export const rowId = (host: number, row: number): string => `h${host}r${row}`
export const markId = (host: number, mark: number): string => `h${host}m${mark}`

/** ` id="…"` for a blank within a tag. */
export function idOf(name: string): Markup | undefined {
  return attribute('id', name)
}
