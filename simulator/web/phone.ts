import type { Chat } from '../control-api.ts'
import type { ScenarioCustomer } from '../scenario.ts'
import { type ChatList, chatList } from './chat-list.ts'
import { type ChatView, chatView } from './chat-view.ts'
import { iconButton, trying } from './dialogs.ts'
import { h, ltr } from './dom.ts'
import { emptyPage } from './empty-page.ts'
import { applyLanguage, otherLanguageAddress, t } from './language.ts'
import { findNumber, type LiveNumber, watchNumber } from './live-number.ts'
import { avatar, nameElement } from './people.ts'
import { contactButton, drawContacts } from './phone-contacts.ts'
import { type Bar, drawScreen, goTo, isAt, type Place, placeNow } from './phone-screen.ts'
import { drawDevices, drawPlatform, drawSettings } from './phone-settings.ts'

applyLanguage('phone')
trying(start())

async function start(): Promise<void> {
  const live = await findNumber()
  if (!live) return document.body.replaceChildren(emptyPage())
  const screen = h('main', { class: 'screen' })
  document.body.replaceChildren(
    h('div', { class: 'stage' }, h('div', { class: 'device' }, screen), besideThePhone(live)),
  )
  const page = phonePage(live, screen)
  addEventListener('hashchange', () => trying(page.draw(placeNow())))
  watchNumber(live, {
    onChats: page.showChats,
    onChat: (customerKey) => trying(page.refreshChat(customerKey)),
    onConnection: (open) => {
      screen.classList.toggle('offline', !open)
      if (open) trying(page.draw(placeNow()))
    },
  })
}

/** The app's screens on one element: which one is drawn, and what reaches it. */
function phonePage(live: LiveNumber, screen: HTMLElement) {
  let chats: readonly Chat[] = []
  let open: { readonly customerKey: string; readonly view: ChatView } | null = null
  const list: ChatList = chatList('phone', (customerKey) => goTo({ at: 'chat', customerKey }))
  const showList = () =>
    list.show(
      chats.map((chat) => ({ customer: chat.customer, chat })),
      live.nowMs(),
      null,
    )

  const drawChat = async (customerKey: string) => {
    const customer = (await live.of.customers()).find((each) => each.key === customerKey)
    if (!customer) return goTo({ at: 'chats' })
    if (!isAt({ at: 'chat', customerKey })) return
    const view = chatView(live.of, customer, 'phone', live.number.verifiedName, live.nowMs)
    open = { customerKey, view }
    drawScreen(
      screen,
      { at: 'chat', customerKey },
      chatBar(live, customer, () => drawChat(customerKey)),
      view.element,
    )
    await view.refresh()
  }
  const drawChats = () => {
    drawScreen(screen, { at: 'chats' }, chatsBar(live), list.element)
    showList()
  }
  const draw = async (place: Place): Promise<void> => {
    if (place.at === 'chat' && open?.customerKey === place.customerKey) return await open.view.refresh()
    open = null
    switch (place.at) {
      case 'chat':
        return await drawChat(place.customerKey)
      case 'contacts':
        return await drawContacts(screen, live)
      case 'settings':
        return await drawSettings(screen, live)
      case 'devices':
        return await drawDevices(screen, live)
      case 'platform':
        return await drawPlatform(screen, live)
      case 'chats':
        return drawChats()
      default:
        place satisfies never
    }
  }
  return {
    draw,
    showChats(fresh: readonly Chat[]) {
      chats = fresh
      if (list.element.isConnected) showList()
    },
    async refreshChat(customerKey: string) {
      if (open?.customerKey === customerKey) await open.view.refresh()
    },
  }
}

function chatBar(live: LiveNumber, customer: ScenarioCustomer, changed: () => Promise<void>): Bar {
  const profile = customer.addressBookName === null && h('small', {}, h('bdi', {}, `~${customer.profileName}`))
  const title = h(
    'span',
    { class: 'who' },
    avatar(customer, 'small'),
    h('span', { class: 'card-lines' }, nameElement(customer, 'phone'), profile),
  )
  return { title, back: { at: 'chats' }, actions: [contactButton(live, customer, changed)] }
}

function chatsBar(live: LiveNumber): Bar {
  const actions = [
    iconButton('people', t('contacts'), () => goTo({ at: 'contacts' })),
    iconButton('settings', t('settings'), () => goTo({ at: 'settings' })),
  ]
  return { title: live.number.verifiedName, actions }
}

/** On a wide screen: which number this is, and the way to the customers and the other language. */
function besideThePhone(live: LiveNumber): HTMLElement {
  return h(
    'aside',
    { class: 'beside' },
    h('h2', {}, h('bdi', {}, live.number.verifiedName)),
    h('p', {}, ltr(live.number.displayPhone)),
    h('a', { class: 'button', href: `/customers${location.search}` }, t('customers')),
    h('a', { class: 'button', href: otherLanguageAddress() }, t('otherLanguage')),
  )
}
