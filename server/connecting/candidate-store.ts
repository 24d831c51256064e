import type { CandidateNumber } from '../../contract/api/connecting.ts'
import { COMES_BACK } from '../numbers/number-return.ts'
import type { Sql } from '../platform/db.ts'

/**
 * Writes the numbers that a token can reach. One that is connected here already gets our id, unless it is the very one
 * that is being connected anew (`again`).
 */
export async function putCandidates(
  sql: Sql,
  workspaceId: string,
  onboardingId: string,
  found: { readonly numbers: readonly Omit<CandidateNumber, 'chosen' | 'numberId'>[]; readonly again: string | null },
): Promise<void> {
  await sql.query('delete from onboarding_number where workspace_id = $1 and onboarding_id = $2', [
    workspaceId,
    onboardingId,
  ])
  await sql.query(
    `insert into onboarding_number
       (workspace_id, onboarding_id, phone_number_id, waba_id, display_phone, verified_name, on_phone, in_api, chosen, number_id)
     select $1, $2, c."phoneNumberId", c."wabaId", c."displayPhone", c."verifiedName", c."onPhone", c."inApi", false, n.id
       from jsonb_to_recordset($3::jsonb) as c("phoneNumberId" text, "wabaId" text, "displayPhone" text,
              "verifiedName" text, "onPhone" boolean, "inApi" boolean)
       left join business_number n on n.workspace_id = $1 and n.phone_number_id = c."phoneNumberId"
        and n.state <> all($5) and n.id is distinct from $4
     on conflict (workspace_id, onboarding_id, phone_number_id) do nothing`,
    [workspaceId, onboardingId, JSON.stringify(found.numbers), found.again, [...COMES_BACK]],
  )
}

/** Chooses exactly these; gives how many of them can be chosen. */
export async function putChoice(
  sql: Sql,
  workspaceId: string,
  onboardingId: string,
  phoneNumberIds: readonly string[],
): Promise<number> {
  const { rows } = await sql.query<{ chosen: boolean }>(
    `update onboarding_number set chosen = phone_number_id = any($3) and number_id is null
      where workspace_id = $1 and onboarding_id = $2 returning chosen`,
    [workspaceId, onboardingId, phoneNumberIds],
  )
  return rows.filter((row) => row.chosen).length
}

/** What Graph says of a number now. */
export async function putSeen(
  sql: Sql,
  workspaceId: string,
  onboardingId: string,
  seen: Pick<CandidateNumber, 'phoneNumberId' | 'onPhone' | 'inApi' | 'displayPhone' | 'verifiedName'>,
): Promise<void> {
  await sql.query(
    `update onboarding_number set on_phone = $4, in_api = $5, display_phone = $6, verified_name = $7
      where workspace_id = $1 and onboarding_id = $2 and phone_number_id = $3`,
    [workspaceId, onboardingId, seen.phoneNumberId, seen.onPhone, seen.inApi, seen.displayPhone, seen.verifiedName],
  )
}

export async function putKept(
  sql: Sql,
  workspaceId: string,
  onboardingId: string,
  kept: { readonly phoneNumberId: string; readonly numberId: string },
): Promise<void> {
  await sql.query(
    `update onboarding_number set number_id = $4
      where workspace_id = $1 and onboarding_id = $2 and phone_number_id = $3`,
    [workspaceId, onboardingId, kept.phoneNumberId, kept.numberId],
  )
}
