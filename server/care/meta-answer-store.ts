import type { MetaAnswers, MetaFailure, MetaQuestion } from '../../contract/meta-answer.ts'
import type { Sql } from '../platform/db.ts'
import { NO_ANSWERS } from './meta-questions.ts'

/** What Meta answered last to each question about a number. */
export async function readAnswers(sql: Sql, workspaceId: string, numberId: string): Promise<MetaAnswers> {
  const { rows } = await sql.query<{ question: MetaQuestion } & MetaAnswers[MetaQuestion]>(
    `select question, answer as value, failure,
            (extract(epoch from answered_at) * 1000)::float8 as "answeredAtMs",
            (extract(epoch from asked_at) * 1000)::float8 as "askedAtMs"
       from meta_answer where workspace_id = $1 and number_id = $2`,
    [workspaceId, numberId],
  )
  return Object.assign({ ...NO_ANSWERS }, ...rows.map(({ question, ...answer }) => ({ [question]: answer })))
}

/** What came of one question: Meta's answer, or what came instead; an earlier answer stays beside a failure. */
export type Outcome =
  | { readonly question: MetaQuestion; readonly value: unknown }
  | { readonly question: MetaQuestion; readonly failure: MetaFailure }

/** Writes down what Meta answered at `now`. */
export async function putOutcome(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  outcome: Outcome,
  now: Date,
): Promise<void> {
  const answered = 'value' in outcome
  await sql.query(
    `insert into meta_answer as a (workspace_id, number_id, question, asked_at, answer, answered_at, failure)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (workspace_id, number_id, question) do update set asked_at = excluded.asked_at,
       answer = coalesce(excluded.answer, a.answer), answered_at = coalesce(excluded.answered_at, a.answered_at),
       failure = excluded.failure`,
    [
      ...[workspaceId, numberId, outcome.question, now],
      answered ? JSON.stringify(outcome.value) : null,
      answered ? now : null,
      answered ? null : JSON.stringify(outcome.failure),
    ],
  )
}

/**
 * Numbers whose answers are no longer to be trusted: some question was last asked before `before`, or Meta has told
 * something about the number or its account since. Numbers without a token cannot be asked.
 */
export async function findStale(sql: Sql, workspaceId: string, before: Date, questions: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select n.id from business_number n
       join number_secret s on s.workspace_id = n.workspace_id and s.number_id = n.id and s.kind = 'access_token'
       left join lateral (select min(asked_at) as first, count(*)::integer as asked from meta_answer a
                           where a.workspace_id = n.workspace_id and a.number_id = n.id) a on true
      where n.workspace_id = $1 and n.state <> 'removed'
        and (a.asked < $3 or a.first < $2
             or exists (select from notice e where e.workspace_id = n.workspace_id and e.waba_id = n.waba_id
                         and e.kind in ('account', 'quality', 'username', 'payment', 'security')
                         and e.received_at > a.first))
      order by a.first nulls first, n.id`,
    [workspaceId, before, questions],
  )
  return rows.map((row) => row.id)
}

/** What Meta told of a number's username by itself, newest first. */
export async function readUsernameNews(
  sql: Sql,
  workspaceId: string,
  number: { readonly wabaId: string; readonly phone: string },
): Promise<{ username: string | null; status: string | null; atMs: number }[]> {
  const { rows } = await sql.query<{ username: string | null; status: string | null; atMs: number }>(
    `select data->>'username' as username, event as status,
            (extract(epoch from received_at) * 1000)::float8 as "atMs"
       from notice where workspace_id = $1 and waba_id = $2 and kind = 'username'
        and regexp_replace(coalesce(data->>'display_phone_number', $3), '\\D', '', 'g') = $3
      order by received_at desc, digest limit 5`,
    [workspaceId, number.wabaId, number.phone],
  )
  return rows
}
