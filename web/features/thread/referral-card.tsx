import { ExternalLink, Megaphone } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Referral } from '../../../contract/message-content.ts'
import { useT } from '../../app/language.ts'
import { safeHref } from '../../ui/linkify.ts'

/** The advertisement or post that led the customer here. */
export function ReferralCard({ referral }: { readonly referral: Referral }): ReactNode {
  const t = useT()
  const href = referral.sourceUrl === null ? null : safeHref(referral.sourceUrl)
  return (
    <div className="mb-2 rounded-md border border-line bg-campaign-soft px-3 py-2 text-sm">
      <p className="flex items-center gap-1.5 text-xs font-medium text-campaign">
        <Megaphone aria-hidden="true" className="size-3.5" />
        {t(referral.sourceType === 'post' ? 'referral.post' : 'referral.ad')}
      </p>
      {referral.headline !== null && (
        <p dir="auto" className="mt-1 font-semibold">
          {referral.headline}
        </p>
      )}
      {referral.body !== null && (
        <p dir="auto" className="line-clamp-3 text-ink-2">
          {referral.body}
        </p>
      )}
      {href !== null && (
        <a
          href={href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="mt-1 inline-flex items-center gap-1 text-campaign underline underline-offset-2 phone:min-h-11"
        >
          <ExternalLink aria-hidden="true" className="size-3.5" />
          {t('referral.open')}
        </a>
      )}
    </div>
  )
}
