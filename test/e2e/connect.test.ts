import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium, NO_CHROMIUM, type Visitor, visitor } from './browser.ts'
import { type SignupPages, signupPages } from './signup-pages.ts'
import { type SimulatedPhone, simulatedPhone } from './simulated-phone.ts'
import { type StartedWasl, startWaslWithSimulator } from './started-wasl.ts'
import { stepsHangTogether } from './steps.ts'
import { type Language, type Words, wordsOf } from './words.ts'

const HISTORY = { timeout: 40_000, interval: 250 }
const LANGUAGES: readonly Language[] = ['en', 'ar']
describe.each(LANGUAGES)('an owner connects the number, in %s', (language) => {
  let t: Words
  let wasl: StartedWasl
  let browser: Browser
  let owner: Visitor
  let page: Page
  let phone: SimulatedPhone
  let pages: SignupPages

  stepsHangTogether()

  beforeAll(async () => {
    if (NO_CHROMIUM !== '') return
    t = wordsOf(language)
    ;[wasl, browser] = await Promise.all([startWaslWithSimulator(), launchChromium()])
    phone = simulatedPhone(wasl.simulatorUrl)
    owner = await visitor(browser, { language })
    page = owner.page
    pages = signupPages(page, t, language)
  })

  afterAll(async () => {
    await browser?.close()
    await wasl?.end()
  })

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

  test('from the first page to what is looked at before', async () => {
    await page.goto(wasl.inboxUrl)
    await page.getByRole('link', { name: t('welcome.connect') }).click()
    await page.getByTestId('connect-check').waitFor()
    const version = page.getByTestId('preflight-app_version')
    expect(await version.getAttribute('data-standing')).toBe('unknown')
    await version.getByLabel(t('preflight.askAppVersion')).fill('2.24.16')
    await version.getByRole('button', { name: t('preflight.save') }).click()
    await expect.poll(() => version.getAttribute('data-standing')).toBe('trouble')
    await version.getByLabel(t('preflight.askAppVersion')).fill('2.26.10')
    await version.getByRole('button', { name: t('preflight.save') }).click()
    await expect.poll(() => version.getAttribute('data-standing')).toBe('ok')
    // Two lines with an answer each: since when the app is in use says nothing of lately.
    const since = page.getByTestId('preflight-app_since')
    const active = page.getByTestId('preflight-app_active')
    await since.getByLabel(t('preflight.askAppSince')).fill('2026-01-01')
    await since.getByRole('button', { name: t('preflight.save') }).click()
    await expect.poll(() => since.getAttribute('data-standing')).toBe('ok')
    expect(await active.getAttribute('data-standing')).toBe('unknown')
    await active.getByText(t('preflight.appActiveDo')).waitFor()
    await active.getByLabel(t('preflight.askAppActive')).fill('2026-01-02')
    await active.getByRole('button', { name: t('preflight.save') }).click()
    await expect.poll(() => active.getAttribute('data-standing')).toBe('care')
    expect(await page.getByTestId('preflight-webhook_fields').getAttribute('data-standing')).toBe('ok')
  })

  test('the model is chosen, what changes on the phone is read and accepted, the import agreed to', async () => {
    await press(t('connect.next'))
    await page.getByTestId('connect-model').waitFor()
    await pages.agree()
  })

  test('a popup that is given up says so, and a reload forgets nothing', async () => {
    await pages.cancel(await pages.openPopup(t('signup.open')))
    await page.getByTestId('trouble').getByText(t('trouble.cancelled')).waitFor()
    await page.reload()
    await page.getByTestId('trouble').getByText(t('trouble.cancelled')).waitFor()
  })

  test('with the code or the picture on the phone, and the chats shared, the number is connected', async () => {
    await pages.finish(await pages.openPopup(t('signup.openAgain')), language === 'en' ? 'code' : 'picture')
    await page.getByTestId('connect-done').waitFor()
    expect((await phone.device()).shareHistory).toBe(true)
    expect((await phone.number()).connection).toBe('connected')
  })

  test('the import is watched until it is complete, and no number was ever registered', async () => {
    const overall = page.getByTestId('import-overall')
    await expect.poll(() => overall.textContent(), HISTORY).toContain('100')
    await page.getByRole('link', { name: t('welcome.openInbox') }).click()
    await page.getByTestId('conversation').first().waitFor()
    expect((await phone.state()).counters.registrations_asked).toBeUndefined()
    expect(owner.complaints).toEqual([])
  })
})
