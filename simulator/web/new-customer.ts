import type { ScenarioCustomer } from '../scenario.ts'
import type { NumberControl } from './control-client.ts'
import { fillIn } from './dialogs.ts'
import { language, t } from './language.ts'

/** Asks for a new customer's name, number, username and language, and makes it; `null` when cancelled. */
export async function makeCustomer(of: NumberControl): Promise<ScenarioCustomer | null> {
  const answer = await fillIn(
    t('newCustomer'),
    [
      { name: 'profileName', label: t('profileName'), required: true },
      { name: 'phone', label: t('phoneNumber'), ltr: true },
      { name: 'username', label: t('username'), ltr: true },
      {
        name: 'language',
        label: t('language'),
        value: language,
        options: [
          { value: 'ar', label: 'العربية' },
          { value: 'en', label: 'English' },
        ],
      },
    ],
    t('create'),
    t('newCustomerHint'),
  )
  if (!answer?.profileName) return null
  return await of.addCustomer({
    profileName: answer.profileName,
    phone: digitsOf(answer.phone),
    username: answer.username ? answer.username.replace(/^@/, '') : null,
    language: answer.language === 'en' ? 'en' : 'ar',
  })
}

/** Asks for a customer's new number and username, and changes what changed; answers whether anything did. */
export async function changeIdentity(of: NumberControl, customer: ScenarioCustomer): Promise<boolean> {
  const answer = await fillIn(
    t('changeIdentity'),
    [
      { name: 'phone', label: t('newNumber'), value: customer.phone ?? '', ltr: true },
      { name: 'username', label: t('username'), value: customer.username ?? '', ltr: true },
    ],
    t('save'),
  )
  if (!answer) return false
  const phone = digitsOf(answer.phone)
  const username = answer.username ? answer.username.replace(/^@/, '') : null
  if (phone === customer.phone && username === customer.username) return false
  await of.changeIdentity(customer.key, {
    ...(phone !== customer.phone && { phone }),
    ...(username !== customer.username && { username }),
  })
  return true
}

function digitsOf(text: string | undefined): string | null {
  const digits = (text ?? '').replace(/\D/g, '')
  return digits === '' ? null : digits
}
