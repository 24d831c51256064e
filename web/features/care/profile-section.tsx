import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { type AccountAnswer, PROFILE_LENGTHS_MAX, WEBSITES_MAX } from '../../../contract/api/care.ts'
import type { MetaAnswer, ProfileFacts } from '../../../contract/meta-answer.ts'
import type { BusinessNumber } from '../../../contract/number.ts'
import { failureWords } from '../../app/failure-words.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { post } from '../../sync/api.ts'
import { TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { SaveLine } from '../../ui/save-line.tsx'
import { AnswerAge, Fact, Facts } from './facts.tsx'
import { ProfilePicture } from './profile-picture.tsx'
import { useIsOwner } from './use-is-owner.ts'

type TextPart = 'about' | 'address' | 'description' | 'email'
const PARTS: readonly (readonly [TextPart, MessageKey])[] = [
  ['about', 'profile.about'],
  ['address', 'profile.address'],
  ['description', 'profile.description'],
  ['email', 'profile.email'],
]

/** What customers see of the business: to be read when the phone owns it, to be edited when there is no phone. */
export function ProfileSection({
  number,
  profile,
  picture,
}: {
  readonly number: BusinessNumber
  readonly profile: MetaAnswer<ProfileFacts>
  readonly picture: AccountAnswer['picture']
}): ReactNode {
  const t = useT()
  const isOwner = useIsOwner()
  const here = number.mode === 'api_only'
  return (
    <Section title={t('profile.title')} lead={t(here ? 'profile.here' : 'profile.onPhone')}>
      <AnswerAge answer={profile} />
      {profile.value !== null && <ProfilePicture number={number} picture={picture} mayChange={here && isOwner} />}
      {here && isOwner && profile.value !== null ? (
        <ProfileForm numberId={number.id} profile={profile.value} />
      ) : (
        <ProfileFactsList profile={profile.value} />
      )}
      {here && !isOwner && <p className="mt-2 text-sm text-ink-3">{t('profile.ownerOnly')}</p>}
    </Section>
  )
}

function ProfileFactsList({ profile }: { readonly profile: ProfileFacts | null }): ReactNode {
  const t = useT()
  if (profile === null) return null
  const none = <span className="text-ink-3">{t('profile.empty')}</span>
  return (
    <Facts>
      {PARTS.map(([part, words]) => (
        <Fact key={part} name={t(words)}>
          {profile[part] === null ? none : <span dir="auto">{profile[part]}</span>}
        </Fact>
      ))}
      <Fact name={t('profile.websites')}>
        {profile.websites.length === 0 ? none : <bdi dir="ltr">{profile.websites.join(' ')}</bdi>}
      </Fact>
    </Facts>
  )
}

function ProfileForm({ numberId, profile }: { readonly numberId: string; readonly profile: ProfileFacts }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(() => draftOf(profile))
  const saving = useMutation({
    mutationFn: () => post<undefined>(`/numbers/${numberId}/profile`, { ...draft, websites: sites(draft.websites) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['account', numberId] }),
  })
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      {PARTS.map(([part, words]) => (
        <TextField
          key={part}
          label={t(words)}
          dir="auto"
          type={part === 'email' ? 'email' : 'text'}
          maxLength={PROFILE_LENGTHS_MAX[part]}
          value={draft[part]}
          onChange={(value) => setDraft({ ...draft, [part]: value })}
        />
      ))}
      <TextField
        label={t('profile.websites')}
        hint={t('profile.websitesHint')}
        dir="ltr"
        value={draft.websites}
        onChange={(websites) => setDraft({ ...draft, websites })}
      />
      <SaveLine
        label={t('profile.save')}
        busy={saving.isPending}
        saved={saving.data?.ok === true ? t('profile.saved') : ''}
        failure={saving.data?.ok === false ? failureWords(t, saving.data.failure) : null}
      />
    </form>
  )
}

function draftOf(profile: ProfileFacts) {
  const { about, address, description, email, websites } = profile
  return {
    about: about ?? '',
    address: address ?? '',
    description: description ?? '',
    email: email ?? '',
    websites: websites.join(' '),
  }
}

function sites(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .slice(0, WEBSITES_MAX)
}
