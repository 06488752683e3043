/** Who it is: its name, whom it speaks for, its picture, the languages it speaks. */
import { useTranslation } from 'react-i18next'
import { TextField } from '../../ui/Field.tsx'
import { AvatarField } from './AvatarField.tsx'
import { NamedSection } from './Section.tsx'
import type { SectionProps } from './section-props.ts'

export function ProfileSection({ agentId, draft: { config, change } }: SectionProps) {
  const { t } = useTranslation('agents')
  const { profile } = config
  const put = (edits: Partial<typeof profile>) => change({ profile: { ...profile, ...edits } })
  return (
    <NamedSection name="profile">
      <div className="two">
        <TextField
          label={t('name')}
          maxLength={100}
          value={profile.name}
          error={profile.name.trim() === '' ? t('needName') : undefined}
          onChange={(event) => put({ name: event.target.value })}
        />
        <TextField
          label={t('company')}
          hint={t('companyHint')}
          maxLength={100}
          value={profile.company ?? ''}
          onChange={(event) => put({ company: event.target.value === '' ? null : event.target.value })}
        />
        <AvatarField
          agentId={agentId}
          fileId={profile.avatarFileId}
          onChange={(avatarFileId) => put({ avatarFileId })}
        />
        <TextField
          label={t('languages')}
          hint={t('languagesHint')}
          dir="ltr"
          spellCheck={false}
          value={profile.languages.join(' ')}
          onChange={(event) => put({ languages: event.target.value.split(/[\s,]/).slice(0, 50) })}
          onBlur={() => put({ languages: [...new Set(profile.languages.filter(Boolean))] })}
        />
      </div>
    </NamedSection>
  )
}
