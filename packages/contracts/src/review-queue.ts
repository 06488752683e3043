/** The review queue: reviewed conversations a person should look at, one reviewer each, and how far the day's work is. */
import { z } from 'zod'
import { ChannelKind, Conversation } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Id, IdParams, several, Time, text, UtcTime, yesNo } from './text.ts'
import { TimeZone } from './time-zone.ts'

const check = { role: 'operator', scope: null } as const

/** Bands of the quality score; `none` is a review without one. */
export const ScoreBand = z.enum(['high', 'mid', 'low', 'veryLow', 'none'])
export type ScoreBand = z.infer<typeof ScoreBand>
/** 80 and more, 60 to 79, 40 to 59, below 40. */
export const bandOfScore = (score: number | null): ScoreBand =>
  score === null ? 'none' : score >= 80 ? 'high' : score >= 60 ? 'mid' : score >= 40 ? 'low' : 'veryLow'

/** The reader's time zone, by which a day begins. */
const zone = TimeZone.default('UTC').meta({ examples: ['Europe/Helsinki'] })

/** As query parameters: values of one filter are OR, filters are AND. */
const Filter = {
  flag: several(text(64), 50),
  band: several(ScoreBand, 5),
  agentId: several(Id, 50),
  channel: several(ChannelKind, 20),
  from: Time.optional().meta({ description: 'Of the start of the conversation.' }),
  to: Time.optional(),
  sample: z.coerce.number().min(0.1).max(100).optional().meta({
    description: 'Percent, drawn at random, but the same for everybody as long as the seed is.',
  }),
  seed: text(64).optional().meta({ description: 'Of the sample; else the reader’s day.' }),
  checked: yesNo.meta({ description: 'True: those that a person has checked. Else those that nobody has.' }),
  zone,
}

/** The same filter in a body. */
export const ReviewQueueFilter = z
  .strictObject({
    flag: z.array(text(64)).max(50).optional(),
    band: z.array(ScoreBand).max(5).optional(),
    agentId: z.array(Id).max(50).optional(),
    channel: z.array(ChannelKind).max(20).optional(),
    from: Time.optional(),
    to: Time.optional(),
    sample: z.number().min(0.1).max(100).optional(),
    seed: text(64).optional(),
    zone,
  })
  .meta({ id: 'ReviewQueueFilter' })
export type ReviewQueueFilter = z.output<typeof ReviewQueueFilter>

const Person = z.object({ id: Id, name: z.string() })

/** One reason for being looked at, with what it adds to the weight. */
export const ReviewReason = z
  .object({
    kind: z.enum(['flag', 'score', 'rating', 'disagreement', 'confidence', 'sample']),
    weight: z.int(),
    code: z.string().nullable().meta({ description: 'Of the flag.' }),
    severity: z.enum(['info', 'review', 'urgent']).nullable(),
    value: z.number().nullable().meta({ description: 'The score, the stars, or the confidence.' }),
  })
  .meta({ id: 'ReviewReason' })
export type ReviewReason = z.infer<typeof ReviewReason>

export const ReviewLock = z
  .object({ by: Person, until: UtcTime })
  .meta({ id: 'ReviewLock', description: 'Theirs for five minutes after the last sign of work.' })
export type ReviewLock = z.infer<typeof ReviewLock>

export const ReviewQueueItem = z
  .object({
    conversation: Conversation,
    reviewId: Id,
    score: z.int().nullable(),
    reviewedAt: UtcTime,
    weight: z.int().meta({ description: 'The sum of its reasons: the heaviest comes first.' }),
    why: z.array(ReviewReason),
    lock: ReviewLock.nullable(),
    checked: z.object({ by: z.string(), at: UtcTime }).nullable(),
  })
  .meta({ id: 'ReviewQueueItem' })
export type ReviewQueueItem = z.infer<typeof ReviewQueueItem>

const Work = z.object({
  done: z.int().meta({ description: 'Reviews checked today.' }),
  seconds: z.int().meta({ description: 'Time spent on them; a break longer than a lock does not count.' }),
})
export const ReviewProgress = z
  .object({
    day: z.iso.date().meta({ description: 'In the reader’s zone.' }),
    beginsAt: UtcTime,
    me: Work.extend({
      goalMinutes: z.int(),
      perItemSeconds: z.int().meta({ description: 'The middle of the last fifty of theirs.' }),
    }),
    team: z.array(Work.extend({ member: Person })).meta({ description: 'Everybody who checked something today.' }),
  })
  .meta({ id: 'ReviewProgress' })
export type ReviewProgress = z.infer<typeof ReviewProgress>

const Next = z.object({
  item: ReviewQueueItem.nullable().meta({ description: 'Locked for the caller; null: nothing is left for them.' }),
  progress: ReviewProgress,
})
export type NextReview = z.infer<typeof Next>

