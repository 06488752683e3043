/** The demo's own flags, a rubric that was changed once with a draft of the next, and alerts that stand somewhere. Made when there are none. */
import { type Rule, STANDARD_RUBRIC } from '@earshot/contracts'
import { createAlert, listAlerts, lookAtAlerts } from '../alerts/index.ts'
import type { Context } from '../platform/context.ts'
import { createFlagRule, getRubric, listFlagRules, saveRubricDraft, switchRubricOn } from '../reviews/index.ts'

const rule = (...conditions: Rule['groups'][number]['conditions']): Rule => ({
  match: 'all',
  groups: [{ match: 'any', conditions }],
})

const REFUNDS = rule({
  is: 'words',
  by: 'contact',
  phrases: ['refund*', 'money back', 'send it back', 'return it'],
  not: false,
})
const SLOW: Rule = {
  match: 'all',
  groups: [
    {
      match: 'any',
      conditions: [
        { is: 'measure', measure: 'first_answer_seconds', compare: 'over', value: 300, not: false },
        { is: 'measure', measure: 'longest_silence_seconds', compare: 'over', value: 3600, not: false },
      ],
    },
    { match: 'all', conditions: [{ is: 'measure', measure: 'score', compare: 'under', value: 70, not: false }] },
  ],
}
const NEXT_STEP = rule({
  is: 'words',
  by: 'answer',
  phrases: ['i will', 'we will', 'tomorrow', 'by email', 'next step', 'let me'],
  not: false,
})

const WATCHED = {
  compare: 'over',
  warnAt: null,
  windowMinutes: 10_080,
  least: 5,
  agentIds: [],
  channelIds: [],
  tellApp: true,
  webhookUrl: null,
  enabled: true,
} as const

/** Before the conversations are reviewed, so that their reviews go by it. */
export async function ruleReviews(ctx: Context): Promise<void> {
  if ((await listFlagRules(ctx)).items.length > 0) return
  await createFlagRule(ctx, {
    name: 'Refund asked for',
    about: 'Look whether the policy was explained.',
    severity: 'review',
    rule: REFUNDS,
    enabled: true,
  })
  await createFlagRule(ctx, {
    name: 'Slow and badly rated by us',
    about: '',
    severity: 'urgent',
    rule: SLOW,
    enabled: true,
  })
  if ((await getRubric(ctx)).current.version > 1) return
  const own = [{ key: 'Named a next step', weight: 10, judge: { by: 'rule' as const, rule: NEXT_STEP } }]
  const rubric = { ...STANDARD_RUBRIC, own }
  const { revision } = await saveRubricDraft(ctx, { rubric, revision: 0 })
  await switchRubricOn(ctx, { revision, note: 'A next step counts' })
}

export async function watchQuality(ctx: Context): Promise<void> {
  if ((await listAlerts(ctx)).items.length > 0) return
  const watch = (metric: 'handoff_rate' | 'average_quality' | 'function_failures') => ({
    kind: 'metric' as const,
    metric,
  })
  const base = { ...WATCHED, agentIds: [], channelIds: [] }
  await createAlert(ctx, {
    ...base,
    name: 'Many ask for a person',
    watch: watch('handoff_rate'),
    warnAt: 10,
    alertAt: 60,
  })
  await createAlert(ctx, {
    ...base,
    name: 'Quality falls',
    watch: watch('average_quality'),
    compare: 'under',
    warnAt: 70,
    alertAt: 55,
  })
  await createAlert(ctx, {
    ...base,
    name: 'Asked for a person and was refused',
    watch: { kind: 'flag', code: 'human_refused' },
    alertAt: 5,
  })
  await lookAtAlerts(ctx)
}
