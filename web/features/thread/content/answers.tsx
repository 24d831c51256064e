import { ListChecks, MousePointerClick, PhoneCall, PhoneOff } from 'lucide-react'
import type { ReactNode } from 'react'
import type {
  CallPermissionContent as CallPermission,
  ChoiceContent as Choice,
  FormReplyContent as FormReply,
} from '../../../../contract/message-content.ts'
import { useT } from '../../../app/language.ts'
import { RawJson } from '../../../ui/raw-json.tsx'
import { WrittenText } from './written-text.tsx'

/** A button or a row of a list the customer pressed. */
export function ChoiceContent({ content }: { readonly content: Choice }): ReactNode {
  const t = useT()
  return (
    <div>
      <p className="mb-0.5 flex items-center gap-1.5 text-xs text-ink-3">
        <MousePointerClick aria-hidden="true" className="size-3.5" />
        {t(content.from === 'list' ? 'choice.list' : 'choice.button')}
      </p>
      <WrittenText text={content.title} />
      {content.description !== undefined && (
        <p dir="auto" className="text-sm text-ink-2">
          {content.description}
        </p>
      )}
    </div>
  )
}

/** A form the customer filled in. */
export function FormReplyContent({ content }: { readonly content: FormReply }): ReactNode {
  const t = useT()
  const answers = plainAnswers(content.answers)
  return (
    <div className="min-w-56">
      <p className="mb-1 flex items-center gap-1.5 text-xs text-ink-3">
        <ListChecks aria-hidden="true" className="size-3.5" />
        {t('form.filled')}
      </p>
      {content.body !== '' && <WrittenText text={content.body} />}
      {answers === null ? (
        <RawJson value={content.answers} label={t('form.raw')} />
      ) : (
        <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-sm">
          {answers.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-3">
                <bdi>{name}</bdi>
              </dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

export function CallPermissionContent({ content }: { readonly content: CallPermission }): ReactNode {
  const t = useT()
  const Icon = content.response === 'accept' ? PhoneCall : PhoneOff
  return (
    <p className="flex items-center gap-2">
      <Icon aria-hidden="true" className="size-4 text-ink-2" />
      {t(content.response === 'accept' ? 'call.accepted' : 'call.rejected')}
    </p>
  )
}

/** Name and value of a flat form; `null` when it is nested deeper than a table can show. */
function plainAnswers(answers: unknown): readonly (readonly [string, string])[] | null {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) return null
  const entries = Object.entries(answers)
  return entries.every(([, value]) => typeof value !== 'object')
    ? entries.map(([name, value]) => [name, String(value)])
    : null
}
