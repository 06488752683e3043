/** Rules over the facts of a conversation: what own flags and own parts of the rubric consist of. */
import { z } from 'zod'
import { Tone } from './conversations.ts'
import { name } from './text.ts'

export const RuleMeasure = z
  .enum([
    'first_answer_seconds',
    'slowest_answer_seconds',
    'longest_silence_seconds',
    'duration_seconds',
    'contact_messages',
    'answers',
    'function_calls',
    'function_failures',
    'unanswered_questions',
    'score',
    'rating',
    'cost_usd',
  ])
  .meta({ id: 'RuleMeasure' })
export type RuleMeasure = z.infer<typeof RuleMeasure>

const not = z.boolean().default(false).meta({ description: 'Turns the condition round.' })

export const RuleCondition = z
  .discriminatedUnion('is', [
    z.strictObject({
      is: z.literal('words'),
      by: z.enum(['contact', 'answer', 'anyone']),
      phrases: z
        .array(name(120))
        .min(1)
        .max(50)
        .meta({
          description: 'Any of them, as whole words in any case; a star at the end stands for any ending.',
          examples: [['refund', 'money back']],
        }),
      not,
    }),
    z.strictObject({
      is: z.literal('function'),
      name: name(120).nullable().meta({ description: 'Null: any function.' }),
      did: z.enum(['called', 'worked', 'failed']),
      not,
    }),
    z.strictObject({
      is: z.literal('measure'),
      measure: RuleMeasure,
      compare: z.enum(['over', 'under']),
      value: z.number().min(0).max(1e9),
      not,
    }),
    z.strictObject({ is: z.literal('flag'), code: name(120).meta({ examples: ['wants_human'] }), not }),
    z.strictObject({
      is: z.literal('emotion'),
      emotion: z
        .string()
        .regex(/^[a-z]{3,20}$/)
        .meta({ examples: ['anger'] }),
      atLeast: z.number().min(0.05).max(1),
      not,
    }),
    z.strictObject({ is: z.literal('tone'), tone: Tone, not }),
  ])
  .meta({ id: 'RuleCondition' })
export type RuleCondition = z.infer<typeof RuleCondition>

const match = z.enum(['all', 'any'])

export const Rule = z
  .strictObject({
    match,
    groups: z
      .array(z.strictObject({ match, conditions: z.array(RuleCondition).min(1).max(10) }))
      .min(1)
      .max(5),
  })
  .meta({
    id: 'Rule',
    description: 'Groups of conditions: all or any of the groups, and in each all or any of its conditions.',
    examples: [
      {
        match: 'all',
        groups: [{ match: 'any', conditions: [{ is: 'words', by: 'contact', phrases: ['refund'], not: false }] }],
      },
    ],
  })
export type Rule = z.infer<typeof Rule>

export const conditionsOf = (rule: Rule): RuleCondition[] => rule.groups.flatMap(({ conditions }) => conditions)
