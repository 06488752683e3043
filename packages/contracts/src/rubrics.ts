/** The rubric of a workspace: what the quality score is made of, drafted, looked at on past conversations, and then switched on. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { conditionsOf, Rule } from './rules.ts'
import { Id, name, text, UtcTime } from './text.ts'

export const STANDARD_PARTS = ['answered', 'resolution', 'supported', 'effort', 'care', 'speed'] as const
const Weight = z.int().min(0).max(100)
const Cap = z
  .int()
  .min(0)
  .max(99)
  .nullable()
  .meta({ description: 'The most the score can be then; null: not limited.' })

export const OwnPart = z
  .strictObject({
    key: name(80).meta({
      description: 'Its name, as people read it; no other part has it.',
      examples: ['Offered the warranty'],
    }),
    weight: z.int().min(1).max(100),
    judge: z.discriminatedUnion('by', [
      z.strictObject({ by: z.literal('rule'), rule: Rule }),
      z.strictObject({
        by: z.literal('question'),
        question: text(400)
          .min(8)
          .meta({ examples: ['Was the warranty explained?'] }),
      }),
    ]),
  })
  .meta({
    id: 'OwnPart',
    description:
      'A rule over facts: full points when it holds. A question: a model answers it; without one it is not counted.',
  })
export type OwnPart = z.infer<typeof OwnPart>

export const Rubric = z
  .strictObject({
    weights: z
      .strictObject({
        answered: Weight,
        resolution: Weight,
        supported: Weight,
        effort: Weight,
        care: Weight,
        speed: Weight,
      })
      .meta({ description: 'Nought: not counted.' }),
    caps: z.strictObject({
      breach: Cap,
      contradicted_claim: Cap,
      last_question_unanswered: Cap,
      negative_end_unacknowledged: Cap,
    }),
    own: z.array(OwnPart).max(10),
  })
  .superRefine(({ weights, own }, { addIssue }) => {
    const taken = new Set<string>(STANDARD_PARTS)
    own.forEach(({ key, judge }, i) => {
      if (taken.has(key)) addIssue({ code: 'custom', path: ['own', i, 'key'], message: 'another part has this name' })
      taken.add(key)
      const circular =
        judge.by === 'rule' &&
        conditionsOf(judge.rule).some(
          (one) => (one.is === 'measure' && one.measure === 'score') || (one.is === 'flag' && one.code === 'low_score'),
        )
      if (circular)
        addIssue({ code: 'custom', path: ['own', i, 'judge'], message: 'a part of the score cannot rest on the score' })
    })
    if (Object.values(weights).every((weight) => weight === 0) && own.length === 0)
      addIssue({ code: 'custom', path: ['weights'], message: 'at least one part must count' })
  })
  .meta({ id: 'Rubric' })
export type Rubric = z.infer<typeof Rubric>

export const STANDARD_RUBRIC: Rubric = {
  weights: { answered: 30, resolution: 20, supported: 15, effort: 15, care: 10, speed: 10 },
  caps: { breach: 30, contradicted_claim: 45, last_question_unanswered: 60, negative_end_unacknowledged: 65 },
  own: [],
}

export const RubricVersion = z
  .object({
    version: z.int().positive(),
    rubric: Rubric,
    note: z.string(),
    by: z.string().nullable(),
    at: UtcTime.nullable().meta({ description: 'Null: as Earshot comes.' }),
    reviews: z.int().nonnegative().meta({ description: 'Reviews made by it.' }),
  })
  .meta({ id: 'RubricVersion' })
export type RubricVersion = z.infer<typeof RubricVersion>

export const RubricDraft = z
  .object({ rubric: Rubric, revision: z.int().positive(), by: z.string().nullable(), at: UtcTime })
  .meta({ id: 'RubricDraft' })
export type RubricDraft = z.infer<typeof RubricDraft>

export const RubricState = z
  .object({
    current: RubricVersion,
    draft: RubricDraft.nullable(),
    questions: z.int().nonnegative().meta({ description: 'Own parts that a model has to answer.' }),
  })
  .meta({ id: 'RubricState' })
export type RubricState = z.infer<typeof RubricState>

const Seen = z.object({
  conversationId: Id,
  number: z.int(),
  title: z.string().nullable(),
  contact: z.string().nullable(),
})

export const RubricPreview = z
  .object({
    looked: z
      .int()
      .nonnegative()
      .meta({ description: 'How many reviewed conversations were judged again, the newest first.' }),
    changed: z.int().nonnegative(),
    mean: z.object({ before: z.number().nullable(), after: z.number().nullable() }),
    bands: z
      .array(z.object({ from: z.int(), to: z.int(), before: z.int(), after: z.int() }))
      .meta({ description: 'How many have a score of 80 and more, 60 to 79, 40 to 59, below 40.' }),
    parts: z.array(
      z.object({
        key: z.string(),
        counted: z.int(),
        mean: z.number().nullable().meta({ description: 'Of 0 to 1, where it counted.' }),
      }),
    ),
    notCounted: z.array(z.object({ key: z.string(), why: z.string() })),
    biggest: z.array(Seen.extend({ before: z.int().nullable(), after: z.int().nullable() })),
  })
  .meta({ id: 'RubricPreview' })
export type RubricPreview = z.infer<typeof RubricPreview>

const read = { role: 'viewer', scope: 'conversations:read' } as const
const edit = { role: 'admin', scope: null } as const

export const getRubric = endpoint({
  id: 'rubrics.get',
  method: 'GET',
  path: '/api/v1/rubric',
  summary: 'Read the rubric that reviews go by, and the draft of the next one',
  access: read,
  reply: RubricState,
})
export const listRubricVersions = endpoint({
  id: 'rubrics.listVersions',
  method: 'GET',
  path: '/api/v1/rubric/versions',
  summary: 'List the versions of the rubric, newest first',
  access: read,
  reply: z.object({ items: z.array(RubricVersion) }),
})
export const saveRubricDraft = endpoint({
  id: 'rubrics.saveDraft',
  method: 'PUT',
  path: '/api/v1/rubric/draft',
  summary: 'Save the draft; nothing is judged by it yet',
  access: edit,
  body: z.strictObject({
    rubric: Rubric.meta({ examples: [STANDARD_RUBRIC] }),
    revision: z
      .int()
      .nonnegative()
      .meta({ description: 'Of the draft that was changed; 0: there was none.', examples: [0] }),
  }),
  reply: RubricDraft,
  errors: ['rubric.draft_changed'],
})
export const discardRubricDraft = endpoint({
  id: 'rubrics.discardDraft',
  method: 'DELETE',
  path: '/api/v1/rubric/draft',
  summary: 'Throw the draft away',
  access: edit,
  reply: RubricState,
  repeatsSafely: true,
})
export const previewRubric = endpoint({
  id: 'rubrics.preview',
  method: 'POST',
  path: '/api/v1/rubric/preview',
  summary: 'Judge past conversations by a rubric and compare; nothing is stored',
  access: edit,
  body: z.strictObject({ rubric: Rubric.meta({ examples: [STANDARD_RUBRIC] }) }),
  reply: RubricPreview,
  repeatsSafely: true,
})
export const switchRubricOn = endpoint({
  id: 'rubrics.switchOn',
  method: 'POST',
  path: '/api/v1/rubric/versions',
  summary: 'Make the draft the next version; reviews from now on go by it, earlier ones keep theirs',
  access: edit,
  body: z.strictObject({ revision: z.int().positive(), note: text(300).default('') }),
  reply: RubricState,
  status: 201,
  errors: ['rubric.draft_changed', 'rubric.no_draft'],
})
export const restoreRubric = endpoint({
  id: 'rubrics.restore',
  method: 'POST',
  path: '/api/v1/rubric/versions/:version/restore',
  summary: 'Make an earlier version the draft, to be looked at and switched on',
  access: edit,
  params: z.strictObject({ version: z.coerce.number().int().min(1).max(1_000_000) }),
  reply: RubricDraft,
  errors: ['rubric.version_not_found'],
  repeatsSafely: true,
})
