import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { type Job, type Outcome, runTasks, siblingModule } from '../../src/pool/pool.ts'

const MODULE = new URL('../support/pool-tasks.js', import.meta.url)

/** Threads of a job, and whether the calling one is among them. */
type Crew = Pick<Job, 'threads' | 'helpHere'>

function job(name: string, crew: number | Crew, signal = new AbortController().signal): Job {
  return { module: MODULE, name, ...(typeof crew === 'number' ? { threads: crew } : crew), signal }
}

/** Outcomes in the order in which they were handed back: values, or the messages of errors. */
async function outcomes(name: string, tasks: readonly unknown[], threads: number | Crew): Promise<unknown[]> {
  const all: unknown[] = []
  await runTasks<unknown, unknown>(job(name, threads), tasks, (outcome, index) => {
    expect(index).toBe(all.length)
    all.push(outcome.ok ? outcome.value : outcome.error.message)
  })
  return all
}

const CREWS: readonly Crew[] = [
  { threads: 1 },
  { threads: 2 },
  { threads: 4 },
  { threads: 2, helpHere: true },
  { threads: 3, helpHere: true },
]

describe.each(CREWS)('runTasks() with $threads threads, helping here: $helpHere', (crew) => {
  it('hands back the outcomes in the order of the tasks, though later ones are done first', async () => {
    expect(await outcomes('slowSquare', [0, 1, 2, 3, 4, 5], crew)).toEqual([0, 1, 4, 9, 16, 25])
  })

  it('fails the task that throws and no other', async () => {
    const tasks = ['a', 'throw', 'b', 'throw-text', 'c']
    expect(await outcomes('obey', tasks, crew)).toEqual(['a', 'this one is bad', 'b', 'a text', 'c'])
  })

  it('does nothing for no tasks', async () => {
    expect(await outcomes('obey', [], crew)).toEqual([])
  })

  it('ends with what the taker throws, and hands back nothing more', async () => {
    const taken: number[] = []
    const running = runTasks(job('obey', crew), ['a', 'b', 'c', 'd'], (_, index) => {
      taken.push(index)
      if (index === 1) throw new Error('the disk is full')
    })
    await expect(running).rejects.toThrow('the disk is full')
    await setTimeout(50)
    expect(taken).toEqual([0, 1])
  })

  it('begins nothing when it was aborted before', async () => {
    const taken: unknown[] = []
    const running = runTasks(job('obey', crew, AbortSignal.abort('enough')), ['a'], () => void taken.push(1))
    await expect(running).rejects.toBe('enough')
    expect(taken).toEqual([])
  })

  it('throws the reason when it is aborted in the middle, and hands back nothing more', async () => {
    const abort = new AbortController()
    const taken: number[] = []
    const running = runTasks(job('slowSquare', crew, abort.signal), [0, 0, 0, 0, 0, 0], (_, index) => {
      taken.push(index)
      abort.abort('enough')
    })
    await expect(running).rejects.toBe('enough')
    expect(taken).toEqual([0])
  })

  it('holds the tasks back while the taker is slow', async () => {
    const counter = new SharedArrayBuffer(4)
    const begun: number[] = []
    await runTasks(
      job('countStart', crew),
      Array.from({ length: 40 }, () => counter),
      async (_, index) => {
        if (index > 2) return
        await setTimeout(40)
        begun.push(Atomics.load(new Int32Array(counter), 0) - index)
      },
    )
    // Two for each thread: one that runs, one that is ready.
    for (const ahead of begun) expect(ahead).toBeLessThanOrEqual(2 * crew.threads)
    expect(Atomics.load(new Int32Array(counter), 0)).toBe(40)
  })
})

