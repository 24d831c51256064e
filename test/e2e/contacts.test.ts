import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchChromium, NO_CHROMIUM, visitor } from './browser.ts'
import { simulatedPhone } from './simulated-phone.ts'
import { type StartedWasl, startWaslWithSimulator } from './started-wasl.ts'
import { type Language, wordsOf } from './words.ts'

const SOON = { timeout: 30_000, interval: 100 }

describe('contacts', () => {
  let wasl: StartedWasl
  let browser: Browser

  beforeEach((context) => context.skip(NO_CHROMIUM !== '', NO_CHROMIUM))
  beforeAll(async () => {
    if (NO_CHROMIUM !== '') return
    ;[wasl, browser] = await Promise.all([startWaslWithSimulator(), launchChromium()])
    const { page, context } = await visitor(browser, { language: 'en' })
    await page.goto(wasl.inboxUrl)
    await page.getByRole('button', { name: wordsOf('en')('welcome.try') }).click()
    await page.waitForURL('**/inbox/all')
    await page.getByTestId('conversation').first().waitFor()
    await simulatedPhone(wasl.simulatorUrl).play(false)
    await context.close()
  })
  afterAll(async () => {
    await browser?.close()
    await wasl?.end()
  })

  test.each<Language>(['en', 'ar'])('are found, renamed, and the name is undone (%s)', async (language) => {
    const { page, context, complaints } = await visitor(browser, { language })
    const t = wordsOf(language)
    await page.goto(`${wasl.inboxUrl}/contacts`)
    const contacts = page.getByTestId('contact')
    await contacts.first().waitFor()
    const phone = (await contacts.first().locator('.num').first().innerText()).replace(/\D/g, '')
    await page.getByLabel(t('contacts.search')).fill(phone.slice(-8))
    await expect.poll(() => contacts.count(), SOON).toBe(1)
    expect(page.url()).toContain(phone.slice(-8))
    await contacts.first().click()
    await page.getByLabel(t('contact.editName')).waitFor()
    const heading = page.getByRole('heading', { level: 1 })
    const before = await heading.innerText()
    await page.getByLabel(t('contact.editName')).click()
    await page.keyboard.type('Our dear customer')
    await page.keyboard.press('Enter')
    await expect.poll(() => heading.innerText(), SOON).toBe('Our dear customer')
    await page.getByRole('button', { name: t('contact.undo') }).click()
    await expect.poll(() => heading.innerText(), SOON).toBe(before)
    await page.goBack()
    expect(await page.getByLabel(t('contacts.search')).inputValue(), 'the search is still there').toBe(phone.slice(-8))
    expect(complaints).toEqual([])
    await context.close()
  })

  test.each<Language>(['en', 'ar'])(
    'two are merged by hand under the eyes of who reads one of them, and the merge is undone (%s)',
    async (language) => {
      const t = wordsOf(language)
      const { page, context, complaints } = await visitor(browser, { language })
      const [one, other] = await twoConversations(page, wasl)
      // The younger contact goes up in the older one.
      const reader = await context.newPage()
      await reader.goto(`${wasl.inboxUrl}/inbox/all/${other.conversationId}`)
      await reader.getByTestId('message').first().waitFor()
      await page.goto(`${wasl.inboxUrl}/contacts/${one.id}`)
      await page.getByRole('button', { name: t('merge.other') }).click()
      await page.getByLabel(t('merge.otherLead')).fill(other.phone)
      await page.getByRole('button', { name: `+${other.phone}` }).click()
      await page.getByRole('button', { name: t('merge.merge'), exact: true }).click()
      await reader.waitForURL(`**/inbox/all/${one.conversationId}`)
      await reader.getByTestId('message').first().waitFor()
      const undo = page.getByRole('button', { name: t('merge.undo') })
      await undo.click()
      await undo.waitFor({ state: 'detached' })
      await reader.goto(`${wasl.inboxUrl}/inbox/all/${other.conversationId}`)
      await reader.getByTestId('message').first().waitFor()
      expect(reader.url()).toContain(other.conversationId)
      expect(complaints).toEqual([])
      await context.close()
    },
  )

  test.each<Language>(['en', 'ar'])(
    'a roster names the likely author of what the phone wrote (%s)',
    async (language) => {
      const { page, context, complaints } = await visitor(browser, { language })
      const t = wordsOf(language)
      await page.goto(`${wasl.inboxUrl}/numbers`)
      await page.getByTestId('number').first().click()
      await page
        .getByTestId('number-tab')
        .filter({ hasText: t('duty.tab') })
        .click()
      for (const day of await page.getByRole('checkbox').all()) await day.setChecked(true, { force: true })
      for (const label of [t('duty.from'), t('duty.to')]) await page.getByLabel(label, { exact: true }).fill('00:00')
      await page.getByLabel(t('duty.appliesFrom')).fill('2026-01-01')
      await page.getByLabel(t('duty.who')).selectOption({ label: 'Maya Haddad' })
      await page.getByRole('button', { name: t('duty.save'), exact: true }).click()
      const entry = page.getByTestId('duties').getByRole('listitem').filter({ hasText: 'Maya Haddad' }).last()
      await entry.waitFor()
      const likely = await context.newPage()
      await openWithPhone(likely, wasl)
      expect(await likely.getByTestId('likely-holder').first().innerText()).toContain('Maya Haddad')
      await entry.getByRole('button', { name: t('duty.mistake') }).click()
      await entry.getByText(t('duty.mistaken')).waitFor()
      await likely.reload()
      await likely.getByTestId('message').first().waitFor()
      await expect.poll(() => likely.getByTestId('likely-holder').count(), SOON).toBe(0)
      expect(complaints).toEqual([])
      await context.close()
    },
  )
})

interface Someone {
  readonly id: string
  readonly phone: string
  readonly conversationId: string
}

/** Two contacts that have a phone number and a conversation, the older one first. */
async function twoConversations(page: Page, wasl: StartedWasl): Promise<[Someone, Someone]> {
  await page.goto(wasl.inboxUrl)
  const { contacts } = await (await page.request.get(`${wasl.inboxUrl}/api/v1/contacts?limit=50`)).json()
  const some = (
    contacts as { contact: { id: string; phone: string | null }; latest: { conversationId: string } | null }[]
  )
    .flatMap(({ contact: { id, phone }, latest }) =>
      phone === null || latest === null ? [] : [{ id, phone, conversationId: latest.conversationId }],
    )
    .slice(0, 2)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return some as [Someone, Someone]
}

/** Opens a conversation in which the phone wrote last. */
async function openWithPhone(page: Page, wasl: StartedWasl): Promise<void> {
  await page.goto(wasl.inboxUrl)
  const { conversations } = await (await page.request.get(`${wasl.inboxUrl}/api/v1/conversations?limit=100`)).json()
  const { id } = (conversations as { id: string; last: { author: string } | null }[]).find(
    ({ last }) => last?.author === 'phone',
  ) as { id: string }
  await page.goto(`${wasl.inboxUrl}/inbox/all/${id}`)
  await page.locator('[data-author=phone]').last().waitFor()
}
