import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Analysis } from '../../../src/finding/analysis.ts'
import { groundOf } from '../../../src/report/html/day-ground.ts'
import { renderHtml } from '../../../src/report/html/page.ts'
import { analysisOf, failingHost, fleetAnalysis } from '../../support/analysis.ts'
import { HAS_BROWSER, launchBrowser, type OpenPage, openFile } from '../../support/browser.ts'
import { faintTexts } from '../../support/contrast.ts'
import { fixtureLanguage } from '../../support/finding.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { bigAnalysis, hostileAnalysis } from './pages.ts'

let browser: Browser
let opened: OpenPage | undefined

async function open(analysis: Analysis, options: BrowserContextOptions = {}): Promise<Page> {
  const path = join(temporaryFolder(), 'report.html')
  writeFileSync(path, renderHtml(analysis, { language: fixtureLanguage }))
  opened = await openFile(browser, path, options)
  return opened.page
}

const focused = (page: Page, what: string) => page.evaluate<string>(`document.activeElement.${what}`)
const isTooWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'

describe.skipIf(!HAS_BROWSER)('report.html in Chromium', () => {
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterEach(async () => {
    const troubles = opened?.troubles
    await opened?.close()
    opened = undefined
    expect(troubles).toEqual([])
  })
  afterAll(() => browser.close())

  test('runs nothing that an event says, and shows it as text, in rows of the page and in rows that the script makes', async () => {
    const page = await open(hostileAnalysis())
    expect(await page.evaluate('window.broken')).toBeUndefined()
    expect(await page.locator('img, iframe, object, embed, body script:not([data-kind]) ~ script').count()).toBe(0)
    const rows = page.locator('.evidence tbody tr')
    expect(await rows.count()).toBe(50)
    expect(await rows.first().innerText()).toContain('</script><script>window.broken=1</script>')
    await page.locator('.evidence').scrollIntoViewIfNeeded()
    await page.getByRole('button', { name: 'next records' }).click()
    expect(await rows.first().innerText()).toContain('</script><script>window.broken=1</script>')
    const fold = rows.first().locator('details')
    expect(await fold.locator('pre').isVisible()).toBe(false)
    await fold.locator('summary').click()
    expect(await fold.locator('pre').innerText()).toContain('<Event></script><script>window.broken=1</script>')
    await page.locator('.marks a').first().focus()
    expect(await page.locator('.tip').innerText()).toContain('<img src=x onerror=window.broken=1>')
    expect(await page.evaluate('window.broken')).toBeUndefined()
  })

  test('draws the bars of each lane on its own ground', async () => {
    const page = await open(analysisOf([failingHost()]))
    const grounds = await page.evaluate<[number, number][]>(
      `[...document.querySelectorAll('.bars path')].map((bars) => {
        const { top } = bars.closest('.plot').getBoundingClientRect()
        return [Number(bars.dataset.lane), Math.round(bars.getBoundingClientRect().bottom - top)]
      })`,
    )
    expect(grounds.length).toBeGreaterThan(0)
    expect(grounds).toEqual(grounds.map(([row]) => [row, groundOf(row)]))
  })

  test('lets no text be made a script, by the browser itself', async () => {
    const page = await open(analysisOf([failingHost()]))
    const attack = page.evaluate("document.body.setAttribute('onclick', 'window.broken = 1')")
    await expect(attack).rejects.toThrow('TrustedScript')
    await expect.poll(() => opened?.troubles.join('\n')).toContain('policy: require-trusted-types-for')
    opened?.troubles.splice(0)
  })

  test('runs no script but the one that it was written with', async () => {
    const path = join(temporaryFolder(), 'report.html')
    const html = renderHtml(analysisOf([failingHost()]), { language: fixtureLanguage })
    writeFileSync(path, html.replace("'use strict'", "'use strict';"))
    opened = await openFile(browser, path)
    expect(await opened.page.locator('.tools').count()).toBe(0)
    expect(opened.troubles.splice(0).join('\n')).toContain('policy: script-src')
  })

  test('is worked by the keyboard: Tab reaches a lane, arrows go on, Enter goes to the row and back to the mark', async () => {
    const page = await open(analysisOf([failingHost()]))
    for (let steps = 0; steps < 10 && !(await focused(page, 'id')).startsWith('h0m'); steps++) {
      await page.keyboard.press('Tab')
    }
    const first = await focused(page, 'id')
    expect(first).toMatch(/^h0m/)
    expect(await page.locator('.tip').innerText()).toContain('trigger 1058 · 2026-03-13 16:02:10.913')
    await page.keyboard.press('ArrowRight')
    expect(await page.locator('.tip').innerText()).toContain('2026-03-13 18:11:40.205')
    await page.keyboard.press('ArrowDown')
    expect(await page.locator('.tip').innerText()).toContain('support 36870')
    await page.keyboard.press('ArrowUp')
    const mark = await focused(page, 'id')
    await page.keyboard.press('Enter')
    expect(await focused(page, 'textContent')).toBe('2026-03-13 18:11:40.205')
    expect(await page.locator('.evidence tr.chosen').count()).toBe(1)
    await page.keyboard.press('Enter')
    expect(await focused(page, 'id')).toBe(mark)
  })

  test('a click on a mark chooses its row, and a click on a row its mark', async () => {
    const page = await open(analysisOf([failingHost()]))
    await page.locator('.marks a:has([href="#trigger"])').nth(2).click()
    expect(await page.locator('tr.chosen').innerText()).toContain('2026-03-13 20:02:11.011')
    await page.locator('.evidence tbody tr').nth(8).locator('td').nth(4).click()
    const mark = await page.locator('.evidence tbody tr').nth(8).locator('a').getAttribute('href')
    expect(`#${await page.locator('.marks a.chosen').getAttribute('id')}`).toBe(mark)
  })

  test('a first tap on a mark tells, a second goes to its row', async () => {
    const page = await open(analysisOf([failingHost()]), { hasTouch: true, viewport: { width: 390, height: 800 } })
    const mark = page.locator('.marks a:has([href="#trigger"])').nth(3)
    await mark.tap()
    expect(await page.locator('.tip').innerText()).toContain('2026-03-13 21:40:02.770')
    await mark.tap()
    expect(await focused(page, 'textContent')).toBe('2026-03-13 21:40:02.770')
  })

  test('the table sorts by its heads, and filters by text and role', async () => {
    const page = await open(analysisOf([failingHost()]))
    const rows = page.locator('.evidence tbody tr')
    await page.getByRole('button', { name: 'record', exact: true }).click()
    await page.getByRole('button', { name: 'record', exact: true }).click()
    expect(await rows.first().innerText()).toContain('48653')
    expect(await page.locator('.evidence th[aria-sort=descending]').innerText()).toContain('record')
    await page.getByRole('searchbox').fill('36870')
    await expect.poll(() => rows.count()).toBe(7)
    expect(await page.locator('.tools output').innerText()).toBe('7 of 14')
    await page.locator('select[name=role]').selectOption('trigger')
    await expect.poll(() => page.locator('.tools output').innerText()).toBe('no record matches')
  })

  test('a button copies a command whole', async () => {
    const page = await open(analysisOf([failingHost()]), { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.locator('.copy').nth(1).click()
    await expect.poll(() => page.locator('.copy').nth(1).innerText()).toBe('copied')
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      'reg load HKLM\\BROKEN F:\\Windows\\System32\\config\\SYSTEM',
    )
  })

  test.each(['light', 'dark'] as const)(
    'every text can be read in %s, of one host and of many',
    async (colorScheme) => {
      for (const analysis of [analysisOf([failingHost()]), fleetAnalysis()]) {
        await opened?.close()
        const page = await open(analysis, { colorScheme })
        await page.evaluate('for (const fold of document.querySelectorAll("details")) fold.open = true')
        await page.locator('.marks a').first().focus()
        expect(await faintTexts(page)).toEqual([])
      }
    },
  )

  test.each([360, 768, 1280, 1920])('no page is wider than a window of %i pixels', async (width) => {
    for (const analysis of [hostileAnalysis(), fleetAnalysis()]) {
      await opened?.close()
      const page = await open(analysis, { viewport: { width, height: 800 } })
      await page.evaluate('for (const fold of document.querySelectorAll("details")) fold.open = true')
      expect(await page.evaluate(isTooWide)).toBe(false)
    }
  })

  test('reads with scripts off: picture, rows, links between them, repair', async () => {
    const page = await open(analysisOf([failingHost()]), { javaScriptEnabled: false })
    expect(await page.locator('.marks a').count()).toBeGreaterThan(10)
    expect(await page.locator('.evidence tbody tr').count()).toBe(14)
    expect(await page.locator('form, button').count()).toBe(0)
    await page.locator('.marks a:has([href="#trigger"])').first().click()
    expect(page.url()).toMatch(/#h0r0$/)
    await page.locator('.evidence tbody a').nth(1).click()
    expect(page.url()).toMatch(/#h0m\d+$/)
    expect(await page.locator('.way pre').first().innerText()).toContain('icacls')
  })

  test('with scripts off the XML of a record unfolds, and is text', async () => {
    const page = await open(hostileAnalysis(), { javaScriptEnabled: false })
    const fold = page.locator('.evidence details').first()
    await fold.locator('summary').click()
    expect(await fold.locator('pre').innerText()).toContain('<Event></script><script>window.broken=1</script>')
  })

  test('with scripts off a table of many rows says how many it leaves out and where they are', async () => {
    const page = await open(hostileAnalysis(), { javaScriptEnabled: false })
    expect(await page.locator('.evidence tbody tr').count()).toBe(50)
    expect(await page.locator('.bound').innerText()).toMatch(/^50 of 120 records.*timeline\.csv/)
  })

  test('prints black on white, without what can only be clicked', async () => {
    const page = await open(analysisOf([failingHost()]), { colorScheme: 'dark' })
    await page.emulateMedia({ media: 'print' })
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
    const colors = 'new Set([...document.querySelectorAll("main *")].map((each) => getComputedStyle(each).color))'
    expect(await page.evaluate<string[]>(`[...${colors}]`)).toEqual(
      expect.arrayContaining(['rgb(0, 0, 0)', 'rgb(51, 51, 51)']),
    )
    expect(await page.evaluate(`${colors}.size`)).toBe(2)
    expect(await page.locator('.copy, .tools').filter({ visible: true }).count()).toBe(0)
    expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000)
  })

  test('20,000 rows are there within two seconds, and are sorted and searched at once', async () => {
    const html = renderHtml(bigAnalysis(20_000), { language: fixtureLanguage })
    expect(Buffer.byteLength(html)).toBeLessThan(10_000_000)
    const path = join(temporaryFolder(), 'report.html')
    writeFileSync(path, html)
    opened = await openFile(browser, path)
    const { page } = opened
    const output = page.locator('.tools output')
    await expect.poll(() => output.innerText(), { interval: 10 }).toBe('1 to 50 of 20,000')
    // The page's own clock: from the beginning of its loading.
    const ready = await page.evaluate<number>('performance.now()')
    await page.getByRole('searchbox').fill('needle-77.')
    await expect.poll(() => output.innerText(), { interval: 10 }).toBe('2 of 20,000')
    const searched = await page.evaluate<number>('performance.now()')
    await page.getByRole('searchbox').fill('')
    await page.getByRole('button', { name: 'record', exact: true }).click()
    await expect.poll(() => output.innerText(), { interval: 10 }).toBe('1 to 50 of 20,000')
    const sorted = await page.evaluate<number>('performance.now()')
    expect(ready).toBeLessThan(2_000)
    expect(searched - ready).toBeLessThan(2_000)
    expect(sorted - searched).toBeLessThan(2_000)
  })
})

test.skipIf(HAS_BROWSER)('report.html in Chromium was NOT tried: there is no /usr/bin/chromium', () => {})
