import type { ReactNode } from 'react'
import { useT } from '../../../app/language.ts'
import type { InteractiveDraft, InteractiveKind } from './draft.ts'
import { KIND_ICONS, KIND_WORDS } from './kinds.ts'

/** What can be built, and what was sent last, to be changed and sent again. */
export function KindChoice(props: {
  readonly kinds: readonly InteractiveKind[]
  readonly recent: readonly InteractiveDraft[]
  readonly onKind: (kind: InteractiveKind) => void
  readonly onDraft: (draft: InteractiveDraft) => void
}): ReactNode {
  const t = useT()
  const { kinds, recent, onKind, onDraft } = props
  return (
    <div className="flex flex-col gap-5 p-5">
      <ul className="grid gap-2 sm:grid-cols-2">
        {kinds.map((kind) => (
          <li key={kind}>
            <Choice kind={kind} onChoose={() => onKind(kind)}>
              {t(KIND_WORDS[kind])}
            </Choice>
          </li>
        ))}
      </ul>
      {!kinds.includes('order_details') && <p className="text-sm text-ink-3">{t('build.noPayments')}</p>}
      {recent.length > 0 && (
        <section aria-label={t('build.recent')}>
          <h3 className="mb-2 text-sm font-medium">{t('build.recent')}</h3>
          <ul className="flex flex-col gap-2">
            {recent.map((draft) => (
              <li key={JSON.stringify(draft)}>
                <Choice kind={draft.kind} onChoose={() => onDraft(draft)}>
                  <bdi className="truncate">{draft.body === '' ? t(KIND_WORDS[draft.kind]) : draft.body}</bdi>
                </Choice>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function Choice(props: {
  readonly kind: InteractiveKind
  readonly onChoose: () => void
  readonly children: ReactNode
}): ReactNode {
  const Icon = KIND_ICONS[props.kind]
  return (
    <button
      type="button"
      onClick={props.onChoose}
      className="flex min-h-11 w-full items-center gap-2.5 rounded-sm border border-line px-3 text-start hover:bg-hover"
    >
      <Icon aria-hidden="true" className="size-4 flex-none text-ink-3" />
      {props.children}
    </button>
  )
}
