import type { SimulatedNumber } from '../control-api.ts'
import { control } from './control-client.ts'
import { trying } from './dialogs.ts'
import { fill, h, ltr, words } from './dom.ts'
import { applyLanguage } from './language.ts'
import { ENDINGS } from './signup-endings.ts'
import { end, hasOpener, isCoexistence } from './signup-opener.ts'
import { drawPhone, newCode, qrPicture } from './signup-phone.ts'
import { say } from './signup-words.ts'

/** The screens of Meta's popup, played: accounts, number, confirming on the phone, finish. */
type Screen = 'accounts' | 'number' | 'confirm' | 'finish'
/** What Meta calls the place at which somebody gave up. */
const STEP: Readonly<Record<Screen, string>> = {
  accounts: 'BUSINESS_ACCOUNT_SELECTION',
  number: 'PHONE_NUMBER_SETUP',
  confirm: 'PHONE_NUMBER_VERIFICATION',
  finish: 'CONFIRMATION',
}

interface Choice {
  screen: Screen
  accountIds: Set<string>
  phoneNumberId: string | null
  share: boolean
  byQr: boolean
  readonly code: string
}

const main = h('main', { class: 'signup-main' })

applyLanguage('connect')
trying(start())

async function start(): Promise<void> {
  document.title = say('title')
  fill(
    document.body,
    h('header', { class: 'signup-head' }, h('h1', {}, say('title')), h('small', {}, say('notMeta'))),
    main,
    hasOpener ? h('footer', { class: 'signup-foot' }, otherEndings()) : null,
  )
  if (!hasOpener) return fill(main, h('p', {}, say('noOpener')))
  fill(main, h('p', {}, say('loading')))
  if ((await control.state()).numbers.length === 0) await control.loadScenario('shop')
  const { numbers } = await control.state()
  const free = numbers.find((number) => number.connection !== 'connected') ?? numbers[0]
  draw(numbers, {
    screen: 'accounts',
    accountIds: new Set(free === undefined ? [] : [free.wabaId]),
    phoneNumberId: free?.phoneNumberId ?? null,
    share: true,
    byQr: false,
    code: newCode(),
  })
}

let at: Screen = 'accounts'

function draw(numbers: readonly SimulatedNumber[], choice: Choice): void {
  at = choice.screen
  const again = (more: Partial<Choice>) => draw(numbers, Object.assign(choice, more))
  const screens = {
    accounts: () => accounts(numbers, choice, again),
    number: () => chooseNumber(numbers, choice, again),
    confirm: () => confirm(choice, again),
    finish: () => finish(numbers, choice),
  }
  fill(main, ...screens[choice.screen]())
}

type Again = (more: Partial<Choice>) => void

function accounts(numbers: readonly SimulatedNumber[], choice: Choice, again: Again): Node[] {
  const byAccount = new Map(numbers.map((number) => [number.wabaId, number]))
  const toggle = (id: string) => {
    if (!choice.accountIds.delete(id)) choice.accountIds.add(id)
    again({})
  }
  return [
    h('h2', {}, say('accounts')),
    ...[...byAccount].map(([id, number]) =>
      line('checkbox', choice.accountIds.has(id), number.verifiedName, id, () => toggle(id)),
    ),
    actions(
      button(say('next'), () => again({ screen: 'number' }), choice.accountIds.size > 0),
      cancel(),
    ),
  ]
}

function chooseNumber(numbers: readonly SimulatedNumber[], choice: Choice, again: Again): Node[] {
  const offered = numbers.filter((number) => choice.accountIds.has(number.wabaId))
  const chosen = offered.some((number) => number.phoneNumberId === choice.phoneNumberId)
  return [
    h('h2', {}, say('numberTitle')),
    ...offered.map((number) =>
      line(
        'radio',
        number.phoneNumberId === choice.phoneNumberId,
        number.displayPhone,
        number.connection === 'connected' ? say('inUse') : number.verifiedName,
        () => again({ phoneNumberId: number.phoneNumberId }),
      ),
    ),
    actions(
      button(say('next'), () => again({ screen: isCoexistence ? 'confirm' : 'finish' }), chosen),
      h('button', { type: 'button', class: 'button', on: { click: () => again({ screen: 'accounts' }) } }, say('back')),
      cancel(),
    ),
  ]
}

