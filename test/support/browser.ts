import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const EXECUTABLE = '/usr/bin/chromium'

/** False where there is no browser to try a page in: then its tests are skipped. */
export const HAS_BROWSER = existsSync(EXECUTABLE)

/** A page that was opened, and all that a reader must not meet: errors, refusals, requests. */
export interface OpenPage {
  readonly page: Page
  readonly troubles: string[]
  close(): Promise<void>
}

/** A headless Chromium. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox'] })
}

/** Opens a file as somebody does who finds it beside a ticket. */
export async function openFile(browser: Browser, path: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const troubles: string[] = []
  const address = `file://${path}`
  page.on('console', (message) => troubles.push(`console ${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== address) troubles.push(`request: ${request.url()}`)
  })
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective))",
  )
  await page.goto(address)
  return { page, troubles, close: () => context.close() }
}
