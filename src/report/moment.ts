import { DAY, HOUR, MINUTE, SECOND } from '../bytes/filetime.ts'
import type { Voice } from './language/voice.ts'

/** `2026-03-14 09:41`, UTC, as the language writes it. */
export function toMinute(ticks: bigint, voice: Voice): string {
  return voice.time(ticks, 'minute')
}

/** `2026-03-14 09:41:00`, UTC. */
export function toSecond(ticks: bigint, voice: Voice): string {
  return voice.time(ticks, 'second')
}

/** `2026-03-14 09:41:00.123`, UTC; cut, not rounded. */
export function toMillisecond(ticks: bigint, voice: Voice): string {
  return voice.time(ticks, 'millisecond')
}

/** `3 d 4 h`, `17 h 39 min`, `12 min`, `48 s`: the two largest units that say something; what is below is dropped. */
export function renderDuration(ticks: bigint, voice: Voice): string {
  const part = (unit: bigint, id: string) => ({ count: Number(ticks / unit), id })
  const parts =
    ticks >= DAY
      ? [part(DAY, 'unit.day'), { count: Number((ticks % DAY) / HOUR), id: 'unit.hour' }]
      : ticks >= HOUR
        ? [part(HOUR, 'unit.hour'), { count: Number((ticks % HOUR) / MINUTE), id: 'unit.minute' }]
        : [ticks >= MINUTE ? part(MINUTE, 'unit.minute') : part(SECOND, 'unit.second')]
  return parts
    .filter(({ count }, index) => index === 0 || count > 0)
    .map(({ count, id }) => voice.word('quantity', { n: String(count), unit: voice.word(id) }))
    .join(' ')
}
