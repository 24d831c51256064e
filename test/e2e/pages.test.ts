import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchChromium, NARROW, NO_CHROMIUM, type Visitor, visitor, WIDE } from './browser.ts'
import { inboxPage } from './inbox-page.ts'
import { simulatedPhone } from './simulated-phone.ts'
import { type StartedWasl, startWaslWithSimulator } from './started-wasl.ts'
import { type Language, wordsOf } from './words.ts'

const SOON = { timeout: 30_000, interval: 100 }
/** The least height and width of what a finger presses on a phone, in CSS pixels. */
const TOUCH_PX_MIN = 44
const LOOKS = (['en', 'ar'] as const).flatMap((language) => [
  { language, dark: false },
  { language, dark: true },
])

describe('the pages', () => {
  let wasl: StartedWasl
  let browser: Browser

  beforeEach((context) => context.skip(NO_CHROMIUM !== '', NO_CHROMIUM))
  beforeAll(async () => {
    if (NO_CHROMIUM !== '') return
    ;[wasl, browser] = await Promise.all([startWaslWithSimulator(), launchChromium()])
  })
  afterAll(async () => {
    await browser?.close()
    await wasl?.end()
  })

  test.each(LOOKS)('the two doors: axe finds nothing ($language, dark: $dark)', async (look) => {
    const { page, context } = await visitor(browser, look)
    const t = wordsOf(look.language)
    await page.goto(wasl.inboxUrl)
    await page.getByRole('heading', { name: t('welcome.title') }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: t('welcome.whatItNeeds') }).click()
    await page.getByText(t('needs.address')).waitFor()
    expect(await violations(page)).toEqual([])
    await context.close()
  })

  test('a phone is connected for the pages that follow', async () => {
    const { page, context } = await visitor(browser, { language: 'en' })
    await page.goto(wasl.inboxUrl)
    await page.getByRole('button', { name: wordsOf('en')('welcome.try') }).click()
    await page.waitForURL('**/inbox/all')
    await page.getByTestId('conversation').first().waitFor()
    await simulatedPhone(wasl.simulatorUrl).play(false)
    await context.close()
  })

  describe.each(LOOKS)('$language, dark: $dark', (look) => {
    let person: Visitor

    beforeAll(async () => {
      if (NO_CHROMIUM !== '') return
      person = await visitor(browser, look)
    })
    afterAll(() => person?.context.close())

    test.each([
      '/inbox/all',
      '/contacts',
      '/contacts?show=merges',
      '/numbers',
      '/connect',
      '/templates',
      '/templates/new',
      '/playbooks',
      '/playbooks/troubleshooting',
      '/refusals',
      '/unrecognised',
      '/settings',
      '/welcome',
    ])('axe finds nothing on %s', async (path) => {
      await person.page.goto(`${wasl.inboxUrl}${path}`)
      await person.page.locator('[data-testid=connection][data-state=live]').waitFor({ state: 'attached' })
      await person.page.getByRole('heading').first().waitFor()
      if (path === '/connect') await person.page.getByTestId('preflight').waitFor()
      if (path.startsWith('/inbox')) await person.page.getByTestId('conversation').first().waitFor()
      expect(await violations(person.page)).toEqual([])
    })

    test('axe finds nothing in a conversation, wide and narrow', async () => {
      await openFirst(person.page, wasl)
      expect(await violations(person.page)).toEqual([])
      await person.page.setViewportSize(NARROW)
      expect(await violations(person.page)).toEqual([])
      await person.page.setViewportSize(WIDE)
    })

    test('axe finds nothing on a contact’s page', async () => {
      await person.page.goto(`${wasl.inboxUrl}/contacts`)
      await person.page.getByTestId('contact').first().click()
      await person.page.locator('main h2').first().waitFor()
      expect(await violations(person.page)).toEqual([])
    })

    test('axe finds nothing on a number’s page, on any tab', async () => {
      await person.page.goto(`${wasl.inboxUrl}/numbers`)
      await person.page.getByTestId('number').first().click()
      const tabs = person.page.getByTestId('number-tab')
      await tabs.first().waitFor()
      for (const tab of await tabs.all()) {
        await tab.click()
        await person.page.getByRole('heading', { level: 2 }).first().waitFor()
        expect(await violations(person.page)).toEqual([])
      }
    })

    test('axe would find a picture without words', async () => {
      await person.page.evaluate("document.body.append(document.createElement('img'))")
      expect((await violations(person.page)).join()).toContain('image-alt')
    })

    test('nothing broke', () => {
      expect(person.complaints).toEqual([])
    })
  })

  test.each<Language>(['en', 'ar'])(
    'language, direction and theme are switched without a reload (from %s)',
    async (language) => {
      const { page, context } = await visitor(browser, { language })
      const other: Language = language === 'en' ? 'ar' : 'en'
      await page.goto(`${wasl.inboxUrl}/settings`)
      const t = wordsOf(language)
      await page.evaluate('window.sameDocument = true')
      const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
      const light = await background()
      await choose(page, t('theme.dark'))
      await expect.poll(background, SOON).not.toBe(light)
      await choose(page, t('theme.light'))
      await expect.poll(background, SOON).toBe(light)
      await choose(page, t(`language.${other}`))
      await page.getByRole('heading', { name: wordsOf(other)('settings.title') }).waitFor()
      expect(await page.getAttribute('html', 'dir')).toBe(other === 'ar' ? 'rtl' : 'ltr')
      expect(await page.evaluate('window.sameDocument')).toBe(true)
      await page.reload()
      await page.getByRole('heading', { name: wordsOf(other)('settings.title') }).waitFor()
      await context.close()
    },
  )

  test.each<Language>(['en', 'ar'])(
    'on a phone one region shows at a time, nothing is cut off, targets are large enough (%s)',
    async (language) => {
      const { page, context } = await visitor(browser, { language, viewport: NARROW })
      const t = wordsOf(language)
      await page.goto(`${wasl.inboxUrl}/inbox/all`)
      await page.getByTestId('conversation').first().waitFor()
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      expect(await smallTargets(page)).toEqual([])
      await inboxPage(page, t).open('')
      expect(await page.getByTestId('conversation-list').isVisible()).toBe(false)
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      expect(await smallTargets(page)).toEqual([])
      await page.getByRole('link', { name: t('thread.back') }).click()
      await expect.poll(() => page.getByTestId('conversation-list').isVisible(), SOON).toBe(true)
      await context.close()
    },
  )
})

async function openFirst(page: Page, wasl: StartedWasl): Promise<void> {
  await page.goto(`${wasl.inboxUrl}/inbox/all`)
  await page.getByTestId('conversation').first().click()
  await page.getByTestId('message').first().waitFor()
}

async function choose(page: Page, label: string): Promise<void> {
  await page.locator('label').filter({ hasText: label }).first().click()
}

/** What axe finds, one line each: rule, and where. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 200)}`))
}

/** By how many pixels the page is wider than the window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
}

/** Buttons and links that a finger may miss. Links inside a sentence may be as small as its text. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const targets = [...document.querySelectorAll<HTMLElement>('button, a[href], textarea, select')]
    return targets
      .filter((target) => target.checkVisibility() && target.closest('p, .sr-only') === null)
      .filter((target) => {
        const { width, height } = target.getBoundingClientRect()
        return width > 1 && (height < least - 0.5 || width < least - 0.5)
      })
      .map(
        (target) =>
          `${target.outerHTML.slice(0, 120)} ${Math.round(target.getBoundingClientRect().width)}×${Math.round(target.getBoundingClientRect().height)}`,
      )
  }, TOUCH_PX_MIN)
}
