import type { PreflightAnswer, Question } from '../../contract/api/preflight.ts'
import type { Sql } from '../platform/db.ts'

/** What people answered, and which countries the team has added to the excluded ones. */
export async function readAnswers(
  sql: Sql,
  workspaceId: string,
): Promise<Pick<PreflightAnswer, 'answers'> & { readonly team: readonly string[] }> {
  const answers = await sql.query<{ question: Question; answer: string }>(
    'select question, answer from preflight_answer where workspace_id = $1',
    [workspaceId],
  )
  const excluded = await sql.query<{ calling_code: string }>(
    'select calling_code from excluded_country where workspace_id = $1 order by calling_code',
    [workspaceId],
  )
  return {
    answers: Object.fromEntries(answers.rows.map(({ question, answer }) => [question, answer])),
    team: excluded.rows.map((row) => row.calling_code),
  }
}

export async function putAnswer(
  sql: Sql,
  workspaceId: string,
  given: { readonly question: Question; readonly answer: string },
  by: { readonly memberId: string; readonly now: Date },
): Promise<void> {
  await sql.query(
    `insert into preflight_answer (workspace_id, question, answer, member_id, answered_at) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, question) do update set answer = excluded.answer, member_id = excluded.member_id,
       answered_at = excluded.answered_at`,
    [workspaceId, given.question, given.answer, by.memberId, by.now],
  )
}

export async function putCountry(
  sql: Sql,
  workspaceId: string,
  country: { readonly callingCode: string; readonly excluded: boolean },
  by: { readonly memberId: string; readonly now: Date },
): Promise<void> {
  if (!country.excluded) {
    await sql.query('delete from excluded_country where workspace_id = $1 and calling_code = $2', [
      workspaceId,
      country.callingCode,
    ])
    return
  }
  await sql.query(
    `insert into excluded_country (workspace_id, calling_code, member_id, added_at) values ($1, $2, $3, $4)
     on conflict (workspace_id, calling_code) do nothing`,
    [workspaceId, country.callingCode, by.memberId, by.now],
  )
}
