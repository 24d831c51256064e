import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NO_CHROMIUM, type Visitor } from './browser.ts'
import type { InboxPage } from './inbox-page.ts'
import type { SimulatedPhone } from './simulated-phone.ts'
import { answerCustomer, openStage, type Stage } from './stage.ts'
import { type Language, wordsOf } from './words.ts'

const SOON = { timeout: 30_000, interval: 100 }
const LANGUAGES: readonly Language[] = ['en', 'ar']

let stage: Stage
let phone: SimulatedPhone

beforeAll(async () => {
  if (NO_CHROMIUM !== '') return
  stage = await openStage()
  phone = stage.phone
})
afterAll(() => stage?.end())
beforeEach((context) => context.skip(NO_CHROMIUM !== '', NO_CHROMIUM))

describe.each(LANGUAGES)('sending what is not text, in %s', (language) => {
  const question = language === 'ar' ? 'أرسلوا لي صورة' : 'Send me a picture'
  const caption = language === 'ar' ? 'هذه هي' : 'Here it is'
  const t = wordsOf(language)
  let person: Visitor
  let inbox: InboxPage
  let key: string

  beforeAll(async () => {
    if (NO_CHROMIUM !== '') return
    const customer = { name: language === 'ar' ? 'هدى الشمري' : 'Huda Shammari', question }
    ;({ person, inbox, key } = await answerCustomer(stage, language, customer))
  })

  test('a picture with words under it is attached, seen, sent, and delivered', async () => {
    const picture = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#286' } })
      .webp()
      .toBuffer()
    await person.page
      .getByTestId('attach-input')
      .setInputFiles({ name: 'sofa.webp', mimeType: 'image/webp', buffer: picture })
    await person.page.getByTestId('attachments').getByText(t('attachment.ready')).waitFor()
    await inbox.say(caption)
    await expect.poll(() => inbox.delivery(caption), SOON).toMatch(/^(delivered|read)$/)
    await inbox.message(caption).getByRole('img').first().waitFor()
    expect(await person.page.getByTestId('attachments').count()).toBe(0)
    const sent = await ours()
    expect(sent.map(({ body }) => body)).toMatchObject([{ type: 'image', image: { caption } }])
  })

  test('a voice note is recorded, can be heard, is sent, and delivered as one', async () => {
    await person.page.getByTestId('record').click()
    const timer = person.page.getByRole('timer')
    await expect.poll(() => timer.textContent(), SOON).not.toBe('0:00')
    await person.page.getByTestId('record-stop').click()
    const tray = person.page.getByTestId('attachments')
    await tray.getByText(t('attachment.ready')).waitFor()
    expect(await tray.locator('audio').count()).toBe(1)
    await person.page.getByTestId('send').click()
    const note = person.page.getByTestId('message').last().locator('[data-delivery]')
    await expect.poll(async () => (await ours()).length, SOON).toBe(2)
    await expect.poll(() => note.getAttribute('data-delivery'), SOON).toMatch(/^(delivered|read|played)$/)
    expect((await ours()).at(-1)?.body).toMatchObject({ type: 'audio', audio: { voice: true } })
  })

  test('a reaction is chosen from the menu, stands on the phone, and is taken back', async () => {
    const said = inbox.message(question).first()
    await said.getByRole('button', { name: t('reaction.add') }).click()
    await person.page.getByRole('menuitem', { name: t('reaction.with', { emoji: '👍' }) }).click()
    await said.getByTitle(t('reaction.business', { emoji: '👍' })).waitFor()
    expect((await phone.chat(key)).find(({ by }) => by === 'customer')?.reactions).toMatchObject([{ emoji: '👍' }])
    await said.getByRole('button', { name: t('reaction.add') }).click()
    await person.page.getByRole('menuitem', { name: t('reaction.takeBack') }).click()
    await said.getByTitle(t('reaction.business', { emoji: '👍' })).waitFor({ state: 'detached' })
  })

  test('a link goes without its preview when the writer does not want it', async () => {
    const text = `https://example.com/${language}`
    await person.page.getByRole('textbox', { name: t('composer.label') }).fill(text)
    await person.page.getByRole('checkbox', { name: t('composer.linkPreview') }).uncheck()
    await person.page.getByTestId('send').click()
    await expect.poll(() => inbox.delivery(text), SOON).toMatch(/^(delivered|read)$/)
    expect((await ours()).at(-1)?.body).toMatchObject({ text: { body: text, preview_url: false } })
  })

  test('a place is sent from the link of a map', async () => {
    await person.page.getByRole('button', { name: t('more.open') }).click()
    await person.page.getByRole('menuitem', { name: t('more.place') }).click()
    await person.page.getByLabel(t('place.where'), { exact: true }).fill('https://maps.google.com/?q=24.7136,46.6753')
    await person.page.getByLabel(t('place.name'), { exact: true }).fill('Noor Home')
    await person.page
      .getByRole('dialog')
      .getByRole('button', { name: t('composer.send') })
      .click()
    await expect.poll(() => inbox.delivery('Noor Home'), SOON).toMatch(/^(delivered|read)$/)
  })

  test('the owner sets for how long a message can be taken back; an agent sees it, and takes one back', async () => {
    const thread = person.page.url()
    const owner = await inbox.me()
    const undo = person.page.getByLabel(t('sendSetting.undo'))
    const save = person.page.getByRole('button', { name: t('sendSetting.save') })
    const set = async (seconds: string) => {
      await person.page.goto(`${stage.wasl.inboxUrl}/settings`)
      await undo.fill(seconds)
      await save.click()
      await person.page.getByText(t('sendSetting.saved')).waitFor()
    }
    await person.page.goto(`${stage.wasl.inboxUrl}/settings`)
    for (const wrong of ['61', '-1', '2.5', '']) {
      await undo.fill(wrong)
      await person.page.getByText(t('sendSetting.undoFault', { most: 60 })).waitFor()
      expect(await save.isDisabled()).toBe(true)
    }
    await set('60')
    await inbox.actAs('Salem')
    await person.page.reload()
    await person.page.getByText(t('profile.ownerOnly')).waitFor()
    expect([await undo.inputValue(), await undo.isEditable(), await save.count()]).toEqual(['60', false, 0])

    const mistake = language === 'ar' ? 'هذه لشخص آخر' : 'This was for somebody else'
    await person.page.goto(thread)
    await inbox.say(mistake)
    await person.page
      .getByTestId('waiting-send')
      .getByRole('button', { name: t('unsent.cancel') })
      .click()
    await expect.poll(() => inbox.delivery(mistake), SOON).toBe('cancelled')
    expect(JSON.stringify(await ours())).not.toContain(mistake)
    await inbox.actAs(owner)
    await set('0')
    await person.page.goto(thread)
  })

  test('a file that WhatsApp does not take says so, and goes as a document', async () => {
    const broken = { name: 'photo.heic', mimeType: 'image/heic', buffer: Buffer.from('no picture') }
    await person.page.getByTestId('attach-input').setInputFiles(broken)
    const tray = person.page.getByTestId('attachments')
    await tray.getByText(t('error.file_type')).waitFor()
    expect(await person.page.getByTestId('send').isDisabled()).toBe(true)
    await tray.getByRole('button', { name: t('attachment.asDocument') }).click()
    await tray.getByText(t('attachment.ready')).waitFor()
    await tray.getByRole('button', { name: t('attachment.drop') }).click()
    expect(await tray.count()).toBe(0)
    expect(person.complaints).toEqual([])
  })

  /** What the customer's phone has from us. */
  async function ours() {
    return (await phone.chat(key)).filter(({ by }) => by === 'api')
  }
})
