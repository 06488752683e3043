/** A rule as groups of conditions: sentences of choices, joined by and / or. */
import '../../styles/rules.css'
import type { Rule, RuleCondition } from '@earshot/contracts'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { Select } from '../../ui/Select.tsx'
import { ConditionFields } from './ConditionFields.tsx'
import { CONDITION_KINDS, type ConditionKind, newCondition } from './rule-drafts.ts'

const MOST_CONDITIONS = 10
const MOST_GROUPS = 5

type Group = Rule['groups'][number]
/** `without`: figures and flags that may not be asked about here. */
type Props = { rule: Rule; onChange: (rule: Rule) => void; withoutScore?: boolean }

export function RuleEditor({ rule, onChange, withoutScore = false }: Props) {
  const { t } = useTranslation('rules')
  const put = (at: number, group: Group) => onChange({ ...rule, groups: rule.groups.with(at, group) })
  const drop = (at: number) => onChange({ ...rule, groups: rule.groups.toSpliced(at, 1) })
  return (
    <div className="rule-editor">
      {rule.groups.length > 1 && (
        <Joined label={t('matchGroups')} match={rule.match} onChange={(match) => onChange({ ...rule, match })} />
      )}
      {rule.groups.map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have no name; their place is what they are edited by
        <fieldset className="rule-group" key={at}>
          <legend className="small t3">{t('group', { n: at + 1 })}</legend>
          {group.conditions.length > 1 && (
            <Joined label={t('matchIn')} match={group.match} onChange={(match) => put(at, { ...group, match })} />
          )}
          <Conditions
            group={group}
            withoutScore={withoutScore}
            mayBeEmpty={rule.groups.length > 1}
            onChange={(next) => (next.conditions.length === 0 ? drop(at) : put(at, next))}
          />
        </fieldset>
      ))}
      <div>
        <Button
          size="sm"
          variant="quiet"
          icon={Plus}
          disabled={rule.groups.length >= MOST_GROUPS}
          onClick={() =>
            onChange({ ...rule, groups: [...rule.groups, { match: 'all', conditions: [newCondition('words')] }] })
          }
        >
          {t('addGroup')}
        </Button>
      </div>
    </div>
  )
}

type JoinedProps = { label: string; match: Rule['match']; onChange: (match: Rule['match']) => void }

function Joined({ label, match, onChange }: JoinedProps) {
  const { t } = useTranslation('rules')
  return (
    <div className="row g3">
      <span className="small t2">{label}</span>
      <Select
        label={label}
        value={match}
        onChange={onChange}
        options={[
          { value: 'all', label: t('everyOne') },
          { value: 'any', label: t('anyOne') },
        ]}
      />
    </div>
  )
}

type ConditionsProps = {
  group: Group
  withoutScore: boolean
  mayBeEmpty: boolean
  onChange: (group: Group) => void
}

function Conditions({ group, withoutScore, mayBeEmpty, onChange }: ConditionsProps) {
  const { t } = useTranslation('rules')
  const { conditions, match } = group
  const put = (at: number, next: RuleCondition) => onChange({ ...group, conditions: conditions.with(at, next) })
  return (
    <>
      {conditions.map((condition, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name; their place is what they are edited by
        <div className="row wrap rule-condition" key={at}>
          <span className="t2 condword">{at === 0 ? t('if') : t(match)}</span>
          <Checkbox
            aria-label={t('notLabel', { name: t(`is.${condition.is}`) })}
            checked={condition.not}
            onChange={(not) => put(at, { ...condition, not })}
          >
            {t('not')}
          </Checkbox>
          <Select<ConditionKind>
            label={t('condition')}
            value={condition.is}
            onChange={(is) => put(at, newCondition(is))}
            options={CONDITION_KINDS.map((is) => ({ value: is, label: t(`is.${is}`) }))}
          />
          <ConditionFields condition={condition} withoutScore={withoutScore} onChange={(next) => put(at, next)} />
          <IconButton
            label={t('removeCondition', { name: t(`is.${condition.is}`) })}
            icon={X}
            size="sm"
            disabled={conditions.length === 1 && !mayBeEmpty}
            onClick={() => onChange({ ...group, conditions: conditions.toSpliced(at, 1) })}
          />
        </div>
      ))}
      <div>
        <Button
          size="sm"
          variant="quiet"
          icon={Plus}
          disabled={conditions.length >= MOST_CONDITIONS}
          onClick={() => onChange({ ...group, conditions: [...conditions, newCondition('words')] })}
        >
          {t('addCondition')}
        </Button>
      </div>
    </>
  )
}
