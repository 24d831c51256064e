import { AxeBuilder } from '@axe-core/playwright'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pngPicture } from '../support/png-picture.ts'
import { NO_CHROMIUM, type Visitor } from './browser.ts'
import type { InboxPage } from './inbox-page.ts'
import type { SimulatedPhone } from './simulated-phone.ts'
import { answerCustomer, openStage, type Stage } from './stage.ts'
import { stepsHangTogether } from './steps.ts'
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

describe.each(LANGUAGES)('messages with choices, in %s', (language) => {
  stepsHangTogether()
  const t = wordsOf(language)
  const question = language === 'ar' ? 'ماذا لديكم؟' : 'What do you have?'
  const said = language === 'ar' ? 'اختر ما تحب' : 'Choose what you like'
  const blue = language === 'ar' ? 'أزرق' : 'Blue'
  const green = language === 'ar' ? 'أخضر' : 'Green'
  let person: Visitor
  let inbox: InboxPage
  let key: string

  beforeAll(async () => {
    if (NO_CHROMIUM !== '') return
    const customer = { name: language === 'ar' ? 'ريم العتيبي' : 'Reem Otaibi', question }
    ;({ person, inbox, key } = await answerCustomer(stage, language, customer))
  })

  const dialog = () => person.page.getByRole('dialog')
  const field = (name: string) => dialog().getByLabel(name, { exact: true })
  const send = () => dialog().getByRole('button', { name: t('composer.send'), exact: true })

  async function begin(kind: string): Promise<Locator> {
    await person.page.getByRole('button', { name: t('more.open') }).click()
    await person.page.getByRole('menuitem', { name: t('build.open') }).click()
    await dialog()
      .getByRole('button', { name: t(kind), exact: true })
      .click()
    return dialog()
  }

  /** Sends what was built, and gives what the customer's phone has of it. */
  async function arrived(): Promise<Readonly<Record<string, unknown>>> {
    const before = (await ours()).length
    await send().click()
    await dialog().waitFor({ state: 'detached' })
    await expect.poll(async () => (await ours()).length, SOON).toBe(before + 1)
    return (await ours()).at(-1)?.body ?? {}
  }

  const ours = async () => (await phone.chat(key)).filter(({ by }) => by === 'api')

  test('buttons: limits are said while one writes, the preview follows, and they arrive', async () => {
    await begin('build.kind.button')
    expect(await send().isDisabled()).toBe(true)
    await field(t('build.body')).fill(said)
    await field(t('build.reply', { number: 1 })).fill('123456789012345678901')
    await dialog()
      .getByText(t('build.fault.long', { max: 20 }))
      .waitFor()
    await field(t('build.reply', { number: 1 })).fill(blue)
    await dialog()
      .getByRole('button', { name: t('build.addReply') })
      .click()
    await field(t('build.reply', { number: 2 })).fill(blue)
    await dialog().getByText(t('build.fault.same')).waitFor()
    await field(t('build.reply', { number: 2 })).fill(green)
    const preview = dialog().getByTestId('interactive-preview')
    expect(await preview.getByRole('listitem').allTextContents()).toEqual([blue, green])
    const buttons = [blue, green].map((title) => ({ type: 'reply', reply: { title } }))
    expect(await arrived()).toMatchObject({
      interactive: { type: 'button', body: { text: said }, action: { buttons } },
    })
    await expect.poll(() => inbox.delivery(said), SOON).toMatch(/^(delivered|read)$/)
    await inbox.message(said).last().getByText(green).waitFor()
  })

  test('a product, searched for in the list of the linked catalogue; searching sends nothing', async () => {
    await begin('build.kind.product')
    await dialog().getByText(t('offer.products'), { exact: true }).click()
    await dialog().getByRole('searchbox').fill('musk')
    await person.page.keyboard.press('Enter')
    await dialog().getByRole('button', { name: 'musk-30' }).click()
    expect(await field(t('build.catalogId')).inputValue()).toMatch(/^\d+$/)
    await field(t('build.optional', { label: t('build.body') })).fill(`${said} 1`)
    expect(await arrived()).toMatchObject({
      interactive: { type: 'product', action: { product_retailer_id: 'musk-30' } },
    })
  })

  test('a list, by the keyboard alone; axe finds nothing in its form', async () => {
    await begin('build.kind.list')
    expect((await new AxeBuilder({ page: person.page }).analyze()).violations.map(({ id }) => id)).toEqual([])
    await field(t('build.body')).focus()
    await person.page.keyboard.type(said)
    await field(t('build.menu')).focus()
    await person.page.keyboard.type(green)
    await field(t('build.row', { number: 1 })).focus()
    await person.page.keyboard.type(blue)
    const before = (await ours()).length
    await person.page.keyboard.press('Enter')
    await dialog().waitFor({ state: 'detached' })
    await expect.poll(async () => (await ours()).length, SOON).toBe(before + 1)
    expect((await ours()).at(-1)?.body).toMatchObject({
      interactive: { type: 'list', action: { button: green, sections: [{ rows: [{ title: blue }] }] } },
    })
  })

  test('a link, and requests for a place and for a number', async () => {
    const asked = inbox.message(question).first()
    await asked.hover()
    await asked.getByRole('button', { name: t('message.quote') }).click()
    await begin('build.kind.cta_url')
    await field(t('build.body')).fill(said)
    await field(t('build.label')).fill(blue)
    await field(t('build.url')).fill('https://example.com/sofas')
    const parameters = { display_text: blue, url: 'https://example.com/sofas' }
    expect(await arrived()).toMatchObject({ interactive: { type: 'cta_url', action: { parameters } } })
    expect((await ours()).at(-1)?.quoteWamid).toBe((await phone.chat(key)).find(({ by }) => by === 'customer')?.wamid)
    for (const [kind, type] of [
      ['build.kind.location', 'location_request_message'],
      ['build.kind.contact', 'request_contact_info'],
    ] as const) {
      await begin(kind)
      await field(t('build.body')).fill(said)
      expect(await arrived()).toMatchObject({ interactive: { type, body: { text: said } } })
    }
  })

  test('products, the catalogue, and cards', async () => {
    await begin('build.kind.product')
    await field(t('build.catalogId')).fill('194836987003835')
    await field(t('build.productId')).fill('sofa-1')
    expect(await arrived()).toMatchObject({
      interactive: { type: 'product', action: { product_retailer_id: 'sofa-1' } },
    })
    await begin('build.kind.catalog')
    await field(t('build.body')).fill(said)
    expect(await arrived()).toMatchObject({ interactive: { type: 'catalog_message' } })
    await begin('build.kind.carousel')
    await field(t('build.body')).fill(said)
    await dialog().getByLabel(t('build.cardsAre')).selectOption('product')
    await field(t('build.catalogId')).fill('194836987003835')
    await field(t('build.productId')).first().fill('sofa-1')
    await field(t('build.productId')).last().fill('sofa-2')
    expect(await arrived()).toMatchObject({
      interactive: { type: 'carousel', action: { cards: [{ card_index: 0 }, { card_index: 1 }] } },
    })
  })

  test('a picture stands above buttons; what was sent last is taken up again', async () => {
    await begin('build.kind.button')
    await field(t('template.header')).selectOption('image')
    await dialog()
      .locator('input[type=file]')
      .setInputFiles({ name: 'sofa.png', mimeType: 'image/png', buffer: pngPicture() })
    await dialog().getByTestId('sample-kept').waitFor()
    await field(t('build.body')).fill(`${said} 2`)
    await field(t('build.reply', { number: 1 })).fill(blue)
    const sent = (await arrived()) as { interactive: { header: { image: { id: string } } } }
    expect(sent.interactive.header).toMatchObject({ type: 'image', image: { id: expect.stringMatching(/^\d+$/) } })
    await person.page.getByRole('button', { name: t('more.open') }).click()
    await person.page.getByRole('menuitem', { name: t('build.open') }).click()
    await dialog()
      .getByRole('button', { name: `${said} 2`, exact: true })
      .click()
    expect(await field(t('build.reply', { number: 1 })).inputValue()).toBe(blue)
    expect(await arrived()).toMatchObject({ interactive: { type: 'button', body: { text: `${said} 2` } } })
    expect(person.complaints).toEqual([])
  })
})
