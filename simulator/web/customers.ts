import type { Chat } from '../control-api.ts'
import type { ScenarioCustomer } from '../scenario.ts'
import { chatList } from './chat-list.ts'
import { type ChatView, chatView } from './chat-view.ts'
import { controlPanel } from './control-panel.ts'
import { iconButton, openMenu, trying } from './dialogs.ts'
import { fill, h } from './dom.ts'
import { emptyPage } from './empty-page.ts'
import { applyLanguage, otherLanguageAddress, t } from './language.ts'
import { findNumber, type LiveNumber, watchNumber } from './live-number.ts'
import { changeIdentity, makeCustomer } from './new-customer.ts'
import { avatar, secondLine } from './people.ts'

applyLanguage('customers')
trying(start())

async function start(): Promise<void> {
  const live = await findNumber()
  if (!live) return document.body.replaceChildren(emptyPage())
  const page = customersPage(live)
  document.body.replaceChildren(page.element)
  addEventListener('hashchange', () => trying(page.draw()))
  watchNumber(live, {
    onChats: page.showChats,
    onChat: (customerKey) => trying(page.refreshChat(customerKey)),
    onConnection: (open) => {
      page.element.classList.toggle('offline', !open)
      if (open) trying(page.draw())
    },
  })
}

/** Everybody on the left, the chosen one's phone in the middle, the simulator's controls on the right. */
function customersPage(live: LiveNumber) {
  let chats: readonly Chat[] = []
  let customers: readonly ScenarioCustomer[] = []
  let open: { readonly key: string; readonly view: ChatView } | null = null
  const list = chatList('customer', choose)
  const middle = h('section', { class: 'middle screen', 'aria-label': t('chats') })
  const showList = () => {
    const byKey = new Map(chats.map((chat) => [chat.customer.key, chat]))
    const talking = chats.map((chat) => ({ customer: chat.customer, chat }))
    const silent = customers
      .filter((customer) => !byKey.has(customer.key))
      .map((customer) => ({ customer, chat: null }))
    // Whoever was just made has no chat yet and stands first, while chosen; the others without one come last.
    const rows = [
      ...silent.filter((row) => row.customer.key === open?.key),
      ...talking,
      ...silent.filter((row) => row.customer.key !== open?.key),
    ]
    list.show(rows, live.nowMs(), open?.key ?? null)
  }
  const add = async () => {
    const made = await makeCustomer(live.of)
    if (made) choose(made.key)
  }
  const element = frame(list.element, middle, () => trying(add()))
  const drawChat = (customer: ScenarioCustomer, again: () => Promise<void>) => {
    const view = chatView(live.of, customer, 'customer', live.number.verifiedName, live.nowMs)
    open = { key: customer.key, view }
    fill(middle, customerBar(live, customer, again), view.element)
  }
  const draw = async () => {
    const key = decodeURIComponent(location.hash.slice(1))
    element.classList.toggle('chat-open', key !== '')
    if (open && open.key === key) return await open.view.refresh()
    customers = await live.of.customers()
    const customer = customers.find((each) => each.key === key)
    open = null
    if (!customer) fill(middle, h('p', { class: 'empty' }, t('pickCustomer')))
    else {
      drawChat(customer, async () => {
        open = null
        await draw()
      })
      await refresh()
    }
    showList()
  }
  const refresh = async () => await open?.view.refresh()
  return {
    element,
    draw,
    showChats(fresh: readonly Chat[]) {
      chats = fresh
      showList()
    },
    async refreshChat(customerKey: string) {
      if (open?.key === customerKey) await refresh()
    },
  }
}

/** The three columns; on narrow screens one of them at a time. */
function frame(list: HTMLElement, middle: HTMLElement, add: () => void): HTMLElement {
  const right = h('aside', { class: 'right' })
  const open = (wish: boolean) => element.classList.toggle('panel-open', wish)
  const bar = h(
    'header',
    { class: 'bar' },
    h('h1', {}, t('customers')),
    iconButton('plus', t('newCustomer'), add),
    iconButton('settings', t('control'), () => open(true), 'panel-button'),
  )
  const element = h(
    'main',
    { class: 'columns' },
    h('nav', { class: 'left', 'aria-label': t('customers') }, bar, list, links()),
    middle,
    right,
  )
  right.append(
    h(
      'div',
      { class: 'panel-close' },
      iconButton('close', t('close'), () => open(false)),
    ),
    controlPanel(),
  )
  return element
}

function customerBar(live: LiveNumber, customer: ScenarioCustomer, changed: () => Promise<void>): HTMLElement {
  const lines = h(
    'span',
    { class: 'card-lines' },
    h('span', { dir: 'auto' }, customer.profileName),
    h('small', {}, h('bdi', {}, secondLine(customer))),
  )
  return h(
    'header',
    { class: 'bar' },
    iconButton('back', t('back'), () => choose(''), 'back'),
    h('h1', {}, h('span', { class: 'who' }, avatar(customer, 'small'), lines)),
    iconButton('more', t('more'), () => openCustomerMenu(live, customer, changed)),
  )
}

function choose(key: string): void {
  location.hash = encodeURIComponent(key)
}

/** What customers do besides writing: come by an advertisement, change number or username. */
function openCustomerMenu(live: LiveNumber, customer: ScenarioCustomer, changed: () => Promise<void>): void {
  const referral = {
    sourceId: '120210000000001',
    sourceUrl: 'https://fb.me/000000001',
    headline: live.number.verifiedName,
    body: t('fromAd'),
  }
  const fromAd = () =>
    live.of.act(customer.key, { by: 'customer', do: 'send', message: { type: 'text', body: t('adText') }, referral })
  const onWindows = () =>
    live.of.act(customer.key, {
      by: 'customer',
      do: 'send',
      message: { type: 'text', body: t('windowsText') },
      unsupportedDevice: 'unavailable',
    })
  openMenu(t('more'), [
    { label: t('clickAd'), icon: 'link', choose: () => trying(fromAd()) },
    {
      label: t('callShop'),
      icon: 'phone',
      choose: () => trying(live.of.act(customer.key, { by: 'customer', do: 'call' })),
    },
    { label: t('writeOnWindows'), icon: 'laptop', choose: () => trying(onWindows()) },
    {
      label: t('changeIdentity'),
      icon: 'edit',
      choose: () =>
        trying(changeIdentity(live.of, customer).then(async (done) => (done ? await changed() : undefined))),
    },
  ])
}

function links(): HTMLElement {
  return h(
    'p',
    { class: 'links' },
    h('a', { href: `/phone${location.search}` }, t('phone')),
    h('a', { href: otherLanguageAddress() }, t('otherLanguage')),
  )
}
