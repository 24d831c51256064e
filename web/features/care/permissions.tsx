import type { ReactNode } from 'react'
import type { MetaAnswer, TokenFacts } from '../../../contract/meta-answer.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { Section } from '../../ui/page.tsx'
import { AnswerAge } from './facts.tsx'
import { StatusMark } from './health-lines.tsx'

/** What each permission is for. Source: https://developers.facebook.com/docs/permissions */
const SCOPES: Readonly<Record<string, MessageKey>> = {
  whatsapp_business_management: 'account.scope.whatsapp_business_management',
  whatsapp_business_messaging: 'account.scope.whatsapp_business_messaging',
  business_management: 'account.scope.business_management',
}
const NEEDED = ['whatsapp_business_management', 'whatsapp_business_messaging']

/** What the access token allows, and until when. */
export function Permissions({ token }: { readonly token: MetaAnswer<TokenFacts> }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const { value } = token
  return (
    <Section title={t('account.permissions')} lead={t('account.permissionsLead')}>
      <AnswerAge answer={token} />
      {value !== null && (
        <>
          <ul className="text-sm">
            {[...new Set([...NEEDED, ...value.scopes])].map((scope) => {
              const granted = value.scopes.includes(scope)
              return (
                <li key={scope} className="flex items-start gap-2.5 border-t border-line py-2">
                  <StatusMark status={granted ? 'ok' : 'act'} />
                  <span className="min-w-0 flex-1">
                    <span className="block font-medium [overflow-wrap:anywhere]">
                      <bdi dir="ltr" className="num">
                        {scope}
                      </bdi>
                    </span>
                    <span className="text-ink-2">{t(SCOPES[scope] ?? 'account.scope.other')}</span>
                  </span>
                  <span className={granted ? 'text-ink-3' : 'text-danger'}>
                    {t(granted ? 'account.granted' : 'account.missing')}
                  </span>
                </li>
              )
            })}
          </ul>
          <p className="border-t border-line pt-2 text-sm text-ink-2">
            {value.expiresAtMs === null ? (
              t('account.tokenNever')
            ) : (
              <>
                {t('account.tokenEnds')} <time>{formats.moment(value.expiresAtMs)}</time>
              </>
            )}
          </p>
        </>
      )}
    </Section>
  )
}
