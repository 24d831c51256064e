import type { Fact } from './draft.ts'

/** What one delivery says. */
export interface ReadDelivery {
  readonly queueId: string
  readonly facts: readonly Fact[]
}

export interface PlacedRoutes {
  readonly byNumber: ReadonlyMap<string, { readonly workspaceId: string; readonly numberId: string }>
  readonly byAccount: ReadonlyMap<string, readonly string[]>
}

/** Facts by workspace and number, and deliveries some of whose facts belong to nobody here. */
export interface Placement {
  readonly workspaces: Map<string, Map<string | null, Fact[]>>
  readonly strangers: Map<string, { readonly phoneNumberId: string | null; readonly wabaId: string | null }>
}

/** Meta's ids that a batch names: numbers, and accounts of events that name no number. */
export function namedIds(deliveries: readonly ReadDelivery[]): { phoneNumberIds: string[]; wabaIds: string[] } {
  const phoneNumberIds = new Set<string>()
  const wabaIds = new Set<string>()
  for (const { facts } of deliveries) {
    for (const { event } of facts) {
      if (event.origin.phoneNumberId !== null) phoneNumberIds.add(event.origin.phoneNumberId)
      else if (event.origin.wabaId !== null) wabaIds.add(event.origin.wabaId)
    }
  }
  return { phoneNumberIds: [...phoneNumberIds], wabaIds: [...wabaIds] }
}

/** Puts every fact where it belongs. A fact that names only the account goes to every workspace that has it. */
export function placeFacts(deliveries: readonly ReadDelivery[], routes: PlacedRoutes): Placement {
  const placement: Placement = { workspaces: new Map(), strangers: new Map() }
  for (const { queueId, facts } of deliveries) {
    for (const fact of facts) {
      if (placeFact(placement, routes, fact)) continue
      if (placement.strangers.has(queueId)) continue
      const { phoneNumberId, wabaId } = fact.event.origin
      placement.strangers.set(queueId, { phoneNumberId, wabaId })
    }
  }
  return placement
}

function placeFact(placement: Placement, routes: PlacedRoutes, fact: Fact): boolean {
  const { phoneNumberId, wabaId } = fact.event.origin
  if (phoneNumberId !== null) {
    const route = routes.byNumber.get(phoneNumberId)
    if (route === undefined) return false
    factsAt(placement, route.workspaceId, route.numberId).push(fact)
    return true
  }
  const workspaceIds = wabaId === null ? [] : (routes.byAccount.get(wabaId) ?? [])
  for (const workspaceId of workspaceIds) factsAt(placement, workspaceId, null).push(fact)
  return workspaceIds.length > 0
}

function factsAt(placement: Placement, workspaceId: string, numberId: string | null): Fact[] {
  let parts = placement.workspaces.get(workspaceId)
  if (parts === undefined) {
    parts = new Map()
    placement.workspaces.set(workspaceId, parts)
  }
  let facts = parts.get(numberId)
  if (facts === undefined) {
    facts = []
    parts.set(numberId, facts)
  }
  return facts
}
