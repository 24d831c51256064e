import { createAccount } from '../accounts/account.ts'
import { wamidSubject } from '../accounts/identity.ts'
import { graphId, wamid } from '../accounts/ids.ts'
import { addCustomer, type BusinessNumber, createNumber } from '../accounts/number.ts'
import { messageBody } from '../chat/body.ts'
import { putCall } from '../chat/calls.ts'
import { newEntry } from '../chat/entry.ts'
import { addEntry } from '../chat/store.ts'
import type { LoadedScenario } from '../control-api.ts'
import type { Scenario, ScenarioAct } from '../scenario.ts'
import { stayActive } from '../templates/archive.ts'
import { defaultTemplates } from '../templates/defaults.ts'
import type { World } from '../world.ts'

/** What a number plays: its live acts, and which message a scenario's key became. */
export interface Script {
  readonly number: BusinessNumber
  readonly acts: readonly ScenarioAct[]
  readonly wamidByKey: Map<string, string>
  readonly seed: number
  /** Whether people go on after the last act, as `continuationOf` says. */
  readonly goesOn: boolean
}

/** Makes the phone of a scenario: its past is in the chats, its future waits for onboarding. */
export function loadScenario(
  world: World,
  scenario: Scenario,
  goesOn: boolean,
): { script: Script; loaded: LoadedScenario } {
  const businessId = graphId(world.chance)
  const account = createAccount(graphId(world.chance), businessId, scenario.business.verifiedName)
  for (const template of defaultTemplates(world)) {
    account.templates.set(template.id, template)
    stayActive(world, account, template)
  }
  world.accounts.set(account.id, account)
  const number = createNumber({
    id: graphId(world.chance),
    accountId: account.id,
    businessId,
    business: scenario.business,
    scenario: scenario.name,
  })
  world.numbers.set(number.id, number)
  for (const customer of scenario.customers) addCustomer(number, customer)
  const firstLive = scenario.acts.findIndex((act) => act.atOffsetMs >= 0)
  const past = firstLive < 0 ? scenario.acts : scenario.acts.slice(0, firstLive)
  const acts = firstLive < 0 ? [] : scenario.acts.slice(firstLive)
  const wamidByKey = new Map<string, string>()
  const nowMs = world.clock.nowMs()
  for (const act of past) applyPast(world, number, act, nowMs, wamidByKey)
  const loaded = {
    phoneNumberId: number.id,
    wabaId: account.id,
    customers: scenario.customers.length,
    historyMessages: [...number.entries.values()].filter((entry) => !entry.deleted && entry.body.type !== 'call')
      .length,
    liveActs: acts.length,
  }
  return { script: { number, acts, wamidByKey, seed: scenario.seed, goesOn }, loaded }
}

/** An act of the past changes the chats and tells nobody. */
function applyPast(
  world: World,
  number: BusinessNumber,
  act: ScenarioAct,
  nowMs: number,
  wamidByKey: Map<string, string>,
): void {
  const customer = number.customers.get(act.customer)
  if (!customer) throw new Error(`Scenario ${number.scenario}: no customer ${act.customer}`)
  if (act.do === 'send') {
    const id = wamid(world.chance, wamidSubject(customer), act.by === 'phone')
    wamidByKey.set(act.key, id)
    const quoteWamid = act.quoteKey === undefined ? null : (wamidByKey.get(act.quoteKey) ?? null)
    const body = messageBody(world, number, act.message)
    const ticks = act.by === 'phone' ? ('read' as const) : null
    const chat = addEntry(
      number,
      newEntry({
        wamid: id,
        customerKey: customer.key,
        by: act.by,
        atMs: nowMs + act.atOffsetMs,
        body,
        quoteWamid,
        ticks,
      }),
    )
    chat.unread = act.by === 'phone' ? 0 : chat.unread + 1
    return
  }
  if (act.do === 'call') {
    putCall(world, number, customer, { by: act.by, atMs: nowMs + act.atOffsetMs })
    return
  }
  const target = number.entries.get(wamidByKey.get(act.targetKey) ?? '')
  if (!target) return
  if (act.do === 'delete') target.deleted = true
  else if (act.do === 'react' && act.by === 'customer') target.customerReaction = act.emoji
  else if (act.do === 'react') target.businessReaction = act.emoji
  else if (act.do === 'edit' && target.body.type === 'text') {
    target.body = { type: 'text', text: { body: act.text } }
    target.edited = true
  }
}
