import { z } from 'zod'
import type { CodePreview } from '../../contract/api/templates.ts'
import { type TemplateComponent, templateComponent } from '../../contract/template.ts'
import type { GraphAnswer } from './graph-answer.ts'
import type { CodeWording, GraphTemplate, LibraryRow, NewGraphTemplate, UploadedPart } from './graph-template.ts'

/** Templates per page: the most that Meta gives with their components without shortening the page. */
const PAGE_LIMIT = 100
/** Pages of one listing: 6,000 templates are the most an account may have. */
const PAGES_MAX = 100
const FIELDS = 'id,name,language,status,category,components,parameter_format,quality_score,rejected_reason'

/** What Wasl asks of Meta about templates, and the files they show. */
export interface TemplateGraph {
  /** All templates of an account, page by page. */
  listTemplates(token: string, wabaId: string): Promise<GraphAnswer<readonly GraphTemplate[]>>
  createTemplate(
    token: string,
    wabaId: string,
    template: NewGraphTemplate,
  ): Promise<GraphAnswer<{ id: string; status: string; category: string }>>
  editTemplate(token: string, templateId: string, change: object): Promise<GraphAnswer<{ success: boolean }>>
  /** One language; the others of the same name stay. */
  deleteTemplate(
    token: string,
    wabaId: string,
    template: { name: string; id: string },
  ): Promise<GraphAnswer<{ success: boolean }>>
  unpauseTemplate(token: string, templateId: string): Promise<GraphAnswer<{ success: boolean }>>
  /** Puts a template into Meta's archive, or takes it out; `refusal` is Meta's reason when it would not. */
  archiveTemplate(
    token: string,
    wabaId: string,
    change: { readonly id: string; readonly away: boolean },
  ): Promise<GraphAnswer<{ refusal: string | null }>>
  /** Makes or changes an authentication template in several languages at once. */
  upsertCodes(
    token: string,
    wabaId: string,
    codes: {
      readonly name: string
      readonly languages: readonly string[]
      readonly components: readonly TemplateComponent[]
    },
  ): Promise<GraphAnswer<readonly { id: string; status: string; language: string }[]>>
  /** Meta's own texts of an authentication template; it makes none. */
  previewCodes(token: string, wabaId: string, wording: CodeWording): Promise<GraphAnswer<readonly CodePreview[]>>
  listLibrary(
    token: string,
    search: { search?: string; language?: string },
  ): Promise<GraphAnswer<readonly LibraryRow[]>>
  /** Opens a session of the Resumable Upload API. */
  openUpload(
    token: string,
    appId: string,
    file: { name: string; mimeType: string; length: number },
  ): Promise<GraphAnswer<{ id: string }>>
  /** How much of a session's file Meta has. */
  readUpload(token: string, uploadId: string): Promise<GraphAnswer<UploadedPart>>
  sendUpload(token: string, uploadId: string, offset: number, bytes: Buffer): Promise<GraphAnswer<UploadedPart>>
}

export interface RawRequest {
  readonly token: string
  readonly body?: unknown
  readonly method?: 'GET' | 'POST' | 'DELETE'
  /** Sent as it is, in place of JSON. */
  readonly raw?: Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}
type Call = <S extends z.ZodType>(url: URL, request: RawRequest, shape: S) => Promise<GraphAnswer<z.output<S>>>
type At = (path: string, query?: Readonly<Record<string, string>>) => URL
/** The same without a version, at the host that Meta's page names for archiving. */
type AtArchive = (path: string) => URL

/**
 * The calls about templates, on the connection of `client.ts`.
 * Sources: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management and
 * https://developers.facebook.com/docs/graph-api/guides/upload
 */
export function templateCalls(call: Call, at: At, atArchive: AtArchive): TemplateGraph {
  const id = encodeURIComponent
  return {
    listTemplates: (token, wabaId) => readPages(call, at, token, wabaId),
    createTemplate: (token, wabaId, template) =>
      call(at(`${id(wabaId)}/message_templates`), { token, body: template }, created),
    editTemplate: (token, templateId, change) => call(at(id(templateId)), { token, body: change }, success),
    deleteTemplate: (token, wabaId, template) =>
      call(
        at(`${id(wabaId)}/message_templates`, { name: template.name, hsm_id: template.id }),
        { token, method: 'DELETE' },
        success,
      ),
    unpauseTemplate: (token, templateId) => call(at(`${id(templateId)}/unpause`), { token, body: {} }, success),
    archiveTemplate: (token, wabaId, { id: templateId, away }) =>
      call(
        atArchive(`${id(wabaId)}/message_templates/${away ? 'archive' : 'unarchive'}`),
        { token, body: { hsm_ids: [templateId] } },
        archived,
      ),
    upsertCodes: (token, wabaId, { name, languages, components }) =>
      call(
        at(`${id(wabaId)}/upsert_message_templates`),
        { token, body: { name, languages, category: 'AUTHENTICATION', components: components.map(bare) } },
        upserted,
      ),
    previewCodes: (token, wabaId, wording) =>
      call(at(`${id(wabaId)}/message_template_previews`, previewQuery(wording)), { token }, codePreviews),
    listLibrary: (token, { search, language }) =>
      call(
        at('message_template_library', {
          ...(search === undefined ? {} : { search }),
          ...(language === undefined ? {} : { language }),
        }),
        { token },
        library,
      ),
    openUpload: (token, appId, { name, mimeType, length }) =>
      call(
        at(`${id(appId)}/uploads`, { file_name: name, file_length: String(length), file_type: mimeType }),
        { token, body: {} },
        identified,
      ),
    readUpload: (token, uploadId) => call(at(uploadId), { token, headers: oauth(token) }, uploaded),
    sendUpload: (token, uploadId, offset, bytes) =>
      call(
        at(uploadId),
        { token, raw: new Uint8Array(bytes), headers: { ...oauth(token), file_offset: String(offset) } },
        uploaded,
      ),
  }
}

