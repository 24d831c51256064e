import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ScenarioCustomer } from '../../simulator/scenario.ts'
import { NO_CHROMIUM, type Visitor } from './browser.ts'
import type { InboxPage } from './inbox-page.ts'
import type { SimulatedPhone } from './simulated-phone.ts'
import { openStage, type Stage, takeSeat } from './stage.ts'
import type { StartedWasl } from './started-wasl.ts'
import { stepsHangTogether } from './steps.ts'
import { type Language, type Words, wordsOf } from './words.ts'

/** Waiting for what goes through server, simulator and browser on a busy machine. */
const SOON = { timeout: 30_000, interval: 100 }
const HISTORY = { timeout: 90_000, interval: 250 }
const LANGUAGES: readonly Language[] = ['en', 'ar']

describe.each(LANGUAGES)('a day with the simulated phone, in %s', (language) => {
  const words = {
    question: language === 'ar' ? 'هل عندكم مقاس أكبر؟' : 'Do you have a larger size?',
    answer: language === 'ar' ? 'نعم، متوفر لدينا.' : 'Yes, we have it here.',
    fromPhone: language === 'ar' ? 'كتبت هذا من الهاتف' : 'I wrote this on the phone',
    whileAway: language === 'ar' ? 'كتبت والخادم متوقف' : 'Written while the server was away',
    refused: language === 'ar' ? 'هذه لن تصل أول مرة' : 'This one fails the first time',
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

  test('the first page speaks the language and runs its way', async () => {
    await person.page.goto(wasl.inboxUrl)
    await person.page.getByRole('heading', { name: t('welcome.title') }).waitFor()
    expect(await person.page.getAttribute('html', 'lang')).toBe(language)
    expect(await person.page.getAttribute('html', 'dir')).toBe(language === 'ar' ? 'rtl' : 'ltr')
  })

  test('one click connects the simulated phone; customers go on writing while the history comes in with progress', async () => {
    await person.page.getByRole('button', { name: t('welcome.try') }).click()
    await person.page.waitForURL('**/inbox/all')
    await inbox.page.getByTestId('conversation').first().waitFor()
    await expect.poll(() => countLive(wasl, person), SOON).toBeGreaterThan(0)
    await phone.play(false)
    await person.page.goto(`${wasl.inboxUrl}/numbers`)
    await person.page.getByTestId('number').click()
    const overall = person.page.getByTestId('import-overall')
    await expect.poll(() => overall.textContent(), HISTORY).toContain('100')
    for (const phase of [0, 1, 2]) {
      await person.page
        .getByRole('listitem')
        .filter({ hasText: t(`phase.${phase}`) })
        .getByText(t('phase.complete'))
        .waitFor()
    }
  })

  test('every chat of the phone is a conversation, and no imported message is unread', async () => {
    const conversations = async () => await countConversations(wasl, person)
    const chats = (await phone.chats()).length
    expect(chats).toBeGreaterThan(0)
    await expect.poll(conversations, SOON).toBe(chats)
  })

  test('a customer writes, a person answers, and the answer stands on the phone', async () => {
    customer = await phone.newCustomer(language === 'ar' ? 'هدى الشمري' : 'Huda Shammari')
    await person.page.goto(wasl.inboxUrl)
    await phone.write(customer.key, 'customer', words.question)
    await inbox
      .row(words.question)
      .getByText(t('list.unread', { count: 1 }))
      .waitFor({ state: 'attached' })
    await inbox.open(words.question)
    await inbox.message(words.question).waitFor()
    await inbox.say(words.answer)
    await inbox.message(words.answer).waitFor()
    await expect.poll(() => inbox.delivery(words.answer), SOON).toMatch(/^(sent|delivered|read)$/)
    const chat = await phone.chat(customer.key)
    const answers = chat.filter((one) => one.by === 'api').map((one) => one.body.text)
    expect(answers).toMatchObject([{ body: words.answer }])
    expect(await inbox.message(words.answer).getAttribute('data-author')).toBe('agent')
    await shownOnPhone(words.answer)
  })

  test('what the phone answers stands in the inbox, marked as from the phone', async () => {
    await phone.write(customer.key, 'phone', words.fromPhone)
    await inbox.message(words.fromPhone).waitFor()
    expect(await inbox.message(words.fromPhone).getAttribute('data-author')).toBe('phone')
    await inbox.message(words.fromPhone).getByText(t('origin.phone'), { exact: true }).waitFor()
  })

  test('unread belongs to a person: what one has read waits for the others', async () => {
    const unread = inbox.row(words.fromPhone).getByText(t('list.unread', { count: 1 }))
    await expect.poll(() => unread.count(), SOON).toBe(0)
    const first = await inbox.me()
    const others = (await members(wasl, person)).filter((name) => name !== first)
    expect(others.length, 'needs somebody else for this to mean anything').toBeGreaterThan(0)
    await person.page.goto(`${wasl.inboxUrl}/inbox/all`)
    await inbox.actAs(others[0] as string)
    await unread.waitFor({ state: 'attached' })
    await inbox.actAs(first)
    await expect.poll(() => unread.count(), SOON).toBe(0)
  })

  test('a refused message stays, says why, and goes out at the second try', async () => {
    await inbox.open(words.fromPhone)
    const sends = '**/api/v1/conversations/*/messages'
    await person.page.route(sends, (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({
            status: 422,
            json: { error: { code: 'number_not_sending', message: 'refused by the test' } },
          })
        : route.continue(),
    )
    await inbox.say(words.refused)
    const problem = person.page.getByTestId('send-problem')
    await problem.waitFor()
    expect(await inbox.delivery(words.refused)).toBe('failed')
    await person.page.unroute(sends)
    await problem.getByRole('button', { name: t('problem.retry') }).click()
    await expect.poll(() => inbox.delivery(words.refused), SOON).toMatch(/^(sent|delivered|read)$/)
    expect(await timesOnPhone(words.refused)).toBe(1)
  })

  test('killed and started again: nothing lost, nothing doubled, and what was written meanwhile is sent once', async () => {
    const before = await inbox.page.getByTestId('message').count()
    await wasl.kill()
    await expect.poll(() => person.page.getByTestId('connection').getAttribute('data-state'), SOON).not.toBe('live')
    await inbox.say(words.whileAway)
    // Within a frame, with nobody there to take it.
    await inbox.message(words.whileAway).waitFor({ timeout: 1_000 })
    await wasl.restart()
    await expect.poll(() => person.page.getByTestId('connection').getAttribute('data-state'), SOON).toBe('live')
    await expect.poll(() => inbox.delivery(words.whileAway), SOON).toMatch(/^(accepted|sent|delivered|read)$/)
    expect(await timesOnPhone(words.whileAway)).toBe(1)
    expect(await inbox.page.getByTestId('message').count()).toBe(before + 1)
    for (const text of [words.question, words.answer, words.fromPhone, words.refused, words.whileAway]) {
      expect(await inbox.message(text).count(), text).toBe(1)
    }
  })

  test('nothing broke on the way, and nobody else was asked', () => {
    expect(person.complaints).toEqual([])
  })

  async function shownOnPhone(text: string): Promise<void> {
    const page = await person.context.newPage()
    await page.goto(`${wasl.simulatorUrl}/phone`)
    // The newest chat stands first with its last line; opened, the customer's name stands above the same words.
    await page.getByText(text).first().click()
    await page.getByText(`~${customer.profileName}`).first().waitFor()
    await page.getByText(text).first().waitFor()
    await page.close()
  }

  async function timesOnPhone(text: string): Promise<number> {
    const chat = await phone.chat(customer.key)
    return chat.filter((one) => JSON.stringify(one.body).includes(JSON.stringify(text).slice(1, -1))).length
  }
})

async function countConversations(wasl: StartedWasl, person: Visitor): Promise<number> {
  let count = 0
  let cursor = ''
  do {
    const response = await person.context.request.get(`${wasl.inboxUrl}/api/v1/conversations?limit=200${cursor}`)
    const page = (await response.json()) as { conversations: { inboundCount: number }[]; nextCursor: string | null }
    count += page.conversations.length
    cursor = page.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`
  } while (cursor !== '')
  return count
}

/** What customers have written since the phone was connected, over the conversations of the first page; history is not counted. */
async function countLive(wasl: StartedWasl, person: Visitor): Promise<number> {
  const response = await person.context.request.get(`${wasl.inboxUrl}/api/v1/conversations?limit=200`)
  const { conversations } = (await response.json()) as { conversations: { inboundCount: number }[] }
  return conversations.reduce((sum, conversation) => sum + conversation.inboundCount, 0)
}

async function members(wasl: StartedWasl, person: Visitor): Promise<string[]> {
  const response = await person.context.request.get(`${wasl.inboxUrl}/api/v1/session`)
  const session = (await response.json()) as { members: { name: string }[] }
  return session.members.map((member) => member.name)
}
