/** The parts of an agent's form that are not the model. */
import AudioLines from 'lucide-react/icons/audio-lines'
import Ear from 'lucide-react/icons/ear'
import UsersRound from 'lucide-react/icons/users-round'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../app/use-draft.ts'
import { RadioCards } from '../ui/Choice.tsx'
import { TextField } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import type { AgentFields } from './agent-fields.ts'

type Props = { draft: Draft<AgentFields> }

export function Section({ title, text, children }: { title: ReactNode; text?: ReactNode; children: ReactNode }) {
  return (
    <section className="fsec">
      <h2>{title}</h2>
      {text && <p className="d">{text}</p>}
      {children}
    </section>
  )
}

export function IdentitySection({ draft: { value, change } }: Props) {
  const { t } = useTranslation('agents')
  return (
    <Section title={t('identity')} text={t('identityText')}>
      <div className="two">
        <TextField
          label={t('name')}
          maxLength={100}
          value={value.name}
          error={value.name.trim() === '' ? t('needName') : undefined}
          onChange={(event) => change({ name: event.target.value })}
        />
        <TextField
          label={t('company')}
          hint={t('companyHint')}
          maxLength={100}
          value={value.company}
          onChange={(event) => change({ company: event.target.value })}
        />
      </div>
    </Section>
  )
}

const MODES = { active: AudioLines, hybrid: UsersRound, passive: Ear }

export function ModeSection({ draft: { value, change } }: Props) {
  const { t } = useTranslation('agents')
  return (
    <Section title={t('modeTitle')} text={t('modeText')}>
      <RadioCards
        label={t('modeTitle')}
        value={value.mode}
        onChange={(mode) => change({ mode })}
        options={(['active', 'hybrid', 'passive'] as const).map((mode) => ({
          value: mode,
          title: t(`mode.${mode}.name`),
          text: t(`mode.${mode}.text`),
          icon: <Icon of={MODES[mode]} className={value.mode === mode ? 'cust' : 't3'} />,
        }))}
      />
    </Section>
  )
}

export function InstructionsSection({ draft: { value, change } }: Props) {
  const { t } = useTranslation('agents')
  const embedded = value.provider === 'embedded'
  return (
    <Section title={t('instructions')} text={embedded ? t('instructionsEmbedded') : t('instructionsText')}>
      <textarea
        className="textarea"
        rows={10}
        maxLength={20_000}
        aria-label={t('instructions')}
        dir="auto"
        value={value.instructions}
        onChange={(event) => change({ instructions: event.target.value })}
      />
    </Section>
  )
}

export function HandoffSection({ draft: { value, change } }: Props) {
  const { t } = useTranslation('agents')
  return (
    <Section title={t('handoff')} text={t('handoffText')}>
      <textarea
        className="textarea"
        rows={3}
        aria-label={t('handoff')}
        placeholder={t('handoffExample')}
        dir="auto"
        value={value.handoffPhrases}
        onChange={(event) => change({ handoffPhrases: event.target.value })}
      />
    </Section>
  )
}
