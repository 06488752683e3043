/** Own flags: rules of the workspace that every review goes through, tested on past conversations before they count. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Rule } from './rules.ts'
import { Id, IdParams, name, text, UtcTime } from './text.ts'

export const FlagSeverity = z.enum(['info', 'review', 'urgent'])

const fields = {
  name: name(80).meta({ description: 'What the flag says; no other flag has it.', examples: ['Refund asked for'] }),
  about: text(300).default(''),
  severity: FlagSeverity,
  rule: Rule,
}

export const FlagRule = z
  .object({
    id: Id,
    version: z.int().positive(),
    enabled: z.boolean(),
    ...fields,
    by: z.string().nullable(),
    at: UtcTime,
    raised: z.int().nonnegative().meta({ description: 'In reviews of the last 30 days.' }),
    dismissed: z.int().nonnegative().meta({ description: 'Of those, what people dismissed.' }),
  })
  .meta({ id: 'FlagRule' })
export type FlagRule = z.infer<typeof FlagRule>

export const FlagRuleVersion = z
  .object({
    version: z.int().positive(),
    name: z.string(),
    severity: FlagSeverity,
    rule: Rule,
    about: z.string(),
    by: z.string().nullable(),
    at: UtcTime,
  })
  .meta({ id: 'FlagRuleVersion' })
export type FlagRuleVersion = z.infer<typeof FlagRuleVersion>

export const FlagRuleTest = z
  .object({
    looked: z.int().nonnegative(),
    matched: z.int().nonnegative(),
    unknown: z
      .int()
      .nonnegative()
      .meta({ description: 'Where a fact that it needs is not known, such as the times of an imported conversation.' }),
    items: z.array(
      z.object({
        conversationId: Id,
        number: z.int(),
        title: z.string().nullable(),
        contact: z.string().nullable(),
        because: z.array(z.string()),
        evidence: z.array(z.object({ position: z.int().positive(), quote: z.string().nullable() })),
        score: z.int().nullable(),
        calm: z.boolean().meta({
          description:
            'Ended well by everything else: a good score, no other flag for review. Look whether it should match.',
        }),
      }),
    ),
  })
  .meta({ id: 'FlagRuleTest' })
export type FlagRuleTest = z.infer<typeof FlagRuleTest>

const read = { role: 'viewer', scope: 'conversations:read' } as const
const edit = { role: 'admin', scope: null } as const
const draft = z.strictObject({ ...fields, enabled: z.boolean().default(true) })

export const listFlagRules = endpoint({
  id: 'flagRules.list',
  method: 'GET',
  path: '/api/v1/flag-rules',
  summary: 'List the own flags',
  access: read,
  reply: z.object({ items: z.array(FlagRule) }),
})
export const createFlagRule = endpoint({
  id: 'flagRules.create',
  method: 'POST',
  path: '/api/v1/flag-rules',
  summary: 'Add an own flag',
  access: edit,
  body: draft,
  reply: FlagRule,
  status: 201,
  errors: ['flag_rule.name_taken', 'flag_rule.too_many'],
})
export const changeFlagRule = endpoint({
  id: 'flagRules.change',
  method: 'PUT',
  path: '/api/v1/flag-rules/:id',
  summary: 'Change an own flag: a new version; reviews from now on go by it',
  access: edit,
  params: IdParams,
  body: draft,
  reply: FlagRule,
  errors: ['flag_rule.not_found', 'flag_rule.name_taken'],
})
export const deleteFlagRule = endpoint({
  id: 'flagRules.delete',
  method: 'DELETE',
  path: '/api/v1/flag-rules/:id',
  summary: 'Remove an own flag; what it raised stays with its reviews',
  access: edit,
  params: IdParams,
  reply: z.object({ ok: z.literal(true) }),
  errors: ['flag_rule.not_found'],
  repeatsSafely: true,
})
export const listFlagRuleVersions = endpoint({
  id: 'flagRules.listVersions',
  method: 'GET',
  path: '/api/v1/flag-rules/:id/versions',
  summary: 'List the versions of an own flag, newest first',
  access: read,
  params: IdParams,
  reply: z.object({ items: z.array(FlagRuleVersion) }),
  errors: ['flag_rule.not_found'],
})
export const testFlagRule = endpoint({
  id: 'flagRules.test',
  method: 'POST',
  path: '/api/v1/flag-rules/test',
  summary: 'Look which past conversations a rule matches; nothing is stored',
  access: edit,
  body: z.strictObject({ rule: Rule }),
  reply: FlagRuleTest,
  repeatsSafely: true,
})