export const listReviewQueue = endpoint({
  id: 'reviewQueue.list',
  method: 'GET',
  path: '/api/v1/review-queue',
  summary: 'List reviews that a person should look at, most worth a look first',
  access: check,
  query: z.strictObject({ ...Filter, limit: z.coerce.number().int().min(1).max(100).default(12) }),
  reply: z.object({
    items: z.array(ReviewQueueItem),
    nextCursor: z.null(),
    total: z.int().meta({ description: 'All that the filter finds, of the newest two thousand.' }),
    flags: z.array(z.object({ code: z.string(), count: z.int() })).meta({ description: 'Flags among them.' }),
  }),
})

export const nextReview = endpoint({
  id: 'reviewQueue.next',
  method: 'POST',
  path: '/api/v1/review-queue/next',
  summary: 'Take the next one; the one the caller holds already, if there is one',
  access: check,
  body: z.strictObject({ filter: ReviewQueueFilter.default({ zone: 'UTC' }) }),
  reply: Next,
  repeatsSafely: true,
})

const taken = ['conversation.not_found', 'review.not_found', 'review.locked', 'review.own_work'] as const

export const lockReview = endpoint({
  id: 'reviewQueue.lock',
  method: 'PUT',
  path: '/api/v1/review-queue/:id/lock',
  summary: 'Take this one, or say that it is still being worked on',
  access: check,
  params: IdParams,
  reply: ReviewQueueItem,
  errors: taken,
})

export const unlockReview = endpoint({
  id: 'reviewQueue.unlock',
  method: 'DELETE',
  path: '/api/v1/review-queue/:id/lock',
  summary: 'Give it back unfinished',
  access: check,
  params: IdParams,
  reply: z.object({ ok: z.literal(true) }),
  errors: ['conversation.not_found'],
})

export const finishReview = endpoint({
  id: 'reviewQueue.finish',
  method: 'POST',
  path: '/api/v1/review-queue/:id/done',
  summary: 'Be done with it, and take the next',
  access: check,
  params: IdParams,
  body: z.strictObject({
    reviewId: Id.meta({ description: 'What was looked at; refused when there is a newer one.' }),
    agreed: z.array(text(64)).max(50).default([]).meta({ description: 'Parts that were agreed with one by one.' }),
    filter: ReviewQueueFilter.default({ zone: 'UTC' }),
  }),
  reply: Next,
  errors: [...taken, 'review.outdated'],
  repeatsSafely: true,
})

export const skipReview = endpoint({
  id: 'reviewQueue.skip',
  method: 'POST',
  path: '/api/v1/review-queue/:id/skip',
  summary: 'Put it off for oneself, and take the next',
  access: check,
  params: IdParams,
  body: z.strictObject({
    minutes: z.int().min(1).max(43_200).default(60).meta({ description: 'Until it comes back to the caller.' }),
    filter: ReviewQueueFilter.default({ zone: 'UTC' }),
  }),
  reply: Next,
  errors: ['conversation.not_found'],
  repeatsSafely: true,
})

export const getReviewProgress = endpoint({
  id: 'reviewQueue.progress',
  method: 'GET',
  path: '/api/v1/review-queue/progress',
  summary: 'Read how far one’s own day and the team’s are',
  access: check,
  query: z.strictObject({ zone }),
  reply: ReviewProgress,
})

export const setReviewGoal = endpoint({
  id: 'reviewQueue.setGoal',
  method: 'PUT',
  path: '/api/v1/review-queue/goal',
  summary: 'Set how many minutes a day one means to spend',
  access: check,
  body: z.strictObject({ minutes: z.int().min(1).max(480) }),
  reply: z.object({ minutes: z.int() }),
})

export const listDismissals = endpoint({
  id: 'reviewQueue.dismissals',
  method: 'GET',
  path: '/api/v1/review-queue/dismissals',
  summary: 'Count how flags were judged, and why they were dismissed',
  access: { role: 'viewer', scope: 'conversations:read' },
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(366).default(30) }),
  reply: z.object({
    items: z.array(
      z.object({
        code: z.string(),
        confirmed: z.int(),
        dismissed: z.int(),
        why: z.array(z.object({ why: z.string(), count: z.int() })),
      }),
    ),
    nextCursor: z.null(),
  }),
})

/** What a contact felt, message by message. */
export const EmotionsOverTime = z
  .object({
    items: z.array(
      z.object({
        position: z.int().positive(),
        at: UtcTime,
        polarity: z.number().meta({ description: 'From −1 to 1.' }),
        emotions: z.array(z.object({ label: z.string(), score: z.number() })).meta({ description: 'Strongest first.' }),
      }),
    ),
    total: z.int().meta({ description: 'Messages of the contact; of more than two hundred the latest are listed.' }),
  })
  .meta({ id: 'EmotionsOverTime' })
export type EmotionsOverTime = z.infer<typeof EmotionsOverTime>

export const getEmotions = endpoint({
  id: 'reviews.emotions',
  method: 'GET',
  path: '/api/v1/conversations/:id/emotions',
  summary: 'Read the contact’s emotions over time',
  access: { role: 'viewer', scope: 'conversations:read' },
  params: IdParams,
  reply: EmotionsOverTime,
  errors: ['conversation.not_found'],
})
