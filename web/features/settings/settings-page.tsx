import type { ReactNode } from 'react'
import { useT } from '../../app/language.ts'
import { MenuButton } from '../../app/menu-button.tsx'
import { setPreference, usePreferences } from '../../app/preferences.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'
import { ChoiceGroup } from '../../ui/choice-group.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { RemindersSection } from '../care/reminders-section.tsx'
import { MailSection } from '../mail/mail-section.tsx'
import { SendingSection } from './sending-section.tsx'

/** How things look in this browser. */
export function SettingsPage(): ReactNode {
  const t = useT()
  const chosen = usePreferences()
  const formats = useFormats()
  const nowMs = useNowMs()
  const version = useSync((state) => state.session?.version ?? '')
  return (
    <Page title={t('settings.title')} lead={t('settings.lead')} menu={<MenuButton />}>
      <Section title={t('settings.language')}>
        <ChoiceGroup
          label={t('settings.language')}
          value={chosen.language}
          onChoose={(value) => setPreference('language', value)}
          choices={[
            { value: 'en', label: t('language.en') },
            { value: 'ar', label: t('language.ar') },
          ]}
        />
        <ChoiceGroup
          label={t('settings.digits')}
          value={chosen.digits}
          onChoose={(value) => setPreference('digits', value)}
          choices={[
            { value: 'latn', label: t('digits.latn') },
            { value: 'arab', label: t('digits.arab') },
          ]}
        />
        <ChoiceGroup
          label={t('settings.calendar')}
          value={chosen.calendar}
          onChoose={(value) => setPreference('calendar', value)}
          choices={[
            { value: 'gregory', label: t('calendar.gregory') },
            { value: 'islamic-umalqura', label: t('calendar.umalqura') },
          ]}
        />
        <p className="border-t border-line pt-3 text-sm text-ink-3">
          {t('settings.example', { time: formats.moment(nowMs) })}
        </p>
      </Section>
      <Section title={t('settings.look')}>
        <ChoiceGroup
          label={t('settings.theme')}
          value={chosen.theme}
          onChoose={(value) => setPreference('theme', value)}
          choices={[
            { value: 'system', label: t('theme.system') },
            { value: 'light', label: t('theme.light') },
            { value: 'dark', label: t('theme.dark') },
          ]}
        />
        <ChoiceGroup
          label={t('settings.density')}
          value={chosen.density}
          onChoose={(value) => setPreference('density', value)}
          choices={[
            { value: 'comfortable', label: t('density.comfortable') },
            { value: 'compact', label: t('density.compact') },
          ]}
        />
      </Section>
      <SendingSection />
      <MailSection />
      <RemindersSection />
      <p className="text-sm text-ink-3">{t('settings.version', { version })}</p>
    </Page>
  )
}
