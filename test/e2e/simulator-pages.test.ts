import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChatMessage } from '../../simulator/control-api.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { launchChromium, NARROW, NO_CHROMIUM, type Visitor, visitor } from './browser.ts'
import { type SimulatedPhone, simulatedPhone } from './simulated-phone.ts'

const SOON = { timeout: 20_000, interval: 50 }

describe("the simulator's pages", () => {
  let simulator: Simulator
  let phone: SimulatedPhone
  let browser: Browser
  let owner: Visitor
  let customer: Visitor
  let key = ''

  const last = async (): Promise<ChatMessage | undefined> => (await phone.chat(key)).at(-1)
  const lastIs = (expected: Record<string, unknown>) => expect.poll(last, SOON).toMatchObject(expected)
  const onPhone = () => owner.page
  const onCustomers = () => customer.page

  beforeEach((context) => context.skip(NO_CHROMIUM !== '', NO_CHROMIUM))
  beforeAll(async () => {
    if (NO_CHROMIUM !== '') return
    simulator = await startSimulator({ port: 0, seed: 1, appId: 'app', appSecret: 'secret' })
    await fetch(`${simulator.origin}/control/scenarios`, { method: 'POST', body: JSON.stringify({ name: 'tiny' }) })
    phone = simulatedPhone(simulator.origin)
    key = (await phone.newCustomer('<i>Layla</i>')).key
    await phone.write(key, 'customer', '<b>bold?</b>')
    browser = await launchChromium()
    owner = await visitor(browser, { language: 'en' })
    customer = await visitor(browser, { language: 'en' })
    await onPhone().goto(`${simulator.origin}/phone?lang=en#/chat/${key}`)
    await onCustomers().goto(`${simulator.origin}/customers?lang=en#${key}`)
  })
  afterAll(async () => {
    await browser?.close()
    await simulator?.close()
  })

  test('what people write is shown as written, never as markup', async () => {
    await onPhone().getByText('<b>bold?</b>').first().waitFor()
    await onCustomers().getByText('<i>Layla</i>').first().waitFor()
  })

  test('a text of the phone reaches the customer at once, and is edited', async () => {
    await write(onPhone(), 'Good evening')
    await onCustomers().locator('.theirs').getByText('Good evening').waitFor()
    await openMenu(onPhone(), 'mine', 'Edit')
    await write(onPhone(), 'Good morning')
    await lastIs({ by: 'phone', edited: true, body: { type: 'text', text: { body: 'Good morning' } } })
  })

  test('the customer reacts and quotes; the phone shows both', async () => {
    await onCustomers().locator('.theirs').getByText('Good morning').waitFor()
    await onCustomers().locator('.theirs .bubble').last().click({ button: 'right' })
    await onCustomers().getByRole('button', { name: '❤️' }).click()
    await onPhone().locator('.mine .reactions').last().waitFor()
    await openMenu(onCustomers(), 'theirs', 'Reply')
    await write(onCustomers(), 'صباح النور')
    await onPhone().locator('.theirs .quote').getByText('Good morning').waitFor()
    await lastIs({ by: 'customer', quoteWamid: expect.stringContaining('wamid.') })
  })

  test.each([
    ['Video (sample)', 'video'],
    ['Voice note (sample)', 'audio'],
    ['Invoice (PDF)', 'document'],
    ['Sticker', 'sticker'],
    ['My location', 'location'],
    ['Order', 'order'],
    ['Poll', 'unsupported'],
  ])('a customer attaches: %s', async (name, type) => {
    await onCustomers().getByRole('button', { name: 'Attach' }).click()
    await onCustomers().getByRole('menuitem', { name }).click()
    await lastIs({ by: 'customer', body: { type } })
    await onPhone().locator(`.theirs .bubble[data-type="${type}"]`).last().waitFor()
  })

  test('pictures, stickers, videos and voice notes can be decoded by a browser', async () => {
    await onCustomers().getByRole('button', { name: 'Attach' }).click()
    await onCustomers().getByRole('menuitem', { name: 'Photo (sample)' }).click()
    await onCustomers().locator('dialog input').fill('وردة')
    await onCustomers().getByRole('button', { name: 'Send' }).last().click()
    await lastIs({ body: { type: 'image', image: { caption: 'وردة' } } })
    const widths = () => onPhone().evaluate(() => [...document.images].map((image) => image.naturalWidth))
    await expect.poll(widths, SOON).toEqual(expect.arrayContaining([256, 480]))
    const video = () => onPhone().evaluate(() => document.querySelector('video')?.duration)
    await expect.poll(video, SOON).toBe(3)
    const length = () => onPhone().locator('.voice-time').last().textContent()
    await expect.poll(length, SOON).toMatch(/^0:(0[1-9]|1\d)$/)
  })

  test('the phone deletes a message, saves and renames the contact', async () => {
    await write(onPhone(), 'oops')
    await lastIs({ body: { text: { body: 'oops' } } })
    await onPhone().locator('.mine').getByText('oops').click({ button: 'right' })
    await onPhone().getByRole('menuitem', { name: 'Delete for everyone' }).click()
    await lastIs({ deleted: true })
    await onPhone().getByRole('button', { name: 'Edit contact' }).click()
    await onPhone().getByRole('menuitem', { name: 'Add to contacts' }).click()
    await onPhone().locator('dialog input').fill('ليلى')
    await onPhone().getByRole('button', { name: 'Save' }).click()
    const saved = async () => (await phone.chats()).find((chat) => chat.customer.key === key)?.customer.addressBookName
    await expect.poll(saved, SOON).toBe('ليلى')
  })

  test('the owner connects with the chats shared, and disconnects', async () => {
    await onPhone().goto(`${simulator.origin}/phone?lang=en#/platform`)
    await onPhone().getByRole('button', { name: 'Connect' }).click()
    await onPhone().getByRole('button', { name: 'Share chats', exact: true }).click()
    await onPhone().getByText('30 seconds').waitFor()
    expect((await phone.number()).connection).toBe('connected')
    await phone.play(false)
    await onPhone().getByRole('button', { name: 'OK' }).click()
    await onPhone().getByRole('button', { name: 'Disconnect account' }).click()
    await onPhone().getByRole('button', { name: 'OK' }).click()
    await expect.poll(async () => (await phone.number()).connection, SOON).toBe('removed')
  })

  test('the owner quotes, reacts, sends a photo and edits its caption, and records a voice note', async () => {
    await onPhone().goto(`${simulator.origin}/phone?lang=en#/chat/${key}`)
    await phone.write(key, 'customer', 'Which one?')
    await onPhone().locator('.theirs').getByText('Which one?').waitFor()
    await openMenu(onPhone(), 'theirs', 'Reply')
    await write(onPhone(), 'The red one')
    await lastIs({ by: 'phone', quoteWamid: expect.stringContaining('wamid.') })
    await onPhone().locator('.theirs .bubble').last().click({ button: 'right' })
    await onPhone().getByRole('button', { name: '🙏' }).click()
    const reactions = async () => (await phone.chat(key)).flatMap((message) => message.reactions)
    await expect.poll(reactions, SOON).toContainEqual({ by: 'business', emoji: '🙏' })
    await onPhone().getByRole('button', { name: 'Attach' }).click()
    await onPhone().getByRole('menuitem', { name: 'Photo (sample)' }).click()
    await onPhone().locator('dialog input').fill('red')
    await onPhone().getByRole('button', { name: 'Send' }).last().click()
    await lastIs({ by: 'phone', body: { type: 'image', image: { caption: 'red' } } })
    // On the page too: the menu is that of the last bubble which stands there.
    await onPhone().locator('.mine .bubble').last().getByText('red', { exact: true }).waitFor()
    await openMenu(onPhone(), 'mine', 'Edit')
    await write(onPhone(), 'the red one')
    await lastIs({ edited: true, body: { image: { caption: 'the red one' } } })
    await onPhone().getByRole('button', { name: 'Record a voice note' }).click()
    await onPhone().getByRole('button', { name: 'Stop and send' }).click()
    await lastIs({ by: 'phone', body: { type: 'audio', audio: { voice: true } } })
  })

  test('a customer calls, and writes on a device that cannot be mirrored', async () => {
    for (const [item, body] of [
      ['Call the shop', { type: 'call' }],
      ['Write on WhatsApp for Windows', { type: 'text', text: { body: 'I am writing this on my computer.' } }],
    ] as const) {
      await onCustomers().getByRole('button', { name: 'More' }).click()
      await onCustomers().getByRole('menuitem', { name: item }).click()
      await lastIs({ by: 'customer', body })
    }
    await onPhone().locator('.bubble[data-type="call"]').getByText('Voice call').waitFor()
  })

  test('the owner removes a contact, links and unlinks a device, switches the phone off and on', async () => {
    await onPhone().getByRole('button', { name: 'Edit contact' }).click()
    await onPhone().getByRole('menuitem', { name: 'Remove from contacts' }).click()
    const saved = async () => (await phone.chats()).find((chat) => chat.customer.key === key)?.customer.addressBookName
    await expect.poll(saved, SOON).toBeNull()
    await onPhone().goto(`${simulator.origin}/phone?lang=en#/devices`)
    await onPhone().getByRole('button', { name: 'Link a device' }).click()
    await onPhone().getByRole('menuitem', { name: 'macOS' }).click()
    const linked = async () => (await phone.device()).linkedDevices.map((each) => each.kind)
    await expect.poll(linked, SOON).toEqual(['mac'])
    await onPhone().getByRole('button', { name: 'Unlink' }).click()
    await expect.poll(linked, SOON).toEqual([])
    await onPhone().goto(`${simulator.origin}/phone?lang=en#/settings`)
    await onPhone().getByRole('button', { name: 'Switch the phone off' }).click()
    await onPhone().getByText('after 14 days the connection ends').waitFor()
    expect((await phone.device()).offSinceMs).toBeGreaterThan(0)
    await onPhone().getByRole('button', { name: 'Switch the phone on' }).click()
    await expect.poll(async () => (await phone.device()).offSinceMs, SOON).toBeNull()
  })

  test.each([
    { language: 'en', dark: false },
    { language: 'ar', dark: true },
  ] as const)(
    'axe finds nothing, nothing is cut off ($language, dark: $dark)',
    async ({ language, dark }) => {
      for (const viewport of [NARROW, { width: 1280, height: 800 }]) {
        const { page, context, complaints } = await visitor(browser, { language, dark, viewport })
        for (const path of [
          `/phone?lang=${language}#/chats`,
          `/phone?lang=${language}#/chat/${key}`,
          `/customers?lang=${language}#${key}`,
          `/phone?lang=${language}#/settings`,
        ]) {
          await page.goto(simulator.origin + path)
          await page.reload()
          await page.locator('.chat-row:visible, .bubble:visible, .setting:visible').first().waitFor()
          const { violations } = await new AxeBuilder({ page }).analyze()
          expect(
            violations.flatMap(({ id, nodes }) => nodes.map((node) => `${path} ${id}: ${node.html.slice(0, 160)}`)),
          ).toEqual([])
          expect(
            await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
          ).toBeLessThanOrEqual(0)
        }
        expect(complaints).toEqual([])
        await context.close()
      }
    },
    240_000,
  )

  test('the business moves to another number: the page goes on with it', async () => {
    await onPhone().goto(`${simulator.origin}/phone?lang=en#/settings`)
    await onPhone().getByRole('button', { name: 'Change the number' }).click()
    await onPhone().locator('dialog input').fill('+966 50 000 0099')
    await onPhone().getByRole('button', { name: 'Save' }).click()
    await onPhone().locator('.profile').getByText('+966500000099').waitFor()
    await onPhone().goto(`${onPhone().url().replace(/#.*/, '')}#/chat/${key}`)
    await onPhone().getByText('<b>bold?</b>').first().waitFor()
  })

  test('nothing broke', () => {
    expect([...owner.complaints, ...customer.complaints]).toEqual([])
  })
})

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Write a message' }).fill(text)
  await page.keyboard.press('Enter')
}

async function openMenu(page: Page, side: 'mine' | 'theirs', item: string): Promise<void> {
  await page.locator(`.${side} .bubble`).last().click({ button: 'right' })
  await page.getByRole('menuitem', { name: item }).click()
}
