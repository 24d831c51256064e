import type { Locator, Page } from 'playwright-core'
import type { Words } from './words.ts'

/** The inbox as a person finds their way in it: by names and words, not by how it is built. */
export interface InboxPage {
  readonly page: Page
  /** A row of the list that shows this text. */
  row(text: string): Locator
  open(text: string): Promise<void>
  /** A message of the open thread. */
  message(text: string): Locator
  /** Writes into the composer and presses Enter. */
  say(text: string): Promise<void>
  /** How far a message of ours has come, e.g. `delivered`. */
  delivery(text: string): Promise<string | null>
  /** Becomes another member by the switcher. */
  actAs(name: string): Promise<void>
  me(): Promise<string>
}

export function inboxPage(page: Page, t: Words): InboxPage {
  const row = (text: string) => page.getByTestId('conversation').filter({ hasText: text })
  const message = (text: string) => page.getByTestId('message').filter({ hasText: text })
  const switcher = page.getByRole('button', { name: new RegExp(`^${escaped(t('member.actingAs'))}`) })
  return {
    page,
    row,
    message,
    async open(text) {
      await row(text).first().click()
      await page.getByTestId('thread').waitFor()
    },
    async say(text) {
      const field = page.getByRole('textbox', { name: t('composer.label') })
      await field.fill(text)
      await field.press('Enter')
    },
    async delivery(text) {
      return message(text).last().locator('[data-delivery]').getAttribute('data-delivery')
    },
    async me() {
      return (await switcher.locator('bdi').textContent()) ?? ''
    },
    async actAs(name) {
      await switcher.click()
      await page.getByRole('menuitemradio', { name: new RegExp(escaped(name)) }).click()
      await switcher.filter({ hasText: name }).waitFor()
    },
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
