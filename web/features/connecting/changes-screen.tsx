import { type ReactNode, useState } from 'react'
import type { OnboardingView } from '../../../contract/api/connecting.ts'
import {
  type InTheApi,
  type OnThePhone,
  PHONE_CHANGES,
  type PhoneFeature,
  phoneChangesVersion,
} from '../../../contract/phone-changes.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { usePreferences } from '../../app/preferences.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { PlaybookLink } from '../playbooks/playbook-link.tsx'
import { FailureLine } from './failure-line.tsx'
import { useStep } from './use-step.ts'

const FEATURE: Record<PhoneFeature, MessageKey> = {
  chats: 'change.chats',
  contacts: 'change.contacts',
  groups: 'change.groups',
  calls: 'change.calls',
  status_channels: 'change.statusChannels',
  business_tools: 'change.businessTools',
  messaging_tools: 'change.messagingTools',
  profile: 'change.profile',
  disappearing: 'change.disappearing',
  view_once: 'change.viewOnce',
  live_location: 'change.liveLocation',
  broadcast_lists: 'change.broadcastLists',
  devices: 'change.devices',
  devices_unsupported: 'change.devicesUnsupported',
  templates: 'change.templates',
}
const PHONE: Record<OnThePhone, MessageKey> = {
  kept: 'change.kept',
  switched_off: 'change.switchedOff',
  read_only: 'change.readOnly',
  unlinked: 'change.unlinked',
  unlinked_once: 'change.unlinkedOnce',
  none: 'change.notThere',
}
const API: Record<InTheApi, MessageKey> = {
  mirrored: 'change.mirrored',
  imported: 'change.imported',
  api_only: 'change.apiOnly',
  none: 'change.notThere',
}

/** What will change on the phone, read and accepted by the owner before anything is done. */
export function ChangesScreen({ onboarding }: { readonly onboarding: OnboardingView }): ReactNode {
  const t = useT()
  const language = usePreferences((preferences) => preferences.language)
  const [read, setRead] = useState(false)
  const consenting = useStep<object>(onboarding, 'consents')
  return (
    <Section title={t('change.title')} lead={t('change.lead')}>
      <ChangesTable />
      <p className="mt-3 text-sm text-ink-2">{t('change.devicesNote')}</p>
      <PlaybookLink page="team" section="phone-only">
        {t('playbook.team')}
      </PlaybookLink>
      <label className="mt-3 flex items-start gap-2.5 py-1">
        <input
          type="checkbox"
          className="mt-1 size-4 flex-none"
          checked={read}
          onChange={(event) => setRead(event.target.checked)}
        />
        <span>{t('change.accept')}</span>
      </label>
      <p className="mt-2">
        <Button
          look="primary"
          disabled={!read || consenting.isPending}
          onClick={() =>
            consenting.mutate({ subject: 'phone_changes', granted: true, textVersion: phoneChangesVersion, language })
          }
        >
          {t('change.agree')}
        </Button>
      </p>
      <p className="mt-2 text-xs text-ink-3">
        {t('connect.textVersion', { version: `\u2066${phoneChangesVersion}\u2069` })}
      </p>
      <FailureLine result={consenting.data} />
    </Section>
  )
}

function ChangesTable(): ReactNode {
  const t = useT()
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm" data-testid="changes">
        <thead>
          <tr className="text-start text-ink-2">
            <th scope="col" className="py-2 text-start font-medium">
              {t('change.feature')}
            </th>
            <th scope="col" className="py-2 text-start font-medium">
              {t('change.onPhone')}
            </th>
            <th scope="col" className="py-2 text-start font-medium">
              {t('change.inWasl')}
            </th>
          </tr>
        </thead>
        <tbody>
          {PHONE_CHANGES.map(({ feature, phone, api }) => (
            <tr key={feature} className="border-t border-line align-top">
              <th scope="row" className="py-2 pe-3 text-start font-normal">
                {t(FEATURE[feature])}
              </th>
              <td
                className={`py-2 pe-3 ${phone === 'kept' ? 'text-agent' : phone === 'none' ? 'text-ink-2' : 'font-medium text-danger'}`}
              >
                {t(PHONE[phone])}
              </td>
              <td className="py-2 text-ink-2">{t(API[api])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
