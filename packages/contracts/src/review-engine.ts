/** Which engine reviews a workspace's conversations, what a model may cost, and reviewing what is past. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Job } from './jobs.ts'
import { Id, name, Time, UtcTime } from './text.ts'

const read = { role: 'viewer', scope: 'conversations:read' } as const
const manage = { role: 'admin', scope: 'admin' } as const

const dollars = z.number().min(0).max(10_000)
const ids = z.array(Id).max(100)

const content = {
  engine: z.enum(['embedded', 'model']).meta({
    description:
      '`embedded` needs no network. `model` also asks a language model to choose and word what was said; scores and flags stay.',
  }),
  provider: z.enum(['openai-compatible', 'anthropic']),
  model: name(200).nullable(),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable()
    .meta({ description: 'Null: the provider’s own.', examples: ['https://models.example.com/v1'] }),
  inputPricePerMillion: dollars
    .nullable()
    .meta({ description: 'US dollars a million input tokens; without it cost is 0.' }),
  outputPricePerMillion: dollars.nullable(),
  samplePercent: z
    .int()
    .min(1)
    .max(100)
    .meta({ description: 'Of the conversations that pass the filters, so many go to the model.' }),
  delayMinutes: z.int().min(0).max(1440).meta({
    description: 'Between the embedded review and the model’s, so that a conversation that goes on costs nothing.',
  }),
  channelIds: ids.meta({ description: 'Only there. Empty: all.' }),
  agentIds: ids.meta({ description: 'Only their conversations. Empty: all.' }),
  minMessages: z.int().min(0).max(1000),
  onlyFlagged: z.boolean(),
  budget: z.strictObject({ tokens: z.int().min(1).max(1_000_000_000).nullable(), costUsd: dollars.nullable() }).meta({
    description: 'A day, from midnight UTC. Null: no limit. At the limit the embedded review stands, with a warning.',
  }),
}

export const ReviewEngine = z
  .object({
    ...content,
    hasKey: z.boolean().meta({ description: 'The key is write-only and stored encrypted.' }),
    today: z.object({
      tokens: z.int().nonnegative(),
      costUsd: z.number().nonnegative(),
      reviews: z.int().nonnegative(),
      fallbacks: z
        .int()
        .nonnegative()
        .meta({ description: 'Reviews for which the embedded words stand in the model’s place.' }),
      waiting: z.int().nonnegative().meta({ description: 'Reviews that wait for the model now.' }),
      lastError: z.object({ at: UtcTime, detail: z.string() }).nullable(),
    }),
  })
  .meta({ id: 'ReviewEngine' })
export type ReviewEngine = z.infer<typeof ReviewEngine>

const Change = z
  .strictObject({
    ...content,
    key: z.string().min(1).max(500).nullable().optional().meta({ description: 'Left out: as it is. Null: removed.' }),
  })
  .refine(({ engine, model }) => engine === 'embedded' || model !== null, {
    path: ['model'],
    message: 'name the model to use',
  })
export type ReviewEngineChange = z.output<typeof Change>

const Tested = z
  .object({
    ok: z.boolean(),
    error: z.string().nullable().meta({ description: 'What the provider answered, without secrets.' }),
    summary: z.string().nullable().meta({ description: 'Of a short made-up conversation, as a review would show it.' }),
    tokens: z.int().nonnegative(),
    costUsd: z.number().nonnegative(),
    durationMs: z.int().nonnegative(),
  })
  .meta({ id: 'ReviewEngineTest' })
export type ReviewEngineTest = z.infer<typeof Tested>

export const BackfillWish = z
  .strictObject({
    which: z.enum(['unreviewed', 'outdated', 'all']).meta({
      description:
        '`unreviewed`: never reviewed. `outdated`: reviewed by another version or engine than now. `all`: both, and the rest.',
    }),
    from: Time.optional().meta({ description: 'Begun since.' }),
    to: Time.optional().meta({ description: 'Begun before.' }),
    channelIds: ids.default([]),
    agentIds: ids.default([]),
    withModel: z
      .boolean()
      .default(false)
      .meta({ description: 'Also by the model of the settings, all of them: no sampling, no filters.' }),
  })
  .refine(({ from, to }) => !from || !to || from < to, { path: ['to'], message: 'after the beginning' })
export type BackfillWish = z.output<typeof BackfillWish>

export const BackfillPreview = z
  .object({
    conversations: z.int().nonnegative(),
    tokens: z
      .int()
      .nonnegative()
      .meta({ description: 'Estimated from the length of some of them. 0 without a model.' }),
    costUsd: z.number().nonnegative().nullable().meta({ description: 'Null: the settings name no prices.' }),
    overBudget: z
      .boolean()
      .meta({ description: 'More than is left of today’s budget: the rest keeps its embedded review.' }),
  })
  .meta({ id: 'BackfillPreview' })
export type BackfillPreview = z.infer<typeof BackfillPreview>

export const getReviewEngine = endpoint({
  id: 'reviewEngine.get',
  method: 'GET',
  path: '/api/v1/review-engine',
  summary: 'Read which engine reviews, and what its model used today',
  access: read,
  reply: ReviewEngine,
})
export const setReviewEngine = endpoint({
  id: 'reviewEngine.set',
  method: 'PUT',
  path: '/api/v1/review-engine',
  summary: 'Choose the engine, its model, what goes to it and what it may cost',
  access: manage,
  body: Change,
  reply: ReviewEngine,
  errors: ['review_engine.address_refused'],
})
export const testReviewEngine = endpoint({
  id: 'reviewEngine.test',
  method: 'POST',
  path: '/api/v1/review-engine/test',
  summary: 'Ask the stored model about a short made-up conversation; the answer says what went wrong, if anything',
  access: manage,
  reply: Tested,
  repeatsSafely: true,
})
export const previewBackfill = endpoint({
  id: 'reviewEngine.previewBackfill',
  method: 'POST',
  path: '/api/v1/review-engine/backfill/preview',
  summary: 'Say how many conversations a backfill would review, and what that may cost',
  access: manage,
  body: BackfillWish,
  reply: BackfillPreview,
  errors: ['review_engine.no_model'],
  repeatsSafely: true,
})
export const startBackfill = endpoint({
  id: 'reviewEngine.startBackfill',
  method: 'POST',
  path: '/api/v1/review-engine/backfill',
  summary:
    'Review past conversations, as a job: it tells its progress, can be cancelled, and goes on after a crash. Asking for the same again while it runs answers with it',
  access: manage,
  body: BackfillWish,
  reply: Job,
  status: 202,
  errors: ['review_engine.no_model', 'review_engine.backfill_running'],
})
