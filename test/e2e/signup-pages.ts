import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Language, Words } from './words.ts'

/** What the simulator's popup says; its pages have words of their own. */
const POPUP = {
  en: {
    ...{ next: 'Next', connect: 'Connect to the Business Platform', share: 'Share chats', finish: 'Finish' },
    ...{ confirm: 'Confirm', cancel: 'Cancel', qr: 'Scan a QR code instead', scan: 'Scan' },
  },
  ar: {
    ...{ next: 'التالي', connect: 'الربط بمنصة الأعمال', share: 'مشاركة المحادثات', finish: 'إنهاء' },
    ...{ confirm: 'تأكيد', cancel: 'إلغاء', qr: 'مسح رمز QR بدلًا من ذلك', scan: 'مسح' },
  },
} as const

/** The pages of connecting and the popup, as an owner goes through them. */
export interface SignupPages {
  /** On the page that asks which model fits: coexistence is chosen, read, accepted, and the import agreed to. */
  agree(): Promise<void>
  /** Opens the popup by the button of that name. */
  openPopup(label: string): Promise<Page>
  cancel(popup: Page): Promise<void>
  /** With the code that the phone shows, or with the picture; chats are shared. Ends when the popup has closed. */
  finish(popup: Page, by: 'code' | 'picture'): Promise<void>
}

export function signupPages(page: Page, t: Words, language: Language): SignupPages {
  const said = POPUP[language]
  const press = (name: string, on: Page = page) => on.getByRole('button', { name, exact: true }).click()
  return {
    async agree() {
      await press(t('connect.next'))
      await page.getByTestId('changes').waitFor()
      const agree = page.getByRole('button', { name: t('change.agree'), exact: true })
      expect(await agree.isDisabled(), 'nobody agrees to what is not accepted').toBe(true)
      await page.getByLabel(t('change.accept')).check()
      await agree.click()
      await press(t('importConsent.agree'))
      await page.getByTestId('connect-signup').waitFor()
    },
    async openPopup(label) {
      const [popup] = await Promise.all([page.waitForEvent('popup'), press(label)])
      await popup.getByRole('button', { name: said.next, exact: true }).waitFor()
      return popup
    },
    cancel: (popup) => press(said.cancel, popup),
    async finish(popup, by) {
      await press(said.next, popup)
      await press(said.next, popup)
      const code = by === 'code' ? ((await popup.locator('.signup-code').textContent()) ?? '') : null
      if (code === null) await press(said.qr, popup)
      await press(said.connect, popup)
      await press(said.share, popup)
      if (code === null) await press(said.scan, popup)
      else {
        await popup.getByRole('textbox').fill(code)
        await press(said.confirm, popup)
      }
      await Promise.all([popup.waitForEvent('close'), press(said.finish, popup)])
    },
  }
}
