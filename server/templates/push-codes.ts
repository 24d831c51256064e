import { goesTogether } from '../../contract/template-together.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace } from '../platform/db.ts'
import type { Graph } from '../whatsapp/client.ts'
import { keepSubmitted } from './keep-submitted.ts'
import { refused, refusedByMeta } from './refusals.ts'
import { queueSync } from './sync-templates.ts'
import type { TemplateRow } from './template-rows.ts'
import { readTemplates, readTerms } from './template-store.ts'
import { templateView } from './template-view.ts'
import type { Actor, DraftOutcome } from './write-draft.ts'

interface PushCodesDeps {
  readonly database: Database
  readonly clock: Clock
  readonly graph: Pick<Graph, 'upsertCodes'>
}

/**
 * One-time passwords of one name and one choice, approved here in several languages, go to Meta in one call: it makes the
 * languages that it does not have, and changes the others. `null` where the template is the only one.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates/bulk-management
 */
export async function pushCodes(
  { database, clock, graph }: PushCodesDeps,
  actor: Actor,
  row: TemplateRow,
  token: string,
): Promise<DraftOutcome | null> {
  const { workspaceId } = actor
  const givenMs = clock.nowMs()
  const rows = await readWorkspace(database, workspaceId, async (sql) => {
    const terms = await readTerms(sql, workspaceId)
    const view = (one: TemplateRow) => templateView(one, terms, givenMs)
    const all = await readTemplates(sql, workspaceId)
    return all.filter((one) => one.id === row.id || goesTogether(view(row), view(one), givenMs))
  })
  if (rows.length < 2) return null
  const { name, wabaId, wording } = row
  const answer = await graph.upsertCodes(token, wabaId, {
    name,
    languages: rows.map(({ language }) => language),
    components: wording.components,
  })
  if (answer.kind !== 'ok') {
    await inWorkspace(database, workspaceId, (sql) => queueSync(sql, workspaceId, wabaId))
    return refusedByMeta(answer)
  }
  const told = new Map(answer.value.map((one) => [one.language, one]))
  await inWorkspace(database, workspaceId, async (sql) => {
    for (const one of rows) {
      const made = told.get(one.language)
      const facts = made === undefined ? null : { id: made.id, status: made.status, category: 'AUTHENTICATION' }
      if (facts !== null) await keepSubmitted(sql, actor, one, facts, { givenMs, nowMs: clock.nowMs() })
    }
    // A language that Meta said nothing about: its listing tells.
    if (told.size < rows.length) await queueSync(sql, workspaceId, wabaId)
  })
  return told.has(row.language) ? { ok: true, id: row.id } : refused('template_refused')
}
