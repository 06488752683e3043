/** Who answers the contact. */
import AudioLines from 'lucide-react/icons/audio-lines'
import Ear from 'lucide-react/icons/ear'
import UsersRound from 'lucide-react/icons/users-round'
import { useTranslation } from 'react-i18next'
import { RadioCards } from '../../ui/Choice.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { NamedSection } from './Section.tsx'
import type { SectionProps } from './section-props.ts'

const MODES = { active: AudioLines, hybrid: UsersRound, passive: Ear }

export function ModeSection({ draft: { config, change } }: SectionProps) {
  const { t } = useTranslation('agents')
  const { profile } = config
  return (
    <NamedSection name="mode">
      <RadioCards
        label={t('section.mode')}
        value={profile.mode}
        onChange={(mode) => change({ profile: { ...profile, mode } })}
        options={(['active', 'hybrid', 'passive'] as const).map((mode) => ({
          value: mode,
          title: t(`mode.${mode}.name`),
          text: t(`mode.${mode}.text`),
          icon: <Icon of={MODES[mode]} className={profile.mode === mode ? 'cust' : 't3'} />,
        }))}
      />
    </NamedSection>
  )
}
