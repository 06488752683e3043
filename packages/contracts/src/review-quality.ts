/** How far reviews can be trusted: agreement with people, calibration against ratings, and what people corrected. */
import { z } from 'zod'
import { Resolution } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { ReviewOverride } from './reviews.ts'
import { Id, PageQuery, page, yesNo } from './text.ts'

/** Agents and people are never averaged together; conversations that both answered are a third kind. */
export const Judged = z.enum(['agent', 'human', 'mixed'])
export type Judged = z.infer<typeof Judged>

const ratio = z.number().min(0).max(1).nullable()
const count = z.int().nonnegative()
/** Of values that both gave. Null where too little was compared to say anything. */
const Agreement = {
  compared: count.meta({ description: 'Times that a person has judged it as well.' }),
  agree: ratio,
  kappa: z.number().min(-1).max(1).nullable(),
  overrides: count,
}

export const PartAgreement = z
  .object({
    part: z.string(),
    max: z.number(),
    ...Agreement,
    bias: z
      .number()
      .nullable()
      .meta({ description: 'Points the review gives more than people do; above 0 it is too kind.' }),
  })
  .meta({ id: 'PartAgreement', description: '`agree` is within two points; `kappa` is weighted by squared distance.' })
export type PartAgreement = z.infer<typeof PartAgreement>

export const FieldAgreement = z
  .object({
    field: z.enum(['resolution', 'outcome', 'stage']),
    ...Agreement,
    confusions: z.array(z.object({ review: z.string().nullable(), person: z.string().nullable(), count })),
  })
  .meta({ id: 'FieldAgreement' })
export type FieldAgreement = z.infer<typeof FieldAgreement>

export const AnalysisQuality = z
  .object({
    judged: Judged,
    days: z.int(),
    version: z.string().nullable(),
    versions: z.array(z.object({ version: z.string(), reviews: count })),
    reviews: count,
    compared: count.meta({ description: 'Reviews that a person has judged as a whole as well.' }),
    blind: count.meta({ description: 'Of these, second reviews made without seeing the first.' }),
    overrides: count,
    corrected: count.meta({ description: 'Reviews with at least one value overruled.' }),
    correctionsPerHundred: z.number().nonnegative().nullable(),
    parts: z.array(PartAgreement),
    fields: z.array(FieldAgreement),
    calibration: z.object({
      rated: count,
      spearman: z.number().min(-1).max(1).nullable(),
      bins: z.array(
        z.object({ from: z.int(), to: z.int(), count, score: z.number().nullable(), stars: z.number().nullable() }),
      ),
    }),
    worth: z.array(z.object({ resolution: Resolution, count, held: count })).meta({
      description:
        'Of conversations that ended so at least 7 days ago: how often the contact did not write again within 7 days.',
    }),
    drift: z.array(
      z.object({
        measure: z.enum(['flagged', 'notApplicable', 'noScore', 'negative']),
        now: ratio,
        before: ratio.meta({ description: 'In as many days before.' }),
        weeks: z.array(z.number()).meta({ description: 'Quarter by quarter of the period, oldest first.' }),
      }),
    ),
  })
  .meta({ id: 'AnalysisQuality' })
export type AnalysisQuality = z.infer<typeof AnalysisQuality>

export const Correction = z
  .object({
    override: ReviewOverride,
    conversationId: Id,
    contactName: z.string().nullable(),
    analyser: z.string(),
    analyserVersion: z.string(),
    judged: Judged,
  })
  .meta({ id: 'Correction' })
export type Correction = z.infer<typeof Correction>

const read = { role: 'operator', scope: 'conversations:read' } as const
const Period = {
  judged: Judged.default('agent'),
  days: z.coerce.number().int().min(1).max(366).default(28),
  version: z.string().max(80).optional(),
}

export const getAnalysisQuality = endpoint({
  id: 'reviews.getQuality',
  method: 'GET',
  path: '/api/v1/reviews/quality',
  summary: 'How far reviews agree with people and with ratings',
  access: read,
  query: z.strictObject({
    ...Period,
    blind: yesNo.meta({ description: 'Agreement with second reviews alone, whose makers had not seen the first.' }),
  }),
  reply: AnalysisQuality,
})
export const listCorrections = endpoint({
  id: 'reviews.listCorrections',
  method: 'GET',
  path: '/api/v1/reviews/corrections',
  summary: 'List what people corrected in reviews, newest first',
  access: read,
  query: z.strictObject({ ...Period, ...PageQuery, part: z.string().max(60).optional() }),
  reply: page(Correction),
})
export const exportExamples = endpoint({
  id: 'reviews.exportExamples',
  method: 'GET',
  path: '/api/v1/reviews/examples',
  summary: 'Download corrections and second reviews as labelled examples, one JSON object a line',
  access: { role: 'supervisor', scope: 'admin' },
  query: z.strictObject({ days: Period.days }),
  reply: z.unknown(),
  replyType: 'application/x-ndjson',
})
