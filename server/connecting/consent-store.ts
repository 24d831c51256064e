import type { ConsentSubject, ConsentView } from '../../contract/api/connecting.ts'
import type { Sql } from '../platform/db.ts'

/** Consents of a number that are shown. */
const CONSENTS_MAX = 100

export async function insertConsent(
  sql: Sql,
  workspaceId: string,
  consent: {
    readonly id: string
    readonly onboardingId: string
    readonly subject: ConsentSubject
    readonly granted: boolean
    readonly textVersion: string
    readonly language: 'ar' | 'en'
    readonly memberId: string
    readonly now: Date
  },
): Promise<void> {
  const { id, onboardingId, subject, granted, textVersion, language, memberId, now } = consent
  await sql.query(
    `insert into consent (workspace_id, id, onboarding_id, subject, granted, text_version, language, member_id, given_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [workspaceId, id, onboardingId, subject, granted, textVersion, language, memberId, now],
  )
}

/** What was agreed to, or not, in every onboarding by which the number was kept, newest first. */
export async function readConsentsOfNumber(sql: Sql, workspaceId: string, numberId: string): Promise<ConsentView[]> {
  const { rows } = await sql.query<ConsentView>(
    `select c.subject, c.granted, c.text_version as "textVersion", c.language, m.name as "memberName",
            (extract(epoch from c.given_at) * 1000)::float8 as "givenAtMs"
       from consent c join member m on m.workspace_id = c.workspace_id and m.id = c.member_id
      where c.workspace_id = $1
        and exists (select from onboarding_number n where n.workspace_id = c.workspace_id
                     and n.onboarding_id = c.onboarding_id and n.number_id = $2 and n.chosen)
      order by c.given_at desc, c.id desc limit ${CONSENTS_MAX}`,
    [workspaceId, numberId],
  )
  return rows
}
