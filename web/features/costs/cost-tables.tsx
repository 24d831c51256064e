import type { ReactNode } from 'react'
import type { CostSum, CostsAnswer } from '../../../contract/api/costs.ts'
import { type MessageKey, type Translate, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'
import { Section } from '../../ui/page.tsx'
import { useMoney } from './use-money.ts'
import { kindWords } from './words.ts'

/** Rows of a table that are shown; the file has all. */
const ROWS_MAX = 50

const AUTHOR_WORDS: Readonly<Record<string, MessageKey>> = {
  bot: 'origin.bot',
  campaign: 'origin.campaign',
  api: 'origin.api',
}

/** What was charged, by kind, country, day, number, who wrote it, and template. */
export function CostTables({ costs }: { readonly costs: CostsAnswer }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const numbers = useSync((state) => state.inbox?.numbers) ?? {}
  const members = useSync((state) => state.session?.members) ?? []
  const { by } = costs
  const writer = (key: string) => members.find(({ id }) => `agent ${id}` === key)?.name ?? authorWords(t, key)
  return (
    <>
      <Table title={t('costs.byKind')} costs={costs} sums={by.kind} nameOf={(key) => kindWords(t, key)} />
      <div className="grid grid-cols-2 gap-4 narrow:grid-cols-1">
        <Table
          title={t('costs.byCountry')}
          costs={costs}
          sums={by.country}
          nameOf={(key) => (key === '' ? t('costs.countryHidden') : formats.country(key))}
        />
        <Table
          title={t('costs.byDay')}
          costs={costs}
          sums={by.day}
          nameOf={(key) => formats.shortDay(Date.parse(`${key}T12:00:00Z`))}
        />
        <Table title={t('costs.byAuthor')} costs={costs} sums={by.author} nameOf={writer} />
        <Table
          title={t('costs.byTemplate')}
          costs={costs}
          sums={by.template}
          nameOf={(key) => (key === '' ? t('costs.noTemplate') : key)}
        />
      </div>
      <Table
        title={t('costs.byNumber')}
        costs={costs}
        sums={by.number}
        nameOf={(key) => numbers[key]?.displayPhone ?? key}
      />
    </>
  )
}

function authorWords(t: Translate, key: string): string {
  const words = AUTHOR_WORDS[key]
  return words === undefined ? t('costs.authorUnknown') : t(words)
}

function Table(props: {
  readonly title: string
  readonly costs: CostsAnswer
  readonly sums: readonly CostSum[]
  readonly nameOf: (key: string) => string
}): ReactNode {
  const t = useT()
  const formats = useFormats()
  const money = useMoney(props.costs.currency)
  const hidden = props.sums.length - ROWS_MAX
  return (
    <Section title={props.title}>
      <table className="mt-2 w-full text-sm">
        <thead className="text-ink-3">
          <tr>
            <th scope="col" className="sr-only">
              {props.title}
            </th>
            {(['costs.messages', 'costs.charged', 'costs.amount'] as const).map((key) => (
              <th key={key} scope="col" className="py-1 text-end font-normal">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.sums.slice(0, ROWS_MAX).map(({ key, messages, charged, amount }) => (
            <tr key={key} className="border-t border-line">
              <th scope="row" className="max-w-40 py-1.5 text-start font-normal [overflow-wrap:anywhere]">
                <bdi>{props.nameOf(key)}</bdi>
              </th>
              {[formats.number(messages), formats.number(charged), money(amount)].map((figure, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: three fixed places
                <td key={index} className="py-1.5 text-end">
                  <span className="num">{figure}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 && <p className="mt-1 text-sm text-ink-3">{t('costs.moreRows', { count: hidden })}</p>}
    </Section>
  )
}
