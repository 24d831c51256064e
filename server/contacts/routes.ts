import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import {
  type ContactDetail,
  type ContactsPage,
  contactsQuery,
  exportQuery,
  renameContactBody,
} from '../../contract/api/contacts.ts'
import { ApiFault, readInput, sendFault } from '../platform/api-fault.ts'
import { readWorkspace } from '../platform/db.ts'
import { readContactDetail } from './contact-detail-store.ts'
import { type ContactPlace, type ContactQuery, countContacts, readContacts } from './contact-list-store.ts'
import { readContactSearch } from './contact-search.ts'
import { exportContacts } from './export-contacts.ts'
import { csvHead, csvRow, vCard } from './export-row.ts'
import { idOr404, type MergeRoutesDeps, mergeRoutes, type WhoAsks } from './merge-routes.ts'
import { type AgentNameDeps, setAgentName } from './set-agent-name.ts'

export interface ContactRoutesDeps extends AgentNameDeps, MergeRoutesDeps {
  readonly identify: (
    cookieHeader: string | undefined,
  ) => Promise<{ readonly workspaceId: string; readonly member: { readonly id: string } } | null>
}

const place = z.tuple([z.string().max(600), z.uuid()])

/** `/api/v1/contacts`: the customers, their names, and all of them as a file (`contract/api/contacts.ts`). */
export function contactRoutes(app: FastifyInstance, deps: ContactRoutesDeps): void {
  const { database } = deps
  const who: WhoAsks = async (request) => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    return { workspaceId: identity.workspaceId, memberId: identity.member.id }
  }

  mergeRoutes(app, deps, who)

  app.get('/api/v1/contacts', async (request): Promise<ContactsPage> => {
    const { workspaceId } = await who(request)
    const { cursor, limit, q, filter } = readInput(contactsQuery, request.query)
    const query: ContactQuery = { search: readContactSearch(q), filter }
    const after = cursor === undefined ? null : placeOr400(cursor)
    return readWorkspace(database, workspaceId, async (sql) => {
      const found = await readContacts(sql, workspaceId, query, after, limit + 1)
      const shown = found.slice(0, limit)
      const last = shown.at(-1)
      return {
        contacts: shown.map(({ line }) => line),
        total: after === null ? await countContacts(sql, workspaceId, query) : null,
        nextCursor: found.length > limit && last !== undefined ? writePlace(last.place) : null,
      }
    })
  })

  app.get('/api/v1/contacts/:id', async (request): Promise<ContactDetail> => {
    const { workspaceId } = await who(request)
    const id = idOr404(request.params)
    const detail = await readWorkspace(database, workspaceId, (sql) => readContactDetail(sql, workspaceId, id))
    if (detail === null) throw new ApiFault('not_found')
    return detail
  })

  app.post('/api/v1/contacts/:id/name', async (request, reply) => {
    const member = await who(request)
    const id = idOr404(request.params)
    const fault = await setAgentName(deps, member, id, readInput(renameContactBody, request.body))
    return fault === null ? reply.code(204).send() : sendFault(reply, fault)
  })

  app.get('/api/v1/contacts/export.csv', async (request, reply) => {
    const { workspaceId } = await who(request)
    const { q, filter, language } = readInput(exportQuery, request.query)
    const pages = exportContacts(database, workspaceId, { search: readContactSearch(q), filter })
    const lines = async function* () {
      yield csvHead(language)
      for await (const page of pages) yield page.map((one) => csvRow(one, language)).join('')
    }
    return sendFile(reply, 'contacts.csv', 'text/csv; charset=utf-8', lines())
  })

  app.get('/api/v1/contacts/export.vcf', async (request, reply) => {
    const { workspaceId } = await who(request)
    const { q, filter } = readInput(exportQuery, request.query)
    const pages = exportContacts(database, workspaceId, { search: readContactSearch(q), filter })
    const cards = async function* () {
      for await (const page of pages) yield page.map(vCard).join('')
    }
    return sendFile(reply, 'contacts.vcf', 'text/vcard; charset=utf-8', cards())
  })
}

function sendFile(reply: FastifyReply, name: string, type: string, text: AsyncIterable<string>): FastifyReply {
  return reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('x-content-type-options', 'nosniff')
    .send(Readable.from(text, { objectMode: false }))
}

function writePlace({ sort, id }: ContactPlace): string {
  return Buffer.from(JSON.stringify([sort, id])).toString('base64url')
}

function placeOr400(cursor: string): ContactPlace {
  const read = place.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')))
  if (!read.success) throw new ApiFault('bad_request', [{ field: 'cursor', problem: 'This is no cursor of ours.' }])
  return { sort: read.data[0], id: read.data[1] }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Whatever it is, no schema takes it.
    return undefined
  }
}
