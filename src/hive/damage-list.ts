import type { Damage, DamageKind } from '../errors.ts'

/** Damage that one hive keeps; what is met after that is counted only. */
const MOST_KEPT = 200

/** What was met in one hive that could not be read, in the order it was met; the same place is kept once. */
export class DamageList {
  readonly kept: Damage[] = []
  /** How often damage was met, the same place each time anew: grows by any look-up that came upon some. */
  met = 0
  private readonly places = new Set<string>()

  add(kind: DamageKind, offset: number, length: number, detail: string): void {
    this.met++
    const place = `${kind} ${offset} ${detail}`
    if (this.kept.length >= MOST_KEPT || this.places.has(place)) return
    this.places.add(place)
    this.kept.push({ kind, offset, length, detail })
  }
}

/** `0x1f`: how an offset is told. */
export function hexOf(offset: number): string {
  return `0x${offset.toString(16)}`
}
