import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_CHROMIUM, type Visitor } from './browser.ts'
import type { InboxPage } from './inbox-page.ts'
import type { SimulatedPhone } from './simulated-phone.ts'
import { connectAndImport, openStage, type Stage, takeSeat } from './stage.ts'
import type { StartedWasl } from './started-wasl.ts'
import { stepsHangTogether } from './steps.ts'
import { type Language, type Words, wordsOf } from './words.ts'

const LANGUAGES: readonly Language[] = ['en', 'ar']
/** The month is added up each minute, and ten seconds after a message that a hard stop let through. */
const COUNTED = { timeout: 90_000, interval: 500 }
/** Two answers to Saudi Arabia cost 0.0214 dollars: the first passes half of it, the second the whole. */
const BUDGET = '0.02'

describe.each(LANGUAGES)('a budget alarm, in %s', (language) => {
  const words = {
    question: language === 'ar' ? 'هل المحل مفتوح اليوم؟' : 'Is the shop open today?',
    first: language === 'ar' ? 'نعم، حتى التاسعة مساءً' : 'Yes, until nine',
    second: language === 'ar' ? 'ونستقبل الطلبات عبر الهاتف أيضًا' : 'And we take orders by phone too',
    later: language === 'ar' ? 'نراك غدًا' : 'See you tomorrow',
    third: language === 'ar' ? 'أهلا بك في أي وقت' : 'You are welcome any time',
  }
  let t: Words
  let stage: Stage
  let wasl: StartedWasl
  let person: Visitor
  let inbox: InboxPage
  let phone: SimulatedPhone
  let key: string

  stepsHangTogether()
  beforeAll(async () => {
    if (NO_CHROMIUM !== '') return
    t = wordsOf(language)
    stage = await openStage()
    ;({ wasl, phone } = stage)
    ;({ person, inbox } = await takeSeat(stage, language))
  })
  afterAll(() => stage?.end())

  test('a customer writes to a number whose free answers of the month are used', async () => {
    await connectAndImport(stage, { person, inbox }, language)
    await phone.fillFreeAnswers(1_000)
    ;({ key } = await phone.newCustomer(language === 'ar' ? 'هدى الشمري' : 'Huda Shammari'))
    await phone.write(key, 'customer', words.question)
    await inbox.row(words.question).first().waitFor()
  })

  test('the owner sets a budget that stops what costs', async () => {
    const { page } = person
    await page.goto(`${wasl.inboxUrl}/costs`)
    await page.getByLabel(t('costs.budgetAmount', { currency: 'USD' })).fill(BUDGET)
    await page.getByLabel(t('costs.hardStop')).check()
    await page.getByRole('button', { name: t('costs.setBudget') }).click()
    await page
      .getByTestId('budget')
      .filter({ hasText: t('costs.willStop') })
      .waitFor()
  })

  test('the first answer passes half of it: the alarm stands above the inbox, and what Meta said beside the message', async () => {
    await answer(words.first)
    await expect.poll(() => alarm(), COUNTED).toBe('50')
    const message = inbox.message(words.first).last()
    await message.getByRole('button', { name: t('costs.ofMessage') }).click()
    const cost = person.page.getByTestId('message-cost')
    await cost.filter({ hasText: '0.0107' }).waitFor()
    // Wasl could not know that the free answers were used.
    await cost.getByText(t('costs.freeTier')).waitFor()
    await person.page.keyboard.press('Escape')
  })

  test('the second passes the whole: the page says that it stops', async () => {
    await answer(words.second)
    await expect.poll(() => alarm(), COUNTED).toBe('100')
    await person.page.getByTestId('budget-alarm').getByRole('link').click()
    await person.page
      .getByTestId('budget')
      .filter({ hasText: t('costs.overStopped') })
      .waitFor()
    await person.page.getByTestId('costs-differing').waitFor()
  })

  test('an answer waits until an agent confirms what it costs, and goes out', async () => {
    const { page } = person
    await page.goto(`${wasl.inboxUrl}/inbox/all`)
    await inbox.actAs('Salem')
    await inbox.open(words.second)
    const field = page.getByRole('textbox', { name: t('composer.label') })
    await field.fill(words.third)
    const confirm = page.getByRole('alert').getByRole('button', { name: /0\.0107/ })
    await confirm.waitFor()
    await field.press('Enter')
    expect(await page.getByTestId('send').isDisabled()).toBe(true)
    expect((await ours()).length).toBe(2)
    await confirm.click()
    await expect.poll(() => isDelivered(words.third), COUNTED).toBe(true)
    expect(JSON.stringify((await ours()).at(-1)?.body)).toContain(words.third)
    expect(person.complaints).toEqual([])
  })

  test('one that was to go out later is stopped when its time has come, says so, and is sent all the same', async () => {
    const { page } = person
    await inbox.actAs('Noura')
    const post = (path: string, data: object) => page.request.post(`${wasl.inboxUrl}/api/v1${path}`, { data })
    const budget = { numberId: null, amount: Number(BUDGET) * 1_000_000 }
    expect((await post('/costs/budgets', { ...budget, hardStop: false })).status()).toBe(204)
    const sendAtMs = (await phone.state()).nowMs + 60_000
    const content = { type: 'text', body: words.later }
    const path = `${new URL(page.url()).pathname.replace(/^\/inbox\/[^/]+/, '/conversations')}/messages`
    expect((await post(path, { clientId: crypto.randomUUID(), content, sendAtMs })).status()).toBe(201)
    expect((await post('/costs/budgets', { ...budget, hardStop: true })).status()).toBe(204)
    await phone.moveClock(90_000)
    const problem = inbox.message(words.later).getByTestId('send-problem')
    await problem.getByText(t('error.budget_spent')).waitFor({ timeout: COUNTED.timeout })
    expect((await ours()).length).toBe(3)
    await problem.getByRole('button', { name: t('costs.sendAnyway') }).click()
    await expect.poll(() => isDelivered(words.later), COUNTED).toBe(true)
    await problem.getByText(t('problem.wasSentAgain')).waitFor()
    expect(person.complaints).toEqual([])
  })

  async function answer(text: string): Promise<void> {
    await person.page.goto(`${wasl.inboxUrl}/inbox/all`)
    await inbox.row(words.question).or(inbox.row(words.first)).first().click()
    await inbox.say(text)
    await expect.poll(() => isDelivered(text), COUNTED).toBe(true)
  }

  async function isDelivered(text: string): Promise<boolean> {
    await phone.moveClock(2_000)
    return /^(delivered|read)$/.test((await inbox.delivery(text)) ?? '')
  }

  /** The share that the alarm above the inbox tells. */
  async function alarm(): Promise<string | null> {
    const shown = person.page.getByTestId('budget-alarm')
    if ((await shown.count()) === 1) return shown.getAttribute('data-percent')
    return null
  }

  /** What the customer's phone has from us. */
  async function ours() {
    return (await phone.chat(key)).filter(({ by }) => by === 'api')
  }
})
