import type { ScenarioCustomer } from '../scenario.ts'
import { fillIn, iconButton, type MenuItem, openMenu, trying } from './dialogs.ts'
import { fill, h, ltr } from './dom.ts'
import { t } from './language.ts'
import type { LiveNumber } from './live-number.ts'
import { avatar, displayPhone, matches, nameElement, secondLine } from './people.ts'
import { drawScreen, goTo } from './phone-screen.ts'

/** Rows shown at once; the rest is found by searching. */
const ROWS = 200

/** The phone's address book, by name. */
export async function drawContacts(screen: HTMLElement, live: LiveNumber): Promise<void> {
  const customers = await live.of.customers()
  const saved = customers.filter((customer) => customer.addressBookName !== null)
  saved.sort((a, b) => (a.addressBookName ?? '').localeCompare(b.addressBookName ?? ''))
  const search = h('input', {
    type: 'search',
    class: 'search',
    placeholder: t('searchChats'),
    'aria-label': t('searchChats'),
    dir: 'auto',
  })
  const list = h('ul', { class: 'chat-list' })
  const draw = () => {
    const found = saved.filter((customer) => matches(customer, search.value))
    fill(
      list,
      ...found.slice(0, ROWS).map((customer) =>
        h(
          'li',
          {},
          contactRow(customer, () => openContact(live, customer, () => drawContacts(screen, live))),
        ),
      ),
      found.length > ROWS && h('li', { class: 'empty' }, t('moreChats', { count: found.length - ROWS })),
    )
  }
  search.addEventListener('input', draw)
  draw()
  drawScreen(
    screen,
    { at: 'contacts' },
    { title: t('contacts'), back: { at: 'chats' } },
    h('div', { class: 'chat-list-box' }, search, list),
  )
}

/** What can be done with somebody: write, save or rename, remove from the address book. */
export function openContact(live: LiveNumber, customer: ScenarioCustomer, changed: () => Promise<void>): void {
  const { addressBookName } = customer
  const items: MenuItem[] = [
    { label: t('message'), icon: 'chat', choose: () => goTo({ at: 'chat', customerKey: customer.key }) },
  ]
  if (addressBookName === null)
    items.push({ label: t('addContact'), icon: 'plus', choose: () => trying(rename(live, customer, changed)) })
  else {
    items.push({ label: t('editContact'), icon: 'edit', choose: () => trying(rename(live, customer, changed)) })
    items.push({
      label: t('removeContact'),
      icon: 'delete',
      dangerous: true,
      choose: () => trying(live.of.saveContact(customer.key, null).then(changed)),
    })
  }
  openMenu(t('contacts'), items, () =>
    h(
      'div',
      { class: 'profile' },
      avatar(customer, 'large'),
      h('strong', {}, nameElement(customer, 'phone')),
      h('span', { dir: 'auto' }, `~${customer.profileName}`),
      customer.phone === null && h('span', {}, t('noPhone')),
      customer.phone !== null && addressBookName !== null && ltr(displayPhone(customer.phone)),
      customer.username !== null && ltr(`@${customer.username}`),
      h('small', {}, t(addressBookName === null ? 'unsaved' : 'saved')),
    ),
  )
}

/** The button in a chat's bar that opens the contact. */
export function contactButton(live: LiveNumber, customer: ScenarioCustomer, changed: () => Promise<void>): HTMLElement {
  return iconButton('person', t('editContact'), () => openContact(live, customer, changed))
}

async function rename(live: LiveNumber, customer: ScenarioCustomer, changed: () => Promise<void>): Promise<void> {
  const title = t(customer.addressBookName === null ? 'addContact' : 'editContact')
  const value = customer.addressBookName ?? customer.profileName
  const answer = await fillIn(title, [{ name: 'name', label: t('contactName'), value, required: true }], t('save'))
  if (!answer?.name) return
  await live.of.saveContact(customer.key, answer.name)
  await changed()
}

function contactRow(customer: ScenarioCustomer, press: () => void): HTMLElement {
  return h(
    'button',
    { type: 'button', class: 'chat-row', on: { click: press } },
    avatar(customer),
    h(
      'span',
      { class: 'chat-row-lines' },
      h('strong', {}, nameElement(customer, 'phone')),
      h('bdi', { class: 'faint' }, secondLine(customer)),
    ),
  )
}
