/** What follows the kind of a condition: the fields that make it a sentence. */
import { type RuleCondition, RuleMeasure } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Input } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'

type Props = { condition: RuleCondition; withoutScore: boolean; onChange: (next: RuleCondition) => void }
type Of<K extends RuleCondition['is']> = {
  condition: Extract<RuleCondition, { is: K }>
  onChange: (next: RuleCondition) => void
}

export function ConditionFields({ condition, withoutScore, onChange }: Props) {
  switch (condition.is) {
    case 'words':
      return <Words condition={condition} onChange={onChange} />
    case 'function':
      return <Called condition={condition} onChange={onChange} />
    case 'measure':
      return <Figure condition={condition} withoutScore={withoutScore} onChange={onChange} />
    case 'flag':
      return <Flag condition={condition} withoutScore={withoutScore} onChange={onChange} />
    case 'emotion':
      return <Feeling condition={condition} onChange={onChange} />
    default:
      return <Toned condition={condition} onChange={onChange} />
  }
}

function Words({ condition, onChange }: Of<'words'>) {
  const { t } = useTranslation('rules')
  // As typed: a comma at the end is the beginning of the next phrase.
  const [typed, setTyped] = useState(condition.phrases.join(', '))
  const type = (text: string) => {
    setTyped(text)
    const phrases = text.split(/[,\n]/).map((phrase) => phrase.trim())
    onChange({ ...condition, phrases: [...new Set(phrases.filter(Boolean))].slice(0, 50) })
  }
  return (
    <>
      <Select
        label={t('by')}
        value={condition.by}
        onChange={(by) => onChange({ ...condition, by })}
        options={(['contact', 'answer', 'anyone'] as const).map((by) => ({ value: by, label: t(`byWhom.${by}`) }))}
      />
      <Input
        className="rule-words"
        aria-label={t('phrases')}
        placeholder={t('phrases')}
        dir="auto"
        value={typed}
        maxLength={2000}
        onChange={(event) => type(event.target.value)}
      />
    </>
  )
}

function Called({ condition, onChange }: Of<'function'>) {
  const { t } = useTranslation('rules')
  return (
    <>
      <Input
        className="mono"
        aria-label={t('functionName')}
        placeholder={t('functionName')}
        dir="ltr"
        maxLength={120}
        value={condition.name ?? ''}
        onChange={(event) => onChange({ ...condition, name: event.target.value.trim() || null })}
      />
      <Select
        label={t('didLabel')}
        value={condition.did}
        onChange={(did) => onChange({ ...condition, did })}
        options={(['called', 'worked', 'failed'] as const).map((did) => ({ value: did, label: t(`did.${did}`) }))}
      />
    </>
  )
}

function Figure({ condition, withoutScore, onChange }: Of<'measure'> & { withoutScore: boolean }) {
  const { t } = useTranslation('rules')
  const measures = RuleMeasure.options.filter((one) => !withoutScore || one !== 'score')
  return (
    <>
      <Select
        label={t('measureLabel')}
        value={condition.measure}
        onChange={(measure) => onChange({ ...condition, measure })}
        options={measures.map((one) => ({ value: one, label: t(`measures.${one}`) }))}
      />
      <Select
        label={t('compareLabel')}
        value={condition.compare}
        onChange={(compare) => onChange({ ...condition, compare })}
        options={(['over', 'under'] as const).map((one) => ({ value: one, label: t(`compare.${one}`) }))}
      />
      <Amount label={t('value')} value={condition.value} onChange={(value) => onChange({ ...condition, value })} />
    </>
  )
}

const FLAGS = [
  'unanswered_question',
  'no_reply',
  'out_of_scope',
  'negative_turn',
  'dissatisfied',
  'abandoned',
  'abandoned_in_queue',
  'wants_human',
  'human_refused',
  'transferred',
  'function_error',
  'unsupported_claim',
  'contradicted_claim',
  'repetition',
  'asked_again',
  'sensitive_data',
  'secret_leaked',
  'promise_made',
  'unsafe_promise',
  'abusive_contact',
  'rude_answer',
  'prompt_injection',
  'spam',
  'slow_reply',
  'long_silence',
  'low_score',
] as const

function Flag({ condition, withoutScore, onChange }: Of<'flag'> & { withoutScore: boolean }) {
  const { t } = useTranslation(['rules', 'conversations'])
  const flags = FLAGS.filter((one) => !withoutScore || one !== 'low_score')
  return (
    <Select<string>
      label={t('rules:flagLabel')}
      value={condition.code}
      onChange={(code) => onChange({ ...condition, code })}
      options={flags.map((code) => ({ value: code, label: t(`conversations:flag.code.${code}`) }))}
    />
  )
}

const FEELINGS = [
  'anger',
  'annoyance',
  'confusion',
  'disappointment',
  'disapproval',
  'disgust',
  'fear',
  'nervousness',
  'sadness',
  'gratitude',
  'joy',
  'relief',
  'surprise',
] as const

function Feeling({ condition, onChange }: Of<'emotion'>) {
  const { t } = useTranslation(['rules', 'conversations'])
  return (
    <>
      <Select<string>
        label={t('rules:emotionLabel')}
        value={condition.emotion}
        onChange={(emotion) => onChange({ ...condition, emotion })}
        options={FEELINGS.map((one) => ({ value: one, label: t(`conversations:emotion.${one}`) }))}
      />
      <Amount
        label={t('rules:atLeast')}
        step={0.05}
        value={condition.atLeast}
        onChange={(atLeast) => onChange({ ...condition, atLeast })}
      />
    </>
  )
}

function Toned({ condition, onChange }: Of<'tone'>) {
  const { t } = useTranslation('rules')
  return (
    <Select
      label={t('toneLabel')}
      value={condition.tone}
      onChange={(tone) => onChange({ ...condition, tone })}
      options={(['positive', 'neutral', 'negative'] as const).map((one) => ({ value: one, label: t(`tones.${one}`) }))}
    />
  )
}

type AmountProps = { label: string; value: number; step?: number; onChange: (value: number) => void }

function Amount({ label, value, step, onChange }: AmountProps) {
  return (
    <Input
      className="num rule-amount"
      type="number"
      min={0}
      step={step ?? 'any'}
      aria-label={label}
      title={label}
      value={Number.isNaN(value) ? '' : value}
      onChange={(event) => onChange(event.target.valueAsNumber)}
    />
  )
}
