import { ChevronsUpDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import type { Failure } from '../../sync/api.ts'
import { sync, useSync } from '../../sync/browser.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { ChoiceMenu } from '../../ui/menu.tsx'

/** Who I am, and becoming somebody else of the team: until sign-in exists, this is how one says who acts. */
export function MemberSwitcher({ labelClass }: { readonly labelClass: string }): ReactNode {
  const t = useT()
  const session = useSync((state) => state.session)
  const [failure, setFailure] = useState<Failure | null>(null)
  const me = session?.me ?? null
  if (session === null || me === null) return null
  const choices = session.members.map((member) => ({
    value: member.id,
    label: member.name,
    note: t(`role.${member.role}`),
  }))
  return (
    <>
      <ChoiceMenu
        label={t('member.switch')}
        choices={choices}
        value={me.id}
        onChoose={(id) => void sync.actAs(id).then(setFailure)}
        trigger={
          <button
            type="button"
            title={t('member.switch')}
            className="flex min-h-10 w-full items-center gap-2.5 rounded-sm px-1.5 text-start hover:bg-hover phone:min-h-11 @max-[9rem]:justify-center @max-[9rem]:px-0"
          >
            <Avatar name={me.name} seed={me.id} small />
            <span className="sr-only">{t('member.actingAs')}</span>
            <bdi className={labelClass}>{me.name}</bdi>
            <ChevronsUpDown aria-hidden="true" className="size-3.5 flex-none text-ink-3 @max-[9rem]:hidden" />
          </button>
        }
      />
      {failure !== null && (
        <p role="alert" className="mt-1 px-2 text-xs text-danger">
          {failureWords(t, failure)}
        </p>
      )}
    </>
  )
}