function confirm(choice: Choice, again: Again): Node[] {
  const phone = drawPhone({
    code: choice.code,
    byQr: choice.byQr,
    onDone: (share) => again({ share, screen: 'finish' }),
    onCancel: () => giveUp(),
  })
  return [
    h('h2', {}, say('confirmTitle')),
    h('p', {}, say(choice.byQr ? 'qrLead' : 'codeLead')),
    choice.byQr ? qrPicture(choice.code) : h('p', { class: 'signup-code' }, ltr(choice.code)),
    h(
      'p',
      {},
      h(
        'button',
        { type: 'button', class: 'button', on: { click: () => again({ byQr: !choice.byQr }) } },
        say(choice.byQr ? 'useCode' : 'useQr'),
      ),
    ),
    phone,
    actions(cancel()),
  ]
}

function finish(numbers: readonly SimulatedNumber[], choice: Choice): Node[] {
  const number = numbers.find((one) => one.phoneNumberId === choice.phoneNumberId)
  if (number === undefined) return []
  const go = async () => {
    const others = [...choice.accountIds].filter((id) => id !== number.wabaId)
    const wish = { shareHistory: choice.share, accountIds: others, apiOnly: !isCoexistence }
    const { code, wabaId, phoneNumberId, businessId } = await control.signUp(number.phoneNumberId, wish)
    // Of a number that stays on the phone only the account is certain to be named.
    if (isCoexistence) end('FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', { waba_id: wabaId }, code)
    else end('FINISH', { waba_id: wabaId, phone_number_id: phoneNumberId, business_id: businessId }, code)
  }
  return [
    h('h2', {}, say('finishTitle')),
    h('p', {}, ltr(number.displayPhone), ' · ', words(number.verifiedName)),
    isCoexistence ? h('p', {}, say(choice.share ? 'shared' : 'notShared')) : h('p', {}),
    actions(
      button(say('finish'), () => trying(go()), true),
      cancel(),
    ),
  ]
}

function line(type: 'checkbox' | 'radio', checked: boolean, title: string, detail: string, press: () => void) {
  const input = h('input', { type, name: 'choice', on: { change: press } })
  input.checked = checked
  return h('label', { class: 'signup-choice' }, input, h('span', {}, words(title), h('small', {}, ltr(detail))))
}

function button(label: string, press: () => void, enabled: boolean) {
  return h('button', { type: 'button', class: 'button main', disabled: !enabled, on: { click: press } }, label)
}

function cancel() {
  return h('button', { type: 'button', class: 'button', on: { click: giveUp } }, say('cancel'))
}

function giveUp(): void {
  end('CANCEL', { current_step: STEP[at] }, null)
}

function actions(...buttons: readonly HTMLElement[]) {
  return h('div', { class: 'signup-actions' }, ...buttons)
}

function otherEndings() {
  const select = h(
    'select',
    { 'aria-label': say('misuse') },
    ...ENDINGS.map((ending, index) => h('option', { value: index }, ending.label)),
  )
  const go = async () => {
    const ending = ENDINGS[Number(select.value)]
    if (ending === undefined) return
    if (ending.grants !== true) return end(ending.event, { ...ending.data, current_step: STEP[at] }, null)
    const [number] = (await control.state()).numbers
    if (number === undefined) return
    const { code, wabaId } = await control.signUp(number.phoneNumberId, { accessOnly: true })
    end(ending.event, { waba_id: wabaId }, code)
  }
  return h(
    'details',
    {},
    h('summary', {}, say('misuse')),
    actions(select, h('button', { type: 'button', class: 'button', on: { click: () => trying(go()) } }, say('end'))),
  )
}
