import { accessSync, constants } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** Where systems put Chromium; the first that is there is used. */
const CHROMIUM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
]
/** How long a step may take on a machine that is busy with other tests. */
const STEP_MS_MAX = 20_000

export const WIDE = { width: 1360, height: 860 }
export const NARROW = { width: 390, height: 844 }

/** The path of Chromium, or `null` when the machine has none. */
export function findChromium(): string | null {
  return CHROMIUM_PATHS.find(isProgram) ?? null
}

/** Why the journeys are skipped; empty when they are not. */
export const NO_CHROMIUM = findChromium() === null ? `no Chromium at ${CHROMIUM_PATHS.join(', ')}` : ''

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium() ?? '', args: FLAGS, headless: true })
}

export interface Visitor {
  readonly context: BrowserContext
  readonly page: Page
  /** What the page complained about: errors thrown, requests to other machines. */
  readonly complaints: string[]
}

/** A person with a browser of their own: cookies, language, width. */
export async function visitor(
  browser: Browser,
  options: { language: 'en' | 'ar'; viewport?: { width: number; height: number }; dark?: boolean },
): Promise<Visitor> {
  const context = await browser.newContext({
    locale: options.language === 'ar' ? 'ar-SA' : 'en-GB',
    viewport: options.viewport ?? WIDE,
    colorScheme: options.dark === true ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(STEP_MS_MAX)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).hostname !== '127.0.0.1') {
      complaints.push(`asked another machine: ${request.url()}`)
    }
  })
  return { context, page, complaints }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false // Not there, or not ours to run.
  }
}
