import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { CostsAnswer } from '../../../contract/api/costs.ts'
import { ACCOUNT_CURRENCIES } from '../../../contract/costs.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { post } from '../../sync/api.ts'
import { useSync } from '../../sync/browser.ts'
import { SelectField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { SaveLine } from '../../ui/save-line.tsx'

/** The zones a browser knows, which leave out the plainest of all. */
const TIME_ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** How Meta bills the account. Only the owner sees it. */
export function CostSettingsSection({ costs }: { readonly costs: CostsAnswer }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const isOwner = useSync((state) => state.session?.me?.role === 'owner')
  const [timeZone, setTimeZone] = useState(costs.timeZone)
  const [currency, setCurrency] = useState(costs.currency)
  const [exempt, setExempt] = useState(costs.exempt)
  const saving = useMutation({
    mutationFn: () => post<undefined>('/costs/settings', { currency, timeZone, exempt }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['costs'] }),
  })
  if (!isOwner) return null
  return (
    <Section title={t('costs.settings')} lead={t('costs.settingsLead')}>
      <form
        className="flex flex-col items-start gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <SelectField
          label={t('costs.currency')}
          value={currency}
          choices={ACCOUNT_CURRENCIES.map((code) => ({ value: code, label: code }))}
          onChoose={setCurrency}
        />
        <SelectField
          label={t('costs.timeZone')}
          value={timeZone}
          choices={TIME_ZONES.map((zone) => ({ value: zone, label: zone }))}
          onChoose={setTimeZone}
        />
        <label className="flex items-center gap-2 phone:min-h-11">
          <input type="checkbox" checked={exempt} onChange={(event) => setExempt(event.target.checked)} />
          {t('costs.exemptQuestion')}
        </label>
        <SaveLine
          label={t('costs.save')}
          busy={saving.isPending}
          saved={saving.data?.ok === true ? t('costs.settingsSaved') : ''}
          failure={saving.data?.ok === false ? failureWords(t, saving.data.failure) : null}
        />
      </form>
    </Section>
  )
}
