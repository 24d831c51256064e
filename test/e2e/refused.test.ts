import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_CHROMIUM, type Visitor } from './browser.ts'
import type { InboxPage } from './inbox-page.ts'
import type { SimulatedPhone } from './simulated-phone.ts'
import { answerCustomer, openStage, type Stage } from './stage.ts'
import { stepsHangTogether } from './steps.ts'
import { type Language, wordsOf } from './words.ts'

const SOON = { timeout: 30_000, interval: 100 }
/** The server's beat, and time for a busy machine. */
const BEAT_MS_MAX = 90_000
const DAY_MS = 24 * 60 * 60 * 1000
const LANGUAGES: readonly Language[] = ['en', 'ar']

let stage: Stage
let phone: SimulatedPhone

beforeAll(async () => {
  if (NO_CHROMIUM !== '') return
  stage = await openStage()
  phone = stage.phone
})
afterAll(() => stage?.end())

describe.each(LANGUAGES)('a message that WhatsApp refuses, in %s', (language) => {
  stepsHangTogether()
  const t = wordsOf(language)
  const inArabic = language === 'ar'
  const question = inArabic ? 'هل أنتم مفتوحون؟' : 'Are you open?'
  const answer = inArabic ? 'نعم حتى العاشرة' : 'Yes, until ten'
  const second = inArabic ? 'أهلًا بك' : 'You are welcome'
  const draft = inArabic ? 'كنت أكتب هذا' : 'I was writing this'
  let person: Visitor
  let inbox: InboxPage
  let key: string

  beforeAll(async () => {
    if (NO_CHROMIUM !== '') return
    const customer = { name: inArabic ? 'لمى الدوسري' : 'Lama Dosari', question }
    ;({ person, inbox, key } = await answerCustomer(stage, language, customer))
  })

  const ours = async () => (await phone.chat(key)).filter(({ by }) => by === 'api')
  const problem = () => person.page.getByRole('group', { name: t('problem.label') })

  test('it says what happened, who must act and that it cost nothing, and it is read aloud', async () => {
    await phone.refuse(131026, 'later')
    await inbox.say(answer)
    await problem().getByText(t('refusal.undeliverable')).waitFor()
    await problem().getByText(t('refusalActor.customer')).waitFor()
    await problem().getByText(t('refusalCost.nothing')).waitFor()
    expect(await inbox.delivery(answer)).toBe('failed')
    await expect
      .poll(() => person.page.getByTestId('announcements').textContent(), SOON)
      .toContain(t('refusal.undeliverable'))
    expect(await ours()).toHaveLength(1)
  })

  test('it is sent again by the keyboard, as a new message that says so, and not a second time', async () => {
    await problem()
      .getByRole('button', { name: t('problem.sendAgain') })
      .focus()
    await person.page.keyboard.press('Enter')
    await expect.poll(() => inbox.delivery(answer), SOON).toMatch(/^(delivered|read)$/)
    await inbox.message(answer).last().getByText(t('problem.isAgain')).waitFor()
    await problem().getByText(t('problem.wasSentAgain')).waitFor()
    expect(await problem().getByRole('button').count()).toBe(0)
    expect(await ours()).toHaveLength(2)
  })

  test('its code leads to the page of all refusals', async () => {
    await problem()
      .getByRole('link', { name: t('refusals.code', { code: 131026 }) })
      .click()
    const found = person.page.getByTestId('refusals')
    await found.getByText(t('refusal.undeliverable')).waitFor()
    expect(await found.getByText(t('refusals.codes')).count()).toBe(1)
    await person.page.goBack()
    await inbox.message(answer).first().waitFor()
  })

  test('a refusal because of the closed window closes it at once; the customer opens it again', async () => {
    await phone.refuse(131047, 'later')
    await inbox.say(second)
    await person.page.getByTestId('composer-closed').waitFor()
    await inbox.message(second).getByText(t('refusal.replyWindowClosed')).waitFor()
    expect(
      await inbox
        .message(second)
        .getByRole('button', { name: t('problem.sendAgain') })
        .count(),
    ).toBe(0)
    // By the customer's clock, later than the refusal.
    await phone.moveClock(2_000)
    await phone.write(key, 'customer', `${question} 2`)
    await person.page.getByTestId('composer-closed').waitFor({ state: 'detached' })
  })

  test('when the window closes while somebody writes, templates are offered and the draft is kept', async () => {
    const field = person.page.getByRole('textbox', { name: t('composer.label') })
    await field.fill(draft)
    await person.page.evaluate(() => Object.assign(window, { stayed: true }))
    await phone.moveClock(DAY_MS)
    // A browser's own clock ticks; that a simulated one was moved, the server says with its next beat.
    await person.page.getByTestId('composer-closed').waitFor({ timeout: BEAT_MS_MAX })
    await person.page.getByTestId('kept-draft').getByText(draft).waitFor()
    await person.page.getByRole('searchbox', { name: t('templates.search') }).waitFor()
    expect(await field.count()).toBe(0)
    await phone.write(key, 'customer', `${question} 3`)
    await expect.poll(() => field.inputValue(), SOON).toBe(draft)
    expect(await person.page.evaluate(() => 'stayed' in window)).toBe(true)
    await field.press('Enter')
    await expect.poll(() => inbox.delivery(draft), SOON).toMatch(/^(delivered|read)$/)
    expect(person.complaints).toEqual([])
  })
})
