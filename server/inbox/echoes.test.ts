import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Message } from '../../contract/message.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { fixtureFiles, readFixture } from '../../test/support/fixtures.ts'
import { startTestIntake, type TestIntake, webhook, wireText } from '../../test/support/webhooks.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { readWorkspace } from '../platform/db.ts'
import { readConversationLines, readThread, viewMessages } from './read-store.ts'

/** What the business wrote on the phone, as Meta mirrors it, from the webhook to the thread. */

const LAYLA = '966551234567'

let db: TestDatabase
let place: TestWorkspace
let intake: TestIntake
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  place = await createTestWorkspace(db)
  intake = await startTestIntake(db)
})
afterEach(async () => {
  await intake.stop()
  expect(intake.failures).toEqual([])
})

const echo = (id: string, given: object) => ({
  ...{ from: place.number.phone, to: LAYLA, id: `wamid.${id}`, timestamp: '1795420860' },
  ...given,
})
const text = (body: string) => ({ type: 'text', text: { body } })

async function told(...echoes: object[]): Promise<void> {
  await take(webhook(place.number, { field: 'smb_message_echoes', value: { message_echoes: echoes } }))
}

async function take(body: object): Promise<void> {
  expect(await intake.post(body)).toBe(200)
  await intake.settled()
}

/** Every message of every thread, oldest first. */
function messages(): Promise<Message[]> {
  const { workspaceId, noura } = place
  return readWorkspace(db.database, workspaceId, async (sql) => {
    const lines = await readConversationLines(sql, workspaceId, noura.id, null, 100)
    const all: Message[] = []
    for (const { conversation } of lines) {
      const rows = await readThread(sql, workspaceId, conversation.id, null, 100)
      all.push(...(await viewMessages(sql, workspaceId, rows.reverse())))
    }
    return all
  })
}

describe('an echo', () => {
  const files = fixtureFiles('cloud-api/smb_message_echoes')

  test.each(files)('of %s is in the thread as the phone’s, or changes what is there', async (file) => {
    const given = JSON.parse(
      JSON.stringify(readFixture(`cloud-api/smb_message_echoes/${file}`))
        .replaceAll('281940663571804', place.number.phoneNumberId)
        .replaceAll('364817205993127', place.number.wabaId)
        .replaceAll('966550102030', place.number.phone),
    )
    const echoes = given.entry.flatMap(
      (entry: { changes: { value: { message_echoes: { id: string; type: string }[] } }[] }) =>
        entry.changes.flatMap(({ value }) => value.message_echoes),
    )
    await take(given)
    const shown = await messages()
    const acts = new Set(['edit', 'revoke', 'reaction'])
    const written = echoes.filter(({ type }: { type: string }) => !acts.has(type))
    expect(shown.map(({ wamid }) => wamid).sort()).toEqual(written.map(({ id }: { id: string }) => id).sort())
    for (const message of shown) expect(message).toMatchObject({ author: 'phone', source: 'live', delivery: null })
    expect(intake.unplaced).toEqual([])
  })

  test('of a type that nobody knows is kept whole, and seen', async () => {
    await told(echo('new', { type: 'hologram', hologram: { seconds: 3 } }))
    expect(await messages()).toMatchObject([{ author: 'phone', content: { type: 'unrecognised' } }])
  })

  test('keeps what it quotes, and shows it when that comes, before or after', async () => {
    await told(echo('answer', { ...text('Until ten'), context: { id: 'wamid.asked' } }))
    expect(await messages()).toMatchObject([{ quote: { wamid: 'wamid.asked' } }])
    expect((await messages()).map(({ quote }) => quote?.preview)).toEqual([undefined])
    const asked = wireText({ id: 'wamid.asked', from: LAYLA, body: 'Until when?' })
    await take(webhook(place.number, { value: { messages: [asked] } }))
    // It answers what was written a minute before, and stands under it.
    expect(await messages()).toMatchObject([
      { wamid: 'wamid.asked', author: 'customer' },
      { wamid: 'wamid.answer', quote: { preview: { author: 'customer', text: 'Until when?' } } },
    ])
  })

  test('that is edited and deleted on the phone keeps every wording', async () => {
    await told(
      echo('e1', {
        type: 'edit',
        edit: { original_message_id: 'wamid.m', message: text('Until eleven') },
        timestamp: '1795420920',
      }),
    )
    await told(echo('m', text('Until ten')))
    const [edited] = await messages()
    expect(edited).toMatchObject({
      content: { body: 'Until eleven' },
      versions: [{ content: { body: 'Until ten' }, replacedAtMs: 1_795_420_920_000 }],
    })
    await told(echo('r1', { type: 'revoke', revoke: { original_message_id: 'wamid.m' }, timestamp: '1795420980' }))
    expect(await messages()).toMatchObject([{ wamid: 'wamid.m', deletedAtMs: 1_795_420_980_000, versions: [{}] }])
  })
})
