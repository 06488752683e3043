/** Fresh rules and conditions, and whether one is whole enough to be asked about. */
import type { Rule, RuleCondition } from '@earshot/contracts'

export const CONDITION_KINDS = ['words', 'function', 'measure', 'flag', 'emotion', 'tone'] as const
export type ConditionKind = (typeof CONDITION_KINDS)[number]

export function newCondition(is: ConditionKind): RuleCondition {
  switch (is) {
    case 'words':
      return { is, by: 'contact', phrases: [], not: false }
    case 'function':
      return { is, name: null, did: 'failed', not: false }
    case 'measure':
      return { is, measure: 'first_answer_seconds', compare: 'over', value: 120, not: false }
    case 'flag':
      return { is, code: 'wants_human', not: false }
    case 'emotion':
      return { is, emotion: 'anger', atLeast: 0.3, not: false }
    default:
      return { is, tone: 'negative', not: false }
  }
}

export const newRule = (): Rule => ({
  match: 'all',
  groups: [{ match: 'all', conditions: [newCondition('words')] }],
})

const isWhole = (condition: RuleCondition): boolean => {
  if (condition.is === 'words') return condition.phrases.length > 0
  if (condition.is === 'measure') return Number.isFinite(condition.value) && condition.value >= 0
  if (condition.is === 'emotion') return condition.atLeast >= 0.05 && condition.atLeast <= 1
  return true
}

export const isRuleWhole = (rule: Rule): boolean =>
  rule.groups.every(({ conditions }) => conditions.length > 0 && conditions.every(isWhole))
