/** Putting a question in other words, and making two questions one. */
import type { UnansweredQuestion } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { RadioCards } from '../ui/Choice.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { useQuestion } from './use-insights.ts'

type Props = { question: UnansweredQuestion; onClose: () => void }

export function RenameDialog({ question, onClose }: Props) {
  const { t } = useTranslation('insights')
  const [words, setWords] = useState(question.question)
  const { change } = useQuestion(question.id)
  const save = () => {
    if (words.trim() !== '') change.mutate({ question: words.trim() }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('rename.title')}
      onSubmit={save}
      footer={
        <>
          <Button onClick={onClose}>{t('rename.cancel')}</Button>
          <span className="grow" />
          <Button variant="primary" type="submit" busy={change.isPending}>
            {t('rename.submit')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('rename.field')}
        value={words}
        maxLength={300}
        dir="auto"
        onChange={(event) => setWords(event.target.value)}
      />
    </Dialog>
  )
}

export function MergeDialog({ question, others, onClose }: Props & { others: UnansweredQuestion[] }) {
  const { t } = useTranslation('insights')
  const choices = others.filter(({ id }) => id !== question.id)
  const [into, setInto] = useState(choices[0]?.id ?? '')
  const { merge } = useQuestion(question.id)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('merge.title')}
      description={t('merge.lead', { question: question.question })}
      onSubmit={() => into !== '' && merge.mutate(into, { onSuccess: onClose })}
      footer={
        <>
          <Button onClick={onClose}>{t('merge.cancel')}</Button>
          <span className="grow" />
          <Button variant="primary" type="submit" disabled={into === ''} busy={merge.isPending}>
            {t('merge.submit')}
          </Button>
        </>
      }
    >
      {choices.length === 0 ? (
        <p className="t3">{t('merge.none')}</p>
      ) : (
        <RadioCards
          label={t('merge.other')}
          value={into}
          onChange={setInto}
          layout="pick"
          options={choices.map(({ id, question: words, count }) => ({
            value: id,
            title: words,
            text: t('unanswered.times', { count }),
          }))}
        />
      )}
    </Dialog>
  )
}