describe('runTasks()', () => {
  it.each(CREWS)('keeps no result that was taken, with $threads threads, helping here: $helpHere', async (crew) => {
    setFlagsFromString('--expose-gc')
    // What the flag brings into a new context.
    const collectGarbage = runInNewContext('gc') as () => void
    const taken: WeakRef<object>[] = []
    let alive = Number.NaN
    await runTasks<number, object>(job('bytes', crew), Array(20).fill(1_000), async (outcome, index) => {
      if (outcome.ok) taken.push(new WeakRef(outcome.value))
      if (index < 19) return
      await setTimeout(20)
      collectGarbage()
      alive = taken.slice(0, 10).filter((each) => each.deref() !== undefined).length
    })
    expect(taken).toHaveLength(20)
    expect(alive).toBe(0)
  })

  it('stays in this thread with one thread, and leaves it with more', async () => {
    const places: Outcome<{ isMainThread: boolean; threadId: number }>[] = []
    const take = (outcome: Outcome<{ isMainThread: boolean; threadId: number }>) => void places.push(outcome)
    await runTasks(job('where', 1), [0], take)
    await runTasks(job('where', 2), [0, 0], take)
    const ids = places.map((outcome) => (outcome.ok ? outcome.value.threadId : Number.NaN))
    const { threadId } = await import('node:worker_threads')
    expect(ids[0]).toBe(threadId)
    expect(ids[1]).not.toBe(threadId)
  })

  it('takes the calling thread as one of several where it may', async () => {
    const here = new Set<boolean>()
    const { threadId } = await import('node:worker_threads')
    const crew = { threads: 2, helpHere: true }
    await runTasks<unknown, { threadId: number }>(job('where', crew), Array(60).fill(0), async (outcome) => {
      if (outcome.ok) here.add(outcome.value.threadId === threadId)
      // The worker takes a while to start.
      await setTimeout(5)
    })
    expect(here).toEqual(new Set([true, false]))
  })

  it('hands over the memory of a result from a worker, and leaves none there', async () => {
    const all: { left?: number; size: number }[] = []
    await runTasks<number, { left?: number; moves: readonly ArrayBuffer[] }>(
      job('move', 2),
      [8, 8, 8, 8],
      (outcome) => {
        if (outcome.ok) all.push({ ...outcome.value, size: outcome.value.moves[0]!.byteLength })
      },
    )
    expect(all.map(({ size }) => size)).toEqual([8, 8, 8, 8])
    expect(all.filter(({ left }) => left === 0).length).toBeGreaterThanOrEqual(2)
    expect(all.every(({ left }) => left === undefined || left === 0)).toBe(true)
  })

  it('tells a task whether it runs in the calling thread', async () => {
    expect(await outcomes('place', [0, 0], 1)).toEqual(['here', 'here'])
    expect(await outcomes('place', [0, 0], 2)).toEqual(['worker', 'worker'])
  })

  it('takes what the calling thread lends before its next task begins', async () => {
    const lent: number[] = []
    const crew = { ...job('lend', { threads: 2, helpHere: true }), lendsHere: true }
    await runTasks<number, { value: Uint8Array; wanted: number }>(crew, [...Array(40).keys()], async (outcome) => {
      await setTimeout(1)
      if (outcome.ok) lent.push(outcome.value.value[0]! - outcome.value.wanted)
    })
    expect(lent).toEqual(Array(40).fill(0))
  })

  it('fails the task whose worker dies, and goes on with the others', async () => {
    const all = await outcomes('obey', ['a', 'exit', 'b', 'c', 'exit', 'd', 'e'], 2)
    expect(all.filter((each) => String(each).length === 1)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect([all[1], all[4]].every((each) => /exit|worker/i.test(String(each)))).toBe(true)
  })

  it('ends a worker that would not end by itself when it is aborted', async () => {
    const abort = new AbortController()
    const running = runTasks(job('obey', 2, abort.signal), ['spin', 'spin', 'spin'], () => {})
    await setTimeout(150)
    const aborted = performance.now()
    abort.abort('enough')
    await expect(running).rejects.toBe('enough')
    expect(performance.now() - aborted).toBeLessThan(1_000)
  })

  it('fails every task when the module is not there', async () => {
    const lost = { ...job('obey', 2), module: new URL('./not-there.js', MODULE) }
    const all: boolean[] = []
    await runTasks(lost, ['a', 'b', 'c'], ({ ok }) => void all.push(ok))
    expect(all).toEqual([false, false, false])
  })
})

describe('siblingModule()', () => {
  it('has the ending of the module that asks', () => {
    expect(siblingModule('scan-task', 'file:///x/dist/scan/survey.js').href).toBe('file:///x/dist/scan/scan-task.js')
    expect(siblingModule('scan-task', 'file:///x/src/scan/survey.ts').href).toBe('file:///x/src/scan/scan-task.ts')
  })
})
