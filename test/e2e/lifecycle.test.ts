import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Snapshot } from '../../contract/api/inbox.ts'
import type { NumbersAnswer } from '../../contract/api/workspace.ts'
import type { BusinessNumber } from '../../contract/number.ts'
import { launchChromium, NO_CHROMIUM, type Visitor, visitor } from './browser.ts'
import { type InboxPage, inboxPage } from './inbox-page.ts'
import { signupPages } from './signup-pages.ts'
import { type SimulatedPhone, simulatedPhone } from './simulated-phone.ts'
import { type StartedWasl, startWaslWithSimulator } from './started-wasl.ts'
import { stepsHangTogether } from './steps.ts'
import { type Language, type Words, wordsOf } from './words.ts'

/** More than the minute in which Wasl makes its rounds, on a busy machine. */
const ROUNDS = { timeout: 100_000, interval: 250 }
const DAY_MS = 24 * 60 * 60 * 1000
const QUESTION = 'هل أنتم مفتوحون؟'

describe('a number is nearly lost, lost, and regained, seen in both languages at once', () => {
  let wasl: StartedWasl
  let browser: Browser
  let phone: SimulatedPhone
  let people: { readonly person: Visitor; readonly inbox: InboxPage; readonly t: Words; readonly language: Language }[]

  stepsHangTogether()

  beforeAll(async () => {
    if (NO_CHROMIUM !== '') return
    ;[wasl, browser] = await Promise.all([startWaslWithSimulator(), launchChromium()])
    phone = simulatedPhone(wasl.simulatorUrl)
    people = await Promise.all((['en', 'ar'] as const).map(visit))
  })

  afterAll(async () => {
    await browser?.close()
    await wasl?.end()
  })

  test('the phone is connected, and its past is in', async () => {
    await connect()
    await phone.play(false)
    await expect.poll(async () => (await number()).state, ROUNDS).toBe('live')
  })

  test('eleven silent days stand above the inbox; one tap, and they are gone for everybody, until it is undone', async () => {
    // A minute beyond, since a page counts time in coarse beats; and it is told the time when it is opened.
    const silentMs = 11 * DAY_MS + 60_000
    await phone.moveClock(silentMs)
    const dueMs = ((await number()).lastSignMs ?? expect.fail('the phone gave no sign')) + silentMs
    await expect.poll(waslNowMs, ROUNDS).toBeGreaterThanOrEqual(dueMs)
    for (const { person, t } of people) {
      await person.page.goto(`${wasl.inboxUrl}/inbox/all`)
      const banner = person.page.getByTestId('phone-due')
      await banner.getByText(t('phoneDue.remind', { count: 2 })).waitFor()
    }
    for (const { person, t } of people) {
      await person.page.getByTestId('opened').click()
      for (const { person: each } of people) await each.page.getByTestId('phone-due').waitFor({ state: 'detached' })
      await person.page.getByTestId('toast').getByText(t('phoneDue.noted')).waitFor()
      await person.page.getByRole('button', { name: t('toast.undo') }).click()
      await person.page.getByTestId('toast').getByText(t('phoneDue.undone')).waitFor()
      for (const { person: each } of people) await each.page.getByTestId('phone-due').waitFor()
    }
    const [first] = people
    await first?.person.page.getByTestId('opened').click()
    for (const { person } of people) await person.page.getByTestId('phone-due').waitFor({ state: 'detached' })
    expect(await number()).toMatchObject({ state: 'live', lastSignKind: 'opened' })
  })

  test('there is a customer who asks something', async () => {
    const customer = await phone.newCustomer('هدى')
    await phone.write(customer.key, 'customer', QUESTION)
    for (const { inbox } of people) await inbox.open(QUESTION)
  })

  test.each([
    ['en', 'BUSINESS_DOWNGRADE', 'business_downgrade'],
    ['ar', 'ACCOUNT_DISCONNECTED', 'account_disconnected'],
  ] as const)(
    'the owner ends it on the phone, and who reads %s regains it by its pages',
    async (language, cause, reason) => {
      await lose(cause)
      for (const { person, inbox, t } of people) {
        await person.page.goto(`${wasl.inboxUrl}/inbox/all`)
        await inbox.open(QUESTION)
        const why = t(`stateReason.${reason}`)
        await person.page.getByTestId('number-alarm').getByText(why).waitFor()
        await person.page.getByTestId('composer-closed').getByText(why).waitFor()
        await person.page.getByRole('link', { name: t('composer.wayBack') }).click()
        await person.page.getByTestId('state-card').getByRole('listitem').first().waitFor()
        await person.page.getByTestId('state-history').getByText(why).first().waitFor()
      }
      const before = await number()
      const { person, t } = people.find((one) => one.language === language) ?? expect.fail('nobody reads it')
      await person.page
        .getByTestId('state-card')
        .getByRole('link', { name: t('wayBack.connect') })
        .click()
      const next = person.page.getByRole('button', {
        name: new RegExp(`^(${t('connect.next')}|${t('preflight.nextAnyway')})$`),
      })
      await person.page.getByTestId('preflight').waitFor()
      await next.click()
      const pages = signupPages(person.page, t, language)
      await person.page.getByTestId('connect-model').waitFor()
      await pages.agree()
      await pages.finish(await pages.openPopup(t('signup.open')), language === 'en' ? 'code' : 'picture')
      await person.page.getByTestId('connect-done').waitFor()
      await expect.poll(async () => (await number()).state, ROUNDS).toBe('live')
      expect((await number()).id).toBe(before.id)
    },
  )

  test('connected again, it is the same number with the same threads, and one may write', async () => {
    for (const { person, inbox } of people) {
      await person.page.goto(`${wasl.inboxUrl}/inbox/all`)
      await inbox.open(QUESTION)
      await person.page.getByTestId('send').waitFor()
      expect(await person.page.getByTestId('number-alarm').count()).toBe(0)
    }
  })

  test('nothing broke on the way, and nobody else was asked', () => {
    expect(people.flatMap(({ person }) => person.complaints)).toEqual([])
  })

  async function visit(language: Language) {
    const t = wordsOf(language)
    const person = await visitor(browser, { language })
    return { person, inbox: inboxPage(person.page, t), t, language }
  }

  /** The phone ends it; Graph is asked twice. */
  async function lose(cause: Parameters<SimulatedPhone['disconnect']>[0]): Promise<void> {
    await phone.disconnect(cause)
    const { checkedAtMs } = await number()
    await expect.poll(async () => (await number()).checkedAtMs !== checkedAtMs, ROUNDS).toBe(true)
    await phone.moveClock(61_000)
    await expect.poll(async () => (await number()).state, ROUNDS).toBe('removed')
  }

  async function connect(): Promise<void> {
    const request = people[0]?.person.context.request
    const answer = await request?.post(`${wasl.inboxUrl}/api/v1/numbers/simulated`, { data: {} })
    expect(answer?.status()).toBe(201)
  }

  async function number(): Promise<BusinessNumber> {
    const { numbers } = await ask<NumbersAnswer>('/numbers')
    return numbers[0] as BusinessNumber
  }

  /** Wasl follows the simulator's clock within a second or two. */
  async function waslNowMs(): Promise<number> {
    return (await ask<Snapshot>('/snapshot')).nowMs
  }

  async function ask<T>(path: string): Promise<T> {
    const { request } = (people[0] as (typeof people)[number]).person.context
    const answer = await request.get(`${wasl.inboxUrl}/api/v1${path}`)
    return (await answer.json()) as T
  }
})
