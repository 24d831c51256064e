import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ScenarioCustomer } from '../../simulator/scenario.ts'
import { bigPicture } from '../support/png-picture.ts'
import { NO_CHROMIUM, type Visitor } from './browser.ts'
import type { InboxPage } from './inbox-page.ts'
import type { SimulatedPhone } from './simulated-phone.ts'
import { connectAndImport, openStage, type Stage, takeSeat } from './stage.ts'
import type { StartedWasl } from './started-wasl.ts'
import { stepsHangTogether } from './steps.ts'
import { type Language, type Words, wordsOf } from './words.ts'

const SOON = { timeout: 30_000, interval: 100 }
const DAY_MS = 24 * 60 * 60 * 1000
const REVIEW_MS = 3 * 60 * 1000
const LANGUAGES: readonly Language[] = ['en', 'ar']

describe.each(LANGUAGES)('a template with a picture, from draft to delivery, in %s', (language) => {
  const words = {
    text: language === 'ar' ? 'مرحبا {{1}}، طلبك جاهز عندنا الآن.' : 'Hello {{1}}, your order is ready for you.',
    sample: language === 'ar' ? 'نورة' : 'Sam',
    name: language === 'ar' ? 'هدى' : 'Huda',
    sent: language === 'ar' ? 'مرحبا هدى، طلبك جاهز عندنا الآن.' : 'Hello Huda, your order is ready for you.',
    question: language === 'ar' ? 'هل طلبي جاهز؟' : 'Is my order ready?',
  }
  let t: Words
  let stage: Stage
  let wasl: StartedWasl
  let person: Visitor
  let inbox: InboxPage
  let phone: SimulatedPhone
  let customer: ScenarioCustomer

  stepsHangTogether()
  beforeAll(async () => {
    if (NO_CHROMIUM !== '') return
    t = wordsOf(language)
    stage = await openStage()
    ;({ wasl, phone } = stage)
    ;({ person, inbox } = await takeSeat(stage, language))
  })
  afterAll(() => stage?.end())

  test('a phone is connected, its past has come, and a customer writes', async () => {
    await connectAndImport(stage, { person, inbox }, language)
    customer = await phone.newCustomer(language === 'ar' ? 'هدى الشمري' : 'Huda Shammari')
    await phone.write(customer.key, 'customer', words.question)
    await inbox.row(words.question).first().waitFor()
  })

  test('Meta’s rules are told while somebody writes, and the phone shows what comes of it', async () => {
    const { page } = person
    await page.goto(`${wasl.inboxUrl}/templates/new`)
    await page.getByLabel(t('template.name'), { exact: true }).fill('order_ready')
    await page.getByLabel(t('template.language'), { exact: true }).selectOption(language)
    const text = page.getByLabel(t('template.body'), { exact: true })
    await text.fill('{{1}}')
    await page.getByText(t('template.rule.variable_edge')).waitFor()
    await text.fill(words.text)
    await expect.poll(() => page.getByText(t('template.rule.variable_edge')).count()).toBe(0)
    await page.getByLabel(t('template.sampleOf', { name: '{{1}}' })).fill(words.sample)
    await page.getByLabel(t('template.header'), { exact: true }).selectOption('IMAGE')
    await page.getByRole('button', { name: t('template.saveAndAsk') }).click()
    await page.getByText(t('template.rule.media_sample_missing')).waitFor()
    await page
      .getByLabel(t('template.headerSample'))
      .setInputFiles({ name: 'box.png', mimeType: 'image/png', buffer: await bigPicture() })
    await page.getByTestId('sample-kept').waitFor()
    const preview = page.getByTestId('template-preview')
    await expect.poll(() => preview.getByTestId('preview-body').textContent()).toContain(words.sample)
    expect(await preview.locator('[dir]').first().getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr')
    await expect.poll(() => isShown(preview.locator('img'))).toBe(true)
    await page.getByRole('button', { name: t('template.saveAndAsk') }).click()
    await page.getByText(t('template.waitsForOther')).waitFor()
  })

  test('another person approves it, and so does Meta', async () => {
    const { page } = person
    await inbox.actAs('Salem')
    await page.getByRole('button', { name: t('template.approve') }).click()
    await page.getByRole('button', { name: t('template.submit') }).click()
    await page.locator('[data-standing=pending]').waitFor()
    await advance(REVIEW_MS)
    await expect.poll(() => standing(), SOON).toBe('approved')
    await page.reload()
    await page.locator('[data-standing=approved]').waitFor()
    const events = await page.getByTestId('template-events').textContent()
    expect(events).toContain(t('template.event.approved'))
    expect(events).toContain(t('template.event.meta_status'))
  })

  test('when the window has closed the composer offers it, and it reaches the customer’s phone', async () => {
    const { page } = person
    await page.goto(`${wasl.inboxUrl}/inbox/all`)
    await inbox.open(words.question)
    await page.getByRole('textbox', { name: t('composer.label') }).waitFor()
    await advance(DAY_MS)
    const picker = page.getByTestId('template-picker')
    // The browser hears the server's time every fifteen seconds.
    await picker.waitFor({ timeout: 2 * SOON.timeout })
    await picker.getByRole('searchbox').fill('order_ready')
    await picker.getByRole('button', { name: /order_ready/ }).click()
    const form = page.getByTestId('template-form')
    await form.getByLabel('{{1}}').fill(words.name)
    await expect.poll(() => form.getByTestId('preview-body').textContent()).toContain(words.name)
    await form.getByTestId('template-cost').waitFor()
    await form.getByTestId('send-template').click()
    await inbox.message(words.sent).waitFor()
    await expect.poll(() => isShown(inbox.message(words.sent).locator('img')), SOON).toBe(true)
    await expect
      .poll(async () => {
        await advance(5_000)
        return inbox.delivery(words.sent)
      }, SOON)
      .toMatch(/^(delivered|read)$/)
    const [sent] = (await phone.chat(customer.key)).filter((one) => one.by === 'api')
    expect(JSON.stringify(sent?.body)).toContain(words.sent)
    expect(person.complaints).toEqual([])
  })

  /** Moves the simulator's clock, and Wasl's with it. */
  async function advance(ms: number): Promise<void> {
    const response = await fetch(`${wasl.simulatorUrl}/control/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceMs: ms }),
    })
    expect(response.ok).toBe(true)
  }

  async function standing(): Promise<string | undefined> {
    const answer = await person.page.request.get(`${wasl.inboxUrl}/api/v1/templates`)
    const { templates } = (await answer.json()) as { templates: { name: string; standing: string }[] }
    return templates.find(({ name }) => name === 'order_ready')?.standing
  }
})

/** Whether a picture has come and is not a broken one. */
async function isShown(picture: Locator): Promise<boolean> {
  if ((await picture.count()) === 0) return false
  return picture.first().evaluate((image) => (image as HTMLImageElement).naturalWidth > 0)
}
