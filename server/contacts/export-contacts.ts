import type { Database } from '../platform/db.ts'
import { readWorkspace } from '../platform/db.ts'
import { type ContactQuery, readExport } from './contact-list-store.ts'
import type { ExportedContact } from './export-row.ts'

/** Contacts read at a time: so many are in memory, however many there are. */
const EXPORT_PAGE = 500

/**
 * All contacts that a search finds, page by page, each page a transaction of its own: a slow reader holds none open. Who
 * is changed meanwhile stands in the file as before or after, who is there all along stands in it once.
 */
export async function* exportContacts(
  database: Database,
  workspaceId: string,
  query: ContactQuery,
): AsyncGenerator<readonly ExportedContact[]> {
  let afterId: string | null = null
  for (;;) {
    const after: string | null = afterId
    const page: readonly ExportedContact[] = await readWorkspace(database, workspaceId, (sql) =>
      readExport(sql, workspaceId, query, after, EXPORT_PAGE),
    )
    if (page.length > 0) yield page
    if (page.length < EXPORT_PAGE) return
    afterId = page.at(-1)?.contact.id ?? null
  }
}
