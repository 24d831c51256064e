import type { ReactNode } from 'react'
import type { SaveMailBody } from '../../../contract/api/mail.ts'
import { useT } from '../../app/language.ts'
import { ChoiceGroup } from '../../ui/choice-group.tsx'
import { TextField } from '../../ui/fields.tsx'

/** The fields of the mail settings. An empty password field keeps the password that is stored. */
export function MailFields({
  draft,
  hasPassword,
  onChange,
}: {
  readonly draft: SaveMailBody
  readonly hasPassword: boolean
  readonly onChange: (draft: SaveMailBody) => void
}): ReactNode {
  const t = useT()
  const set = (more: Partial<SaveMailBody>) => onChange({ ...draft, ...more })
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-[2fr_1fr]">
        <TextField dir="ltr" label={t('mail.host')} required value={draft.host} onChange={(host) => set({ host })} />
        <TextField
          dir="ltr"
          label={t('mail.port')}
          type="number"
          required
          min={1}
          max={65535}
          value={String(draft.port)}
          onChange={(port) => set({ port: Number(port) })}
        />
      </div>
      <SecurityChoice security={draft.security} onChoose={(security) => set({ security })} />
      <LoginAndAddresses draft={draft} hasPassword={hasPassword} set={set} />
      <ChoiceGroup
        label={t('mail.language')}
        value={draft.language}
        onChoose={(language) => set({ language })}
        choices={[
          { value: 'en', label: t('language.en') },
          { value: 'ar', label: t('language.ar') },
        ]}
      />
    </>
  )
}

/** Who logs in to the mail server, whom the mail is from, and to whom it goes. */
function LoginAndAddresses({
  draft,
  hasPassword,
  set,
}: {
  readonly draft: SaveMailBody
  readonly hasPassword: boolean
  readonly set: (more: Partial<SaveMailBody>) => void
}): ReactNode {
  const t = useT()
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField
        dir="ltr"
        label={t('mail.username')}
        autoComplete="off"
        value={draft.username ?? ''}
        onChange={(username) => set({ username: username === '' ? null : username })}
      />
      <TextField
        dir="ltr"
        label={t('mail.password')}
        type="password"
        autoComplete="new-password"
        placeholder={hasPassword ? t('mail.passwordKept') : ''}
        value={draft.password ?? ''}
        onChange={(password) => set({ password: password === '' ? undefined : password })}
      />
      <TextField
        dir="ltr"
        label={t('mail.from')}
        type="email"
        required
        value={draft.from}
        onChange={(from) => set({ from })}
      />
      <TextField
        dir="ltr"
        label={t('mail.recipients')}
        type="email"
        multiple
        required
        value={draft.recipients.join(', ')}
        onChange={(list) => set({ recipients: list.split(/[\s,;]+/).filter((one) => one !== '') })}
      />
    </div>
  )
}

function SecurityChoice({
  security,
  onChoose,
}: {
  readonly security: SaveMailBody['security']
  readonly onChoose: (security: SaveMailBody['security']) => void
}): ReactNode {
  const t = useT()
  return (
    <ChoiceGroup
      label={t('mail.security')}
      value={security}
      onChoose={onChoose}
      choices={[
        { value: 'starttls', label: t('mail.starttls') },
        { value: 'tls', label: t('mail.tls') },
        { value: 'none', label: t('mail.none') },
      ]}
    />
  )
}
