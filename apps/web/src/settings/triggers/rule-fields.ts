/** A trigger rule as it is edited: what new parts begin with, and whether it can be saved. */
import type { TriggerAction, TriggerCondition, TriggerRule } from '@earshot/contracts'
import { TriggerAction as ActionShape, TriggerCondition as ConditionShape } from '@earshot/contracts/schemas'

export type RuleFields = Pick<
  TriggerRule,
  'name' | 'enabled' | 'conditions' | 'action' | 'keep' | 'tags' | 'webhook' | 'perVisit' | 'waitDays'
>
export type ConditionKind = TriggerCondition['on']
export type ActionKind = TriggerAction['do']

export const CONDITION_KINDS = ['time', 'scroll', 'exit', 'page', 'utm', 'device', 'visits', 'event', 'chat'] as const
export const ACTION_KINDS = ['message', 'toast', 'form', 'redirect'] as const

const CONDITIONS: { [K in ConditionKind]: Extract<TriggerCondition, { on: K }> } = {
  time: { on: 'time', seconds: 30 },
  scroll: { on: 'scroll', percent: 50 },
  exit: { on: 'exit' },
  page: { on: 'page', op: 'startsWith', value: '/' },
  utm: { on: 'utm', field: 'campaign', op: 'is', value: '' },
  device: { on: 'device', device: 'desktop' },
  visits: { on: 'visits', atLeast: 2 },
  event: { on: 'event', name: '', atLeast: 1 },
  chat: { on: 'chat', open: false },
}
const ACTIONS: { [K in ActionKind]: Extract<TriggerAction, { do: K }> } = {
  message: { do: 'message', text: '' },
  toast: { do: 'toast', text: '' },
  form: { do: 'form', title: '', text: '', fields: [], button: '', thanks: '' },
  redirect: { do: 'redirect', url: '/' },
}
export const newCondition = (on: ConditionKind): TriggerCondition => CONDITIONS[on]
export const newAction = (kind: ActionKind): TriggerAction => ACTIONS[kind]

export const NEW_RULE: Omit<RuleFields, 'name'> = {
  enabled: false,
  conditions: [{ on: 'time', seconds: 30 }],
  action: { do: 'message', text: '…' },
  keep: [],
  tags: [],
  webhook: null,
  perVisit: 1,
  waitDays: 7,
}

export function fieldsOf(rule: TriggerRule): RuleFields {
  const { name, enabled, conditions, action, keep, tags, webhook, perVisit, waitDays } = rule
  return { name, enabled, conditions, action, keep, tags, webhook, perVisit, waitDays }
}

const WEB_ADDRESS = /^https?:\/\/[^\s\\@/?#]+([/?#][^\s\\]*)?$/i
const within = (value: number, from: number, to: number) => Number.isInteger(value) && value >= from && value <= to

/** As the server judges it, so that nobody saves to be refused. */
export const isSound = ({ name, conditions, action, tags, webhook, perVisit, waitDays }: RuleFields): boolean =>
  name.trim() !== '' &&
  conditions.length > 0 &&
  conditions.every((one) => ConditionShape.safeParse(one).success) &&
  ActionShape.safeParse(action).success &&
  tags.length <= 5 &&
  (webhook === null || WEB_ADDRESS.test(webhook)) &&
  within(perVisit, 1, 10) &&
  within(waitDays, 0, 365)
