/** Reviews: the judgement of a conversation, explainable part by part. */
import { z } from 'zod'
import { Emotion, Outcome, Resolution, Tone } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Id, IdParams, PageQuery, page, UtcTime } from './text.ts'

export const Evidence = z
  .object({ position: z.int().positive(), quote: z.string().nullable() })
  .meta({ id: 'Evidence', description: 'The entry that shows it, and its words.' })

export const QualityPart = z
  .object({
    key: z.string(),
    points: z.number(),
    max: z.number(),
    applicable: z.boolean(),
    reason: z.string(),
    evidence: z.array(Evidence),
  })
  .meta({ id: 'QualityPart' })

export const ReviewFlag = z
  .object({
    id: Id,
    code: z.string(),
    severity: z.enum(['info', 'review', 'urgent']),
    reason: z.string(),
    evidence: z.array(Evidence),
    state: z.enum(['open', 'confirmed', 'dismissed']),
  })
  .meta({ id: 'ReviewFlag' })

const Someone = z.object({ id: z.string().nullable(), name: z.string().nullable() })
const Value = z.union([z.number(), z.string()]).nullable()

export const ReviewOverride = z
  .object({
    id: Id,
    reviewId: Id,
    field: z.enum(['part', 'resolution', 'outcome', 'stage']),
    part: z.string().nullable(),
    review: Value.meta({ description: 'What the review says; it stays as it is.' }),
    person: Value.meta({ description: 'What a person says; it counts while it stands.' }),
    max: z.number().nullable(),
    reason: z.string(),
    by: Someone,
    at: UtcTime,
    ended: z.object({ how: z.enum(['undone', 'replaced']), by: Someone, at: UtcTime }).nullable(),
  })
  .meta({ id: 'ReviewOverride' })
export type ReviewOverride = z.infer<typeof ReviewOverride>

export const Review = z
  .object({
    id: Id,
    conversationId: Id,
    segment: z.int().positive(),
    throughPosition: z.int().positive(),
    applicable: z.boolean(),
    notApplicableReason: z.string().nullable(),
    title: z.string().nullable(),
    sessionSummary: z.string().nullable(),
    intent: z.string().nullable(),
    namedIntent: z
      .object({ name: z.string(), version: z.int(), evidence: z.array(Evidence) })
      .nullable()
      .default(null)
      .meta({
        description:
          'Which of the workspace’s own intents it is about, and of which version of them; null: none of them.',
      }),
    agentPerformance: z.string().nullable(),
    extracted: z.array(z.object({ key: z.string(), value: z.string(), evidence: z.array(Evidence) })),
    quality: z.object({
      score: z.int().min(0).max(100).nullable(),
      rubric: z.string(),
      judged: z.enum(['agent', 'human', 'mixed']),
      caps: z.array(z.string()),
      parts: z.array(QualityPart),
    }),
    sentiment: z.object({
      tone: Tone.nullable(),
      polarity: z.number().nullable(),
      emotions: z.array(Emotion),
      trend: z.object({ start: z.number().nullable(), lowest: z.number().nullable(), end: z.number().nullable() }),
    }),
    flags: z.array(ReviewFlag),
    unanswered: z.array(z.object({ question: z.string(), kind: z.string(), evidence: z.array(Evidence) })),
    suggestedStage: z.string().nullable(),
    suggestedTags: z.array(z.string()),
    outcome: Outcome.nullable(),
    resolution: Resolution,
    converted: z.boolean().nullable(),
    language: z.string().nullable(),
    reason: z.enum(['idle', 'closed', 'manual', 'backfill']),
    analyser: z.string(),
    analyserVersion: z.string(),
    model: z.string().nullable(),
    warnings: z
      .array(z.string())
      .meta({ description: 'Why a model’s words are missing, or not all of them stand here.' }),
    refining: z
      .boolean()
      .meta({ description: 'A model is yet to word it; the embedded engine’s words stand meanwhile.' }),
    tokens: z.object({ input: z.int(), output: z.int() }),
    costUsd: z.number(),
    durationMs: z.int(),
    createdAt: UtcTime,
    overrides: z
      .array(ReviewOverride)
      .meta({ description: 'What people said against it, newest first, with what they took back.' }),
    effective: z.object({ score: z.int().min(0).max(100).nullable() }).meta({
      description: 'With the values of people in place of those they overruled: what lists, filters and exports show.',
    }),
    earlierOverrides: z.int().nonnegative().meta({
      description:
        'Overrulings that stand on the review before this one. They belong to that one and do not count here.',
    }),
  })
  .meta({ id: 'Review' })
export type Review = z.infer<typeof Review>

const read = { role: 'viewer', scope: 'conversations:read' } as const

export const getReview = endpoint({
  id: 'reviews.get',
  method: 'GET',
  path: '/api/v1/conversations/:id/review',
  summary: 'Read the latest review',
  access: read,
  params: IdParams,
  reply: Review,
  errors: ['conversation.not_found', 'review.not_found'],
})
export const regenerateReview = endpoint({
  id: 'reviews.regenerate',
  method: 'POST',
  path: '/api/v1/conversations/:id/review',
  summary: 'Review the conversation now',
  access: { role: 'operator', scope: 'conversations:write' },
  params: IdParams,
  reply: Review,
  status: 201,
  errors: ['conversation.not_found'],
  repeatsSafely: true,
})
export const listReviews = endpoint({
  id: 'reviews.list',
  method: 'GET',
  path: '/api/v1/conversations/:id/reviews',
  summary: 'List all reviews of a conversation, newest first',
  access: read,
  params: IdParams,
  query: z.strictObject(PageQuery),
  reply: page(Review),
  errors: ['conversation.not_found'],
})
