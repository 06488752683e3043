/** The questions of the setup, one step each. */
import { useTranslation } from 'react-i18next'
import { RadioCards } from '../ui/Choice.tsx'
import { PasswordField, TextField } from '../ui/Field.tsx'
import type { Answers, Problem } from './use-set-up.ts'

type Props = { answers: Answers; change: (more: Partial<Answers>) => void; problem: Problem | null }

export function AccountStep({ answers, change, problem }: Props) {
  const { t } = useTranslation('entry')
  const wrong = (field: Problem['field']) => (problem?.field === field ? t(`setup.${problem.say}`) : undefined)
  return (
    <div className="fields">
      <TextField
        large
        label={t('setup.account.yourName')}
        autoComplete="name"
        autoFocus
        maxLength={100}
        value={answers.name}
        error={wrong('name')}
        onChange={(event) => change({ name: event.target.value })}
      />
      <TextField
        large
        label={t('setup.account.email')}
        hint={t('setup.account.emailHint')}
        type="email"
        autoComplete="username"
        maxLength={254}
        value={answers.email}
        error={wrong('email')}
        onChange={(event) => change({ email: event.target.value })}
      />
      <PasswordField
        large
        label={t('setup.account.password')}
        hint={t('setup.account.passwordHint')}
        autoComplete="new-password"
        maxLength={200}
        value={answers.password}
        error={wrong('password')}
        onChange={(event) => change({ password: event.target.value })}
      />
    </div>
  )
}

export function WorkspaceStep({ answers, change, problem }: Props) {
  const { t } = useTranslation('entry')
  return (
    <div className="fields">
      <TextField
        large
        label={t('setup.workspace.label')}
        autoComplete="organization"
        autoFocus
        maxLength={100}
        value={answers.workspaceName}
        error={problem?.field === 'workspaceName' ? t(`setup.${problem.say}`) : undefined}
        onChange={(event) => change({ workspaceName: event.target.value })}
      />
    </div>
  )
}

export function StartStep({ answers, change }: Props) {
  const { t } = useTranslation('entry')
  return (
    <RadioCards
      layout="pick"
      label={t('setup.start.title')}
      value={answers.start}
      onChange={(start) => change({ start })}
      options={[
        { value: 'sample', title: t('setup.start.sample'), text: t('setup.start.sampleText') },
        { value: 'empty', title: t('setup.start.empty'), text: t('setup.start.emptyText') },
      ]}
    />
  )
}
