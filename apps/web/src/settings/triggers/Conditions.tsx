/** When: conditions that must all hold, each a sentence of choices. */
import type { TriggerCondition } from '@earshot/contracts'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Input } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { CONDITION_KINDS, newCondition } from './rule-fields.ts'

type Props = { conditions: TriggerCondition[]; onChange: (conditions: TriggerCondition[]) => void }

const MOST = 10

export function Conditions({ conditions, onChange }: Props) {
  const { t } = useTranslation('triggers')
  const put = (at: number, next: TriggerCondition) => onChange(conditions.map((one, i) => (i === at ? next : one)))
  return (
    <section className="col gap">
      <h2 className="title">{t('when')}</h2>
      {conditions.map((condition, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name; their place is what they are edited by
        <div className="row cond" key={at}>
          <span className="t2 condword">{t(at === 0 ? 'if' : 'and')}</span>
          <div className="row wrap condparts">
            <Select
              label={t('condition')}
              value={condition.on}
              onChange={(on) => put(at, newCondition(on))}
              options={CONDITION_KINDS.map((on) => ({ value: on, label: t(`on_.${on}`) }))}
            />
            <Rest condition={condition} onChange={(next) => put(at, next)} />
          </div>
          <IconButton
            label={t('removeCondition', { name: t(`on_.${condition.on}`) })}
            icon={X}
            size="sm"
            disabled={conditions.length === 1}
            onClick={() => onChange(conditions.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      <div>
        <Button
          variant="quiet"
          icon={Plus}
          disabled={conditions.length >= MOST}
          onClick={() => onChange([...conditions, newCondition('page')])}
        >
          {t('addCondition')}
        </Button>
      </div>
    </section>
  )
}

type RestProps = { condition: TriggerCondition; onChange: (next: TriggerCondition) => void }

/** What follows the kind of a condition. */
function Rest({ condition, onChange }: RestProps) {
  const { t } = useTranslation('triggers')
  switch (condition.on) {
    case 'time':
      return (
        <Amount
          label={t('seconds')}
          value={condition.seconds}
          onChange={(seconds) => onChange({ ...condition, seconds })}
        />
      )
    case 'scroll':
      return (
        <Amount
          label={t('percent')}
          value={condition.percent}
          onChange={(percent) => onChange({ ...condition, percent })}
        />
      )
    case 'visits':
      return (
        <Amount
          label={t('orMore')}
          value={condition.atLeast}
          onChange={(atLeast) => onChange({ ...condition, atLeast })}
        />
      )
    case 'event':
      return (
        <>
          <Words label={t('eventName')} value={condition.name} onChange={(name) => onChange({ ...condition, name })} />
          <Amount
            label={t('timesInSession')}
            value={condition.atLeast}
            onChange={(atLeast) => onChange({ ...condition, atLeast })}
          />
        </>
      )
    case 'device':
      return (
        <Select
          label={t('on_.device')}
          value={condition.device}
          onChange={(device) => onChange({ ...condition, device })}
          options={(['desktop', 'mobile', 'tablet'] as const).map((one) => ({
            value: one,
            label: t(`devices.${one}`),
          }))}
        />
      )
    case 'chat':
      return (
        <Select
          label={t('on_.chat')}
          value={condition.open ? 'open' : 'closed'}
          onChange={(next) => onChange({ ...condition, open: next === 'open' })}
          options={(['open', 'closed'] as const).map((one) => ({ value: one, label: t(`chat.${one}`) }))}
        />
      )
    case 'page':
    case 'utm':
      return <Match condition={condition} onChange={onChange} />
    default:
      return null
  }
}

function Match({
  condition,
  onChange,
}: {
  condition: Extract<TriggerCondition, { on: 'page' | 'utm' }>
  onChange: (next: TriggerCondition) => void
}) {
  const { t } = useTranslation('triggers')
  return (
    <>
      {condition.on === 'utm' && (
        <Select
          label={t('utmField')}
          value={condition.field}
          onChange={(field) => onChange({ ...condition, field })}
          options={(['source', 'medium', 'campaign', 'term', 'content'] as const).map((one) => ({
            value: one,
            label: one,
          }))}
        />
      )}
      <Select
        label={t('compared')}
        value={condition.op}
        onChange={(op) => onChange({ ...condition, op })}
        options={(['is', 'startsWith', 'contains'] as const).map((one) => ({ value: one, label: t(`op.${one}`) }))}
      />
      <Words label={t('value')} value={condition.value} onChange={(value) => onChange({ ...condition, value })} />
    </>
  )
}

function Amount({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  return (
    <span className="row g2">
      <Input
        className="num narrow"
        type="number"
        inputMode="numeric"
        min={0}
        aria-label={label}
        value={Number.isNaN(value) ? '' : value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
      <span className="t2">{label}</span>
    </span>
  )
}

function Words({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <Input
      aria-label={label}
      placeholder={label}
      dir="auto"
      maxLength={300}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
