import { randomUUID } from 'node:crypto'
import type { Member } from '../../contract/number.ts'
import type { TestDatabase } from './database.ts'

export interface TestWorkspace {
  readonly workspaceId: string
  readonly feedId: string
  readonly noura: Member
  readonly salem: Member
  readonly maya: Member
  readonly number: {
    readonly id: string
    readonly phoneNumberId: string
    readonly wabaId: string
    readonly phone: string
  }
}

/** A workspace with its feed, an owner and two agents, and one connected number that deliveries are routed to. */
export async function createTestWorkspace(
  test: Pick<TestDatabase, 'owner'>,
  at: Date = new Date(Date.UTC(2026, 10, 23, 9)),
): Promise<TestWorkspace> {
  const workspaceId = randomUUID()
  const feedId = randomUUID()
  const digits = String(parseInt(workspaceId.slice(0, 8), 16)).padStart(10, '0')
  const number = {
    id: randomUUID(),
    phoneNumberId: `1${digits}`,
    wabaId: `2${digits}`,
    phone: `9665${digits.slice(-8)}`,
  }
  const people: Member[] = [
    { id: randomUUID(), name: 'Noura Al-Harbi', role: 'owner' },
    { id: randomUUID(), name: 'Salem Al-Otaibi', role: 'agent' },
    { id: randomUUID(), name: 'Maya Haddad', role: 'agent' },
  ]
  const { owner } = test
  await owner.query('insert into workspace values ($1, $2, $3, $4)', [workspaceId, 'Test', feedId, at])
  await owner.query('insert into feed_counter (workspace_id) values ($1)', [workspaceId])
  for (const person of people) {
    await owner.query('insert into member values ($1, $2, $3, $4, $5)', [
      workspaceId,
      person.id,
      person.name,
      person.role,
      at,
    ])
  }
  await owner.query(
    `insert into business_number (workspace_id, id, waba_id, phone_number_id, phone, display_phone, verified_name, mode, state, connected_at)
     values ($1, $2, $3, $4, $5, $6, 'Noor Home', 'coexistence', 'live', $7)`,
    [workspaceId, number.id, number.wabaId, number.phoneNumberId, number.phone, `+${number.phone}`, at],
  )
  await owner.query(
    'insert into number_route (phone_number_id, waba_id, workspace_id, number_id) values ($1, $2, $3, $4)',
    [number.phoneNumberId, number.wabaId, workspaceId, number.id],
  )
  const [noura, salem, maya] = people as [Member, Member, Member]
  return { workspaceId, feedId, noura, salem, maya, number }
}