/**
 * Meta's page has archiving at another host, without a version; whoever stands in for Meta has both in one place.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-archival
 */
export function archiveAddress(baseUrl: string, path: string): URL {
  const url = new URL(`${baseUrl.replace(/\/$/, '')}/${path}`)
  if (url.host === 'graph.facebook.com') url.host = 'api.facebook.com'
  return url
}

async function readPages(
  call: Call,
  at: At,
  token: string,
  wabaId: string,
): Promise<GraphAnswer<readonly GraphTemplate[]>> {
  const all: GraphTemplate[] = []
  let after: string | undefined
  for (let page = 0; page < PAGES_MAX; page++) {
    const query = { fields: FIELDS, limit: String(PAGE_LIMIT), ...(after === undefined ? {} : { after }) }
    const answer = await call(at(`${encodeURIComponent(wabaId)}/message_templates`, query), { token }, listing)
    if (answer.kind !== 'ok') return answer
    all.push(...answer.value.templates)
    if (answer.value.after === undefined) break
    after = answer.value.after
  }
  return { kind: 'ok', value: all }
}

/** Meta takes no texts of these templates: neither of their body nor of their button. */
function bare({ text: _, ...component }: TemplateComponent): object {
  if (component.buttons === undefined) return component
  return {
    ...component,
    buttons: component.buttons.map(({ text: _label, autofill_text: _autofill, ...button }) => button),
  }
}

/**
 * The page's table says `language`, its example and Meta's own libraries `languages`: the latter is sent.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates/template-preview
 */
function previewQuery({ languages, security, minutes }: CodeWording): Record<string, string> {
  return {
    ...{ category: 'AUTHENTICATION', languages: languages.join(','), button_types: 'OTP' },
    add_security_recommendation: String(security),
    ...(minutes === undefined ? {} : { code_expiration_minutes: String(minutes) }),
  }
}

/** The upload API wants this word where the rest of Graph says Bearer. */
function oauth(token: string): { authorization: string } {
  return { authorization: `OAuth ${token}` }
}

const success = z.object({ success: z.boolean() })
/** Of the ids asked about, those that Meta would not, each with its reason; nothing but one is asked about here. */
const archived = z
  .object({
    failed_templates: z
      .union([
        z.record(z.string(), z.union([z.string(), z.object({ error: z.string() }).transform(({ error }) => error)])),
        // An empty list is how Meta writes an empty table now and then.
        z.array(z.string()).max(0),
      ])
      .optional(),
  })
  .transform(({ failed_templates: failed = {} }) => ({ refusal: Object.values(failed)[0] ?? null }))
const identified = z.object({ id: z.string().min(1) })
const created = z.object({ id: z.string(), status: z.string(), category: z.string() })
const components = z.array(templateComponent)
const uploaded = z
  .object({ h: z.string().optional(), file_offset: z.number().optional() })
  .transform((answer) => ({ handle: answer.h ?? null, offset: answer.file_offset ?? 0 }))

const template = z
  .object({
    id: z.string(),
    name: z.string(),
    language: z.string(),
    status: z.string(),
    category: z.string(),
    parameter_format: z.string().optional(),
    components,
    rejected_reason: z.string().optional(),
    quality_score: z.object({ score: z.string() }).optional(),
  })
  .transform(
    (answer): GraphTemplate => ({
      id: answer.id,
      name: answer.name,
      language: answer.language,
      status: answer.status,
      category: answer.category,
      parameterFormat: answer.parameter_format?.toUpperCase() === 'NAMED' ? 'NAMED' : 'POSITIONAL',
      components: answer.components,
      quality: answer.quality_score?.score ?? null,
      reason: answer.rejected_reason === 'NONE' ? null : (answer.rejected_reason ?? null),
    }),
  )

const listing = z
  .object({
    data: z.array(template),
    paging: z
      .object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() })
      .optional(),
  })
  .transform(({ data, paging }) => ({
    templates: data,
    after: paging?.next === undefined ? undefined : paging.cursors?.after,
  }))

const upserted = z
  .object({ data: z.array(z.object({ id: z.string(), status: z.string(), language: z.string() })) })
  .transform(({ data }) => data)

const codePreviews = z
  .object({
    data: z.array(
      z.object({
        language: z.string(),
        body: z.string(),
        footer: z.string().nullish(),
        buttons: z.array(z.object({ text: z.string().optional() })).nullish(),
      }),
    ),
  })
  .transform(({ data }) =>
    data.map(({ language, body, footer, buttons }): CodePreview => {
      return { language, body, footer: footer ?? null, button: buttons?.[0]?.text ?? null }
    }),
  )

const libraryRow = z.object({
  name: z.string(),
  language: z.string(),
  category: z.string(),
  topic: z.string().nullish(),
  header: z.string().nullish(),
  body: z.string(),
  body_params: z.array(z.string()).nullish(),
  footer: z.string().nullish(),
  buttons: z
    .array(z.looseObject({ type: z.string(), text: z.string().optional(), url: z.string().optional() }))
    .nullish(),
})
const library = z.object({ data: z.array(libraryRow) }).transform((answer) => answer.data)
