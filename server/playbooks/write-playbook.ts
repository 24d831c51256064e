import {
  PLAYBOOKS_MAX,
  type Playbook,
  type RewritePlaybookBody,
  type WritePlaybookBody,
} from '../../contract/api/playbooks.ts'
import type { ErrorCode } from '../../contract/error-codes.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { countPlaybooks, insertPlaybook, insertVersion, readPlaybook } from './playbook-store.ts'

export interface WritePlaybookDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
}

export interface Writer {
  readonly workspaceId: string
  readonly memberId: string
}

export type WritePlaybookOutcome =
  | { readonly ok: true; readonly playbook: Playbook }
  | { readonly ok: false; readonly code: ErrorCode; readonly details?: unknown }

/** Writes a new page of the firm's own. */
export function writePlaybook(
  deps: WritePlaybookDeps,
  { workspaceId, memberId }: Writer,
  writing: WritePlaybookBody,
): Promise<WritePlaybookOutcome> {
  const now = new Date(deps.clock.nowMs())
  const id = deps.ids.next()
  return inWorkspace(deps.database, workspaceId, async (sql) => {
    if ((await countPlaybooks(sql, workspaceId)) >= PLAYBOOKS_MAX) {
      return { ok: false, code: 'too_many', details: { max: PLAYBOOKS_MAX } }
    }
    await insertPlaybook(sql, workspaceId, id, now)
    await insertVersion(sql, workspaceId, { ...writing, id, version: 1, memberId }, now)
    return { ok: true, playbook: (await readPlaybook(sql, workspaceId, id)) as Playbook }
  })
}

/** Writes a page anew, from the version that the writer saw; what somebody wrote meanwhile is never covered. */
export function rewritePlaybook(
  deps: Omit<WritePlaybookDeps, 'ids'>,
  { workspaceId, memberId }: Writer,
  id: string,
  writing: RewritePlaybookBody,
): Promise<WritePlaybookOutcome> {
  const now = new Date(deps.clock.nowMs())
  return inWorkspace(deps.database, workspaceId, async (sql) => {
    const known = await readPlaybook(sql, workspaceId, id)
    if (known === null) return { ok: false, code: 'not_found' }
    const next = { ...writing, id, version: writing.version + 1, memberId }
    if (known.version !== writing.version || !(await insertVersion(sql, workspaceId, next, now))) {
      return { ok: false, code: 'changed_meanwhile' }
    }
    return { ok: true, playbook: (await readPlaybook(sql, workspaceId, id)) as Playbook }
  })
}
