import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { CircleDot, ExternalLink, Plug, Smartphone } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { ConnectAnswer } from '../../../contract/api/workspace.ts'
import type { BusinessNumber } from '../../../contract/number.ts'
import { failureWords } from '../../app/failure-words.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { setPreference, usePreferences } from '../../app/preferences.ts'
import { post } from '../../sync/api.ts'
import { sync, useSync } from '../../sync/browser.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Mark } from '../../ui/mark.tsx'
import { ConnectLink } from '../connecting/connect-link.tsx'
import { ImportProgress } from '../numbers/import-progress.tsx'
import { phonePage } from '../numbers/phone-page.ts'

/** With this many conversations there is something to see. */
const CONVERSATIONS_TO_BEGIN = 1

/** The first page while no number is connected: two doors; then how the import goes. */
export function WelcomePage(): ReactNode {
  const t = useT()
  const number = useSync((state) => Object.values(state.inbox?.numbers ?? {})[0])
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto flex min-h-full max-w-3xl flex-col gap-6 px-6 py-10 narrow:px-4 narrow:py-5">
        <header className="flex items-center gap-3">
          <Mark className="size-9" />
          <span className="flex-1 text-xl font-semibold">{t('title.plain')}</span>
          <LanguageButton />
        </header>
        <div>
          <h1 className="text-2xl font-semibold tracking-tight">
            {number === undefined ? t('welcome.title') : t('welcome.importing')}
          </h1>
          <p className="mt-1 max-w-prose text-lg text-ink-2">
            {number === undefined ? t('welcome.lead') : t('welcome.importingLead')}
          </p>
        </div>
        {number === undefined ? <Doors /> : <Importing number={number} />}
      </div>
    </main>
  )
}

function Doors(): ReactNode {
  const t = useT()
  const [needsShown, setNeedsShown] = useState(false)
  const simulator = useSync((state) => state.session?.simulatorUrl ?? null)
  const connecting = useMutation({
    mutationFn: () => post<ConnectAnswer>('/numbers/simulated', {}),
    onSuccess: (answer) => answer.ok && sync.putNumber(answer.value.number),
  })
  const failure = connecting.data?.ok === false ? connecting.data.failure : null
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <section className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-5">
          <Plug aria-hidden="true" className="size-6 text-accent" />
          <h2 className="text-lg font-semibold">{t('welcome.connect')}</h2>
          <p className="flex-1 text-ink-2">{t('welcome.connectLead')}</p>
          <ConnectLink look="primary" className="mt-2 min-h-10">
            {t('welcome.connect')}
          </ConnectLink>
          <Button
            look="ghost"
            className="min-h-10"
            aria-expanded={needsShown}
            aria-controls="needs"
            onClick={() => setNeedsShown(!needsShown)}
          >
            {t('welcome.whatItNeeds')}
          </Button>
        </section>
        <section className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-5">
          <Smartphone aria-hidden="true" className="size-6 text-phone" />
          <h2 className="text-lg font-semibold">{t('welcome.try')}</h2>
          <p className="flex-1 text-ink-2">{simulator === null ? t('welcome.noSimulator') : t('welcome.tryLead')}</p>
          <Button
            look="primary"
            className="mt-2 min-h-10"
            disabled={connecting.isPending || simulator === null}
            onClick={() => connecting.mutate()}
          >
            {connecting.isPending ? t('welcome.connecting') : t('welcome.try')}
          </Button>
          {failure !== null && (
            <p role="alert" className="text-sm text-danger">
              {failureWords(t, failure)}
            </p>
          )}
        </section>
      </div>
      <div id="needs" hidden={!needsShown}>
        <Needs />
      </div>
    </>
  )
}

const NEEDS: readonly MessageKey[] = [
  'needs.app',
  'needs.age',
  'needs.business',
  'needs.address',
  'needs.payment',
  'needs.countries',
]

/** What connecting a real number will take, told before anybody begins. */
function Needs(): ReactNode {
  const t = useT()
  return (
    <section className="rounded-lg border border-line bg-surface p-5">
      <h2 className="font-semibold">{t('needs.title')}</h2>
      <p className="text-ink-2">{t('needs.lead')}</p>
      <ul className="mt-3 flex flex-col gap-2">
        {NEEDS.map((need) => (
          <li key={need} className="flex gap-2.5">
            <CircleDot aria-hidden="true" className="mt-0.5 size-4 flex-none text-accent" />
            <span>{t(need)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The import's progress; the inbox opens by itself as soon as there is something in it. */
function Importing({ number }: { readonly number: BusinessNumber }): ReactNode {
  const t = useT()
  const navigate = useNavigate()
  const simulator = useSync((state) => state.session?.simulatorUrl ?? null)
  const ready = useSync((state) => Object.keys(state.inbox?.conversations ?? {}).length >= CONVERSATIONS_TO_BEGIN)
  useEffect(() => {
    if (ready) void navigate({ to: '/inbox/$view', params: { view: 'all' }, replace: true })
  }, [ready, navigate])
  return (
    <>
      <ImportProgress number={number} />
      <p className="flex flex-wrap gap-2">
        <Link to="/inbox/$view" params={{ view: 'all' }} className={buttonClass('primary', 'min-h-10')}>
          {t('welcome.openInbox')}
        </Link>
        {simulator !== null && (
          <a href={phonePage(simulator)} target="_blank" rel="noopener" className={buttonClass('plain', 'min-h-10')}>
            <ExternalLink aria-hidden="true" className="size-4" />
            {t('welcome.openPhone')}
          </a>
        )}
      </p>
    </>
  )
}

function LanguageButton(): ReactNode {
  const language = usePreferences((preferences) => preferences.language)
  const t = useT()
  const other = language === 'ar' ? 'en' : 'ar'
  return (
    <Button look="ghost" lang={other} onClick={() => setPreference('language', other)}>
      {t('welcome.otherLanguage')}
    </Button>
  )
}
