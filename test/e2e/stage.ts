import type { Browser } from 'playwright-core'
import { expect } from 'vitest'
import { launchChromium, type Visitor, visitor } from './browser.ts'
import { type InboxPage, inboxPage } from './inbox-page.ts'
import { type SimulatedPhone, simulatedPhone } from './simulated-phone.ts'
import { type StartedWasl, startWaslWithSimulator } from './started-wasl.ts'
import { type Language, wordsOf } from './words.ts'

/** An import is in the way of what comes after it. */
const IMPORT = { timeout: 110_000, interval: 250 }

/** What a journey happens on: a Wasl with its simulator, the simulated phone, and a browser. */
export interface Stage {
  readonly wasl: StartedWasl
  readonly phone: SimulatedPhone
  readonly browser: Browser
  end(): Promise<void>
}

/** A person before the inbox, in a browser window of their own. */
export interface Seat {
  readonly person: Visitor
  readonly inbox: InboxPage
}

export async function openStage(): Promise<Stage> {
  const [wasl, browser] = await Promise.all([startWaslWithSimulator(), launchChromium()])
  return {
    ...{ wasl, browser, phone: simulatedPhone(wasl.simulatorUrl) },
    async end() {
      await browser.close()
      await wasl.end()
    },
  }
}

export async function takeSeat({ browser }: Stage, language: Language): Promise<Seat> {
  const person = await visitor(browser, { language })
  return { person, inbox: inboxPage(person.page, wordsOf(language)) }
}

/** One click connects the simulated phone; scripted customers pause, and its whole past comes in. */
export async function connectAndImport({ wasl, phone }: Stage, { person }: Seat, language: Language): Promise<void> {
  const { page } = person
  await page.goto(wasl.inboxUrl)
  await page.getByRole('button', { name: wordsOf(language)('welcome.try') }).click()
  await page.waitForURL('**/inbox/all')
  await phone.play(false)
  await expect
    .poll(async () => {
      const answer = await page.request.get(`${wasl.inboxUrl}/api/v1/numbers`)
      const { numbers } = (await answer.json()) as { numbers: { syncs: { state: string }[] }[] }
      return numbers[0]?.syncs.every(({ state }) => state === 'complete') === true
    }, IMPORT)
    .toBe(true)
}

/**
 * A seat before the open conversation of a new customer who has written; gives the customer's key too. The phone is
 * connected by the first journey of a stage, which is the English one.
 */
export async function answerCustomer(
  stage: Stage,
  language: Language,
  customer: { readonly name: string; readonly question: string },
): Promise<Seat & { readonly key: string }> {
  const { wasl, phone } = stage
  const seat = await takeSeat(stage, language)
  const { page } = seat.person
  await page.goto(wasl.inboxUrl)
  if (language === 'en') await page.getByRole('button', { name: wordsOf(language)('welcome.try') }).click()
  await page.goto(`${wasl.inboxUrl}/inbox/all`)
  await page.getByTestId('conversation').first().waitFor()
  await phone.play(false)
  const { key } = await phone.newCustomer(customer.name)
  await phone.write(key, 'customer', customer.question)
  await seat.inbox.open(customer.question)
  return { ...seat, key }
}
