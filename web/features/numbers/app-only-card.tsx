import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { AppOnlyBody } from '../../../contract/api/app-only.ts'
import type { ConnectAnswer } from '../../../contract/api/workspace.ts'
import type { BusinessNumber } from '../../../contract/number.ts'
import { failureWords } from '../../app/failure-words.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { showToast } from '../../app/toast.ts'
import { post, type Result, remove } from '../../sync/api.ts'
import { sync } from '../../sync/browser.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { PlaybookLink } from '../playbooks/playbook-link.tsx'
import { AppOnlyForm } from './app-only-form.tsx'

const CAN: readonly MessageKey[] = ['appOnly.can1', 'appOnly.can2', 'appOnly.can3']
const CANNOT: readonly MessageKey[] = ['appOnly.cannot1', 'appOnly.cannot2', 'appOnly.cannot3', 'appOnly.cannot4']

/** A number that is held on the phone alone: what that means, and the way to more. */
export function AppOnlyCard({ number }: { readonly number: BusinessNumber }): ReactNode {
  const t = useT()
  return (
    <>
      <Section title={t('model.appOnly')} lead={t('appOnly.lead')}>
        <div className="grid gap-4 roomy:grid-cols-2" data-testid="app-only">
          <List title={t('appOnly.can')} lines={CAN} />
          <List title={t('appOnly.cannot')} lines={CANNOT} />
        </div>
        <p className="mt-4 flex flex-wrap items-center gap-3">
          <Link to="/numbers/$numberId/mode" params={{ numberId: number.id }} className={buttonClass('primary')}>
            {t('appOnly.move')}
          </Link>
          <PlaybookLink page="onboarding">{t('playbook.onboarding')}</PlaybookLink>
        </p>
      </Section>
      {number.phoneNumberId === null && (
        <Section title={t('appOnly.correct')} lead={t('appOnly.correctLead')}>
          <AppOnlyForm number={number} />
          <TakeOffButton number={number} />
        </Section>
      )}
    </>
  )
}

/** Off the list, and back by the undo over the page, with its roster and its devices. */
function TakeOffButton({ number: { id, displayPhone, verifiedName } }: { readonly number: BusinessNumber }): ReactNode {
  const t = useT()
  const navigate = useNavigate()
  const keep = (answer: Result<ConnectAnswer>) => {
    if (answer.ok) sync.putNumber(answer.value.number)
    return answer
  }
  const takingOff = useMutation({
    mutationFn: () => remove<ConnectAnswer>(`/numbers/${id}/app-only`),
    onSuccess: async (answer) => {
      if (!keep(answer).ok) return
      const body: AppOnlyBody = { phone: displayPhone, name: verifiedName }
      const undo = async () => keep(await post<ConnectAnswer>('/numbers/app-only', body))
      showToast({ done: 'appOnly.takenOff', undone: 'appOnly.backAgain', undo })
      await navigate({ to: '/numbers' })
    },
  })
  return (
    <p className="mt-3 flex flex-wrap items-center gap-3">
      <Button look="danger" disabled={takingOff.isPending} onClick={() => takingOff.mutate()}>
        {t('appOnly.takeOff')}
      </Button>
      {takingOff.data?.ok === false && (
        <span role="alert" className="text-sm text-danger">
          {failureWords(t, takingOff.data.failure)}
        </span>
      )}
    </p>
  )
}

function List({ title, lines }: { readonly title: string; readonly lines: readonly MessageKey[] }): ReactNode {
  const t = useT()
  return (
    <div>
      <h3 className="font-medium">{title}</h3>
      <ul className="mt-1 list-disc ps-5 text-ink-2">
        {lines.map((line) => (
          <li key={line} className="py-0.5">
            {t(line)}
          </li>
        ))}
      </ul>
    </div>
  )
}
