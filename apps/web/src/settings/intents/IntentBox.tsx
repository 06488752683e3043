/** One intent: its name, and how contacts say it. */
import Trash2 from 'lucide-react/icons/trash-2'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/Button.tsx'
import { TextArea, TextField } from '../../ui/Field.tsx'
import { type Draft, examplesOf, type Problem } from './use-intents.ts'

type Props = {
  draft: Draft
  problem: Problem
  disabled: boolean
  onChange: (draft: Draft) => void
  onRemove: () => void
}

export function IntentBox({ draft, problem, disabled, onChange, onRemove }: Props) {
  const { t } = useTranslation('intents')
  const name = draft.name.trim()
  const ofName = problem === 'noName' || problem === 'sameName'
  return (
    <section className="intent" aria-label={name || t('name')}>
      <div className="row">
        <div className="grow">
          <TextField
            label={t('name')}
            value={draft.name}
            maxLength={60}
            dir="auto"
            disabled={disabled}
            error={ofName ? t(problem) : undefined}
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
          />
        </div>
        {!disabled && (
          <IconButton icon={Trash2} label={name ? t('remove', { name }) : t('removeUnnamed')} onClick={onRemove} />
        )}
      </div>
      <TextArea
        label={t('examples')}
        hint={t('examplesHint', { count: examplesOf(draft).length })}
        error={problem === 'tooFew' ? t('tooFew') : undefined}
        value={draft.lines}
        rows={5}
        dir="auto"
        disabled={disabled}
        onChange={(event) => onChange({ ...draft, lines: event.target.value })}
      />
    </section>
  )
}
