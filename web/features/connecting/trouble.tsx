import type { ReactNode } from 'react'
import type { StepError, StepTrouble } from '../../../contract/api/connecting.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { PlaybookLink } from '../playbooks/playbook-link.tsx'

/** What each trouble means, and what to do. */
const WORDS: Record<StepTrouble, readonly [MessageKey, MessageKey]> = {
  cancelled: ['trouble.cancelled', 'trouble.cancelledDo'],
  popup_error: ['trouble.popupError', 'trouble.popupErrorDo'],
  no_number_chosen: ['trouble.noNumberChosen', 'trouble.noNumberChosenDo'],
  access_only: ['trouble.accessOnly', 'trouble.accessOnlyDo'],
  code_refused: ['trouble.codeRefused', 'trouble.openAgainDo'],
  code_unclear: ['trouble.codeUnclear', 'trouble.openAgainDo'],
  token_invalid: ['trouble.tokenInvalid', 'trouble.tokenInvalidDo'],
  scope_missing: ['trouble.scopeMissing', 'trouble.scopeMissingDo'],
  account_not_in_token: ['trouble.accountNotInToken', 'trouble.accountNotInTokenDo'],
  no_number: ['trouble.noNumber', 'trouble.noNumberDo'],
  still_on_phone: ['trouble.stillOnPhone', 'trouble.stillOnPhoneDo'],
  not_shown_yet: ['trouble.notShownYet', 'trouble.notShownYetDo'],
  elsewhere: ['trouble.elsewhere', 'trouble.elsewhereDo'],
  access_lost: ['trouble.accessLost', 'trouble.accessLostDo'],
  rate_limited: ['trouble.rateLimited', 'trouble.rateLimitedDo'],
  meta_away: ['trouble.metaAway', 'trouble.metaAwayDo'],
  refused: ['trouble.refused', 'trouble.refusedDo'],
}

/** What went wrong (or is waited for), what it means, what to do, and what Meta itself said, to hand to its support. */
export function Trouble({ error, waits = false }: { readonly error: StepError; readonly waits?: boolean }): ReactNode {
  const t = useT()
  const [means, todo] = WORDS[error.why]
  const said = [error.title, error.details].filter((text) => text !== null && text !== '').join(' · ')
  const facts = [
    error.code === null ? '' : t('trouble.code', { code: `\u2066${error.code}\u2069` }),
    error.traceId === null ? '' : t('trouble.trace', { id: `\u2066${error.traceId}\u2069` }),
  ].filter((text) => text !== '')
  return (
    <div
      role={waits ? 'status' : 'alert'}
      data-testid="trouble"
      className={`my-3 rounded-md p-3.5 ${waits ? 'bg-phone-soft' : 'bg-danger-soft'}`}
    >
      <p className="font-medium">{t(means)}</p>
      <p className="mt-0.5">{t(todo)}</p>
      {(said !== '' || facts.length > 0) && (
        <p className="mt-2 flex flex-wrap items-center gap-x-3 text-sm text-ink-2">
          {said !== '' && (
            <bdi dir="auto" className="[overflow-wrap:anywhere]">
              {said}
            </bdi>
          )}
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
          {error.traceId !== null && (
            <CopyButton
              text={`${error.code ?? ''} ${error.traceId} ${said}`.trim()}
              label={t('trouble.copy')}
              done={t('trouble.copied')}
            />
          )}
        </p>
      )}
      {!waits && <PlaybookLink page="troubleshooting" />}
    </div>
  )
}
