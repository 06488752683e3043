/** Overrule: another value and the reason for it. */
import type { Overruling, Review } from '@earshot/contracts'
import { type RefObject, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../app/problem.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field, TextArea, TextField } from '../ui/Field.tsx'
import { Select } from '../ui/Select.tsx'
import { useOverrule } from './use-overrule.ts'
import { OUTCOMES, RESOLUTIONS, useValueWords } from './value-words.ts'

/** What is overruled: a part with its most, or a verdict. */
export type Target =
  | { field: 'part'; part: string; max: number; says: number }
  | { field: 'resolution' | 'outcome' | 'stage'; says: string | null }

type Props = { review: Review; target: Target; onClose: () => void }

export default function OverruleDialog({ review, target, onClose }: Props) {
  const { t } = useTranslation(['quality', 'common'])
  const words = useValueWords()
  const what = words.name(target.field, target.field === 'part' ? target.part : null)
  const overrule = useOverrule(review.conversationId, what, onClose)
  const [value, setValue] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  const wish = wishOf(review.id, target, value, reason.trim())
  const valueError = tried ? valueProblem(target, value) : null
  const save = () => {
    setTried(true)
    if (wish && !overrule.isPending) overrule.mutate(wish)
  }
  const says = t('dialog.says', { value: words.value(target.field, target.says) })
  const wrong = valueError && t(`dialog.${valueError}`, { max: target.field === 'part' ? target.max : 0 })
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={t('dialog.title', { what })}
      description={t('dialog.text')}
      initialFocus={first}
      onSubmit={save}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={overrule.isPending}>
            {t('overrule')}
          </Button>
        </>
      }
    >
      <ValueField target={target} value={value} onChange={setValue} says={says} error={wrong} first={first} />
      <TextArea
        label={t('dialog.reason')}
        rows={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        error={
          tried && reason.trim() === ''
            ? t('dialog.reasonMissing')
            : overrule.error
              ? problemText(overrule.error)
              : undefined
        }
      />
    </Dialog>
  )
}

type ValueProps = {
  target: Target
  value: string
  onChange: (value: string) => void
  says: string
  error: string | null
  first: RefObject<HTMLInputElement | null>
}

function ValueField({ target, value, onChange, says, error, first }: ValueProps) {
  const { t } = useTranslation('quality')
  const words = useValueWords()
  if (target.field === 'part') {
    return (
      <TextField
        ref={first}
        label={t('dialog.points', { max: target.max })}
        type="number"
        inputMode="numeric"
        min={0}
        max={target.max}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        hint={says}
        error={error}
      />
    )
  }
  return (
    <Field label={t('dialog.value')} hint={says} error={error}>
      {({ id }) => (
        <Select
          id={id}
          label={t('dialog.value')}
          value={value}
          onChange={onChange}
          options={optionsOf(target.field, words).filter((one) => one.value !== target.says)}
        />
      )}
    </Field>
  )
}

function optionsOf(field: 'resolution' | 'outcome' | 'stage', words: ReturnType<typeof useValueWords>) {
  if (field === 'stage') return words.stages.map(({ key, name }) => ({ value: key, label: name }))
  const values: readonly string[] = field === 'resolution' ? RESOLUTIONS : OUTCOMES
  return values.map((value) => ({ value, label: words.value(field, value) }))
}

function valueProblem(target: Target, value: string): 'pointsWrong' | 'same' | null {
  if (target.field !== 'part') return value === '' ? 'same' : null
  const points = Number(value)
  if (value.trim() === '' || !Number.isInteger(points) || points < 0 || points > target.max) return 'pointsWrong'
  return points === target.says ? 'same' : null
}

const oneOf = <T extends string>(values: readonly T[], value: string): T | undefined =>
  values.find((one) => one === value)

/** Undefined while something is missing. */
function wishOf(reviewId: string, target: Target, value: string, reason: string): Overruling | undefined {
  if (reason === '' || valueProblem(target, value)) return undefined
  switch (target.field) {
    case 'part':
      return { field: 'part', reviewId, part: target.part, value: Number(value), reason }
    case 'resolution': {
      const level = oneOf(RESOLUTIONS, value)
      return level && { field: 'resolution', reviewId, value: level, reason }
    }
    case 'outcome': {
      const outcome = oneOf(OUTCOMES, value)
      return outcome && { field: 'outcome', reviewId, value: outcome, reason }
    }
    case 'stage':
      return { field: 'stage', reviewId, value, reason }
  }
}
