import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

/** A disk that answers after some seconds of the process' clock; afresh in each test, as the module remembers. */
async function asked(seconds: number) {
  vi.resetModules()
  const { promptly } = await import('../../src/evidence/promptly.ts')
  const clock = vi.spyOn(process, 'uptime')
  let time = 1
  clock.mockImplementation(() => time)
  const ways: string[] = []
  const ask = () =>
    promptly(
      () => {
        time += seconds
        ways.push('now')
        return 7
      },
      () => {
        ways.push('soon')
        return Promise.resolve(8)
      },
    )
  return { ask, ways }
}

describe('promptly()', () => {
  beforeEach(() => vi.restoreAllMocks())
  afterEach(() => vi.restoreAllMocks())

  it('asks at once as long as the answer comes at once', async () => {
    const { ask, ways } = await asked(0.0001)
    expect([await ask(), await ask(), await ask()]).toEqual([7, 7, 7])
    expect(ways).toEqual(['now', 'now', 'now'])
  })

  it('keeps those waiting who ask a slow disk', async () => {
    const { ask, ways } = await asked(0.02)
    expect([await ask(), await ask(), await ask(), await ask(), await ask()]).toEqual([7, 7, 7, 8, 8])
    expect(ways).toEqual(['now', 'now', 'now', 'soon', 'soon'])
  })

  it('rejects with what is thrown', async () => {
    vi.resetModules()
    const { promptly } = await import('../../src/evidence/promptly.ts')
    const fail = () => {
      throw new Error('EACCES')
    }
    await expect(promptly(fail, () => Promise.resolve(1))).rejects.toThrow('EACCES')
  })

  it('lets the event loop turn between many answers', async () => {
    vi.resetModules()
    const { promptly } = await import('../../src/evidence/promptly.ts')
    let turned = false
    setImmediate(() => {
      turned = true
    })
    const until = Date.now() + 2_000
    while (!turned && Date.now() < until)
      await promptly(
        () => 1,
        () => Promise.resolve(1),
      )
    expect(turned).toBe(true)
  })
})
