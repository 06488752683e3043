/** People against the review: single values overruled, second reviews made blind. Both values are always kept. */
import { z } from 'zod'
import { Outcome, Resolution } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Review, ReviewOverride } from './reviews.ts'
import { Id, IdParams, name, text } from './text.ts'

const reason = name(500).meta({ description: 'Why. It becomes the label of an example.' })
const reviewId = Id.meta({ description: 'The review that was looked at; refused when a newer one has been made.' })

export const Overruling = z
  .discriminatedUnion('field', [
    z.strictObject({
      field: z.literal('part'),
      reviewId,
      part: name(60),
      value: z.int().min(0).max(100),
      reason,
    }),
    z.strictObject({ field: z.literal('resolution'), reviewId, value: Resolution, reason }),
    z.strictObject({ field: z.literal('outcome'), reviewId, value: Outcome, reason }),
    z.strictObject({ field: z.literal('stage'), reviewId, value: name(60), reason }),
  ])
  .meta({
    id: 'Overruling',
    examples: [
      {
        field: 'resolution',
        reviewId: '01a2b3c4-5d6e-7f80-9a0b-1c2d3e4f5a6b',
        value: 'verified',
        reason: 'The credit is booked.',
      },
    ],
  })
export type Overruling = z.infer<typeof Overruling>

/** What a second reviewer is shown: what there is to score, and nothing of what was scored. */
export const BlindSheet = z
  .object({
    reviewId: Id,
    conversationId: Id,
    rubric: z.string(),
    throughPosition: z.int().positive(),
    judged: z.enum(['agent', 'human', 'mixed']),
    parts: z.array(z.object({ key: z.string(), max: z.number() })),
  })
  .meta({ id: 'BlindSheet' })
export type BlindSheet = z.infer<typeof BlindSheet>

export const SecondReview = z
  .object({
    reviewId: Id,
    by: z.object({ id: z.string(), name: z.string().nullable() }),
    points: z.record(z.string(), z.number()),
    score: z.int().min(0).max(100).nullable(),
    resolution: Resolution,
    note: z.string(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'SecondReview' })
export type SecondReview = z.infer<typeof SecondReview>

/** After the own scores are in, and not before: everybody's, side by side. */
export const Compared = z
  .object({ own: SecondReview, others: z.array(SecondReview), review: Review })
  .meta({ id: 'ComparedReviews' })
export type Compared = z.infer<typeof Compared>

const write = { role: 'operator', scope: 'conversations:write' } as const

export const overruleReview = endpoint({
  id: 'reviews.overrule',
  method: 'POST',
  path: '/api/v1/conversations/:id/review/overrides',
  summary: 'Overrule one value of the latest review, with a reason',
  access: write,
  params: IdParams,
  body: Overruling,
  reply: Review,
  status: 201,
  errors: [
    'conversation.not_found',
    'review.not_found',
    'review.outdated',
    'review.part_not_found',
    'review.agrees',
    'review.own_work',
    'stage.not_found',
  ],
})
export const undoOverride = endpoint({
  id: 'reviews.undoOverride',
  method: 'DELETE',
  path: '/api/v1/conversations/:id/review/overrides/:overrideId',
  summary: 'Take an overruling back: the review counts again',
  access: write,
  params: z.strictObject({ id: Id, overrideId: Id }),
  reply: ReviewOverride,
  errors: ['conversation.not_found', 'override.not_found', 'review.own_work'],
})

export const nextBlindReview = endpoint({
  id: 'reviews.nextBlind',
  method: 'GET',
  path: '/api/v1/reviews/blind/next',
  summary: 'A conversation of the last 28 days for a second review, that you have not judged yet',
  access: { role: 'operator', scope: null },
  query: z.strictObject({ judged: z.enum(['agent', 'human', 'mixed']).optional() }),
  reply: z.object({ conversationId: Id.nullable() }),
})
export const getBlindSheet = endpoint({
  id: 'reviews.getBlindSheet',
  method: 'GET',
  path: '/api/v1/conversations/:id/review/blind',
  summary: 'What there is to score in a second review; nothing of the first one is said',
  access: { role: 'operator', scope: null },
  params: IdParams,
  reply: z.object({ sheet: BlindSheet, compared: Compared.nullable() }),
  errors: ['conversation.not_found', 'review.not_found', 'review.not_scored'],
})
export const scoreBlind = endpoint({
  id: 'reviews.scoreBlind',
  method: 'POST',
  path: '/api/v1/conversations/:id/review/blind',
  summary: 'Hand in a second review; the answer shows the first one beside it',
  access: { role: 'operator', scope: null },
  params: IdParams,
  body: z
    .strictObject({
      reviewId,
      points: z.record(name(60), z.int().min(0).max(100)).meta({ description: 'For every part of the sheet.' }),
      resolution: Resolution,
      note: text(500).default(''),
    })
    .meta({
      examples: [
        {
          reviewId: '01a2b3c4-5d6e-7f80-9a0b-1c2d3e4f5a6b',
          points: { answered: 30, resolution: 8 },
          resolution: 'claimed',
          note: '',
        },
      ],
    }),
  reply: Compared,
  status: 201,
  errors: [
    'conversation.not_found',
    'review.not_found',
    'review.not_scored',
    'review.outdated',
    'review.part_not_found',
    'review.own_work',
    'review.not_blind',
    'review.scored_already',
  ],
})
