/** What every analyser answers, embedded or model-backed: one analysis, with where each statement comes from. */
import { z } from 'zod'

export const EMOTIONS = [
  'admiration',
  'amusement',
  'anger',
  'annoyance',
  'approval',
  'caring',
  'confusion',
  'curiosity',
  'desire',
  'disappointment',
  'disapproval',
  'disgust',
  'embarrassment',
  'excitement',
  'fear',
  'gratitude',
  'grief',
  'joy',
  'love',
  'nervousness',
  'optimism',
  'pride',
  'realization',
  'relief',
  'remorse',
  'sadness',
  'surprise',
] as const
export const Emotion = z.enum(EMOTIONS)

export const FLAG_CODES = [
  'unanswered_question',
  'no_reply',
  'out_of_scope',
  'negative_turn',
  'dissatisfied',
  'abandoned',
  'abandoned_in_queue',
  'wants_human',
  'human_refused',
  'transferred',
  'function_error',
  'unsupported_claim',
  'contradicted_claim',
  'executed_not_verified',
  'long_and_many_writes',
  'repetition',
  'asked_again',
  'sensitive_data',
  'secret_leaked',
  'promise_made',
  'unsafe_promise',
  'abusive_contact',
  'rude_answer',
  'prompt_injection',
  'spam',
  'slow_reply',
  'long_silence',
  'low_score',
  'high_cost',
] as const
export const FlagCode = z.enum(FLAG_CODES)

export const RESOLUTIONS = [
  'unknown',
  'not_resolved',
  'claimed',
  'executed',
  'confirmed',
  'verified',
  'revoked',
] as const
export const Resolution = z.enum(RESOLUTIONS)

export const STAGE_KEYS = [
  'in_progress',
  'opportunity',
  'potential_customer',
  'quote_request',
  'follow_up',
  'contacted',
  'waiting_response',
  'info_only',
  'not_interested',
  'spam',
] as const
export const StageKey = z.enum(STAGE_KEYS)

export const Tone = z.enum(['positive', 'neutral', 'negative'])

/** A place in the conversation: the entry, and when it matters the span of its text. */
export const Evidence = z.object({
  position: z.number().int().positive(),
  start: z.number().int().nonnegative().optional(),
  end: z.number().int().nonnegative().optional(),
  note: z.string().optional(),
})

/** Where a statement comes from. An `event` outranks any model; nobody overwrites a `human`. */
export const Origin = z.enum(['event', 'rule', 'embedded', 'llm', 'human'])

const estimated = <T extends z.ZodType>(value: T) =>
  z.object({
    value: value.nullable(),
    confidence: z.number().min(0).max(1),
    by: Origin,
    evidence: z.array(Evidence).max(12),
  })

export const MessageTone = z.object({
  polarity: z.number().min(-1).max(1),
  emotions: z.array(z.object({ label: Emotion, score: z.number().min(0).max(1) })),
})

export const QualityPart = z.object({
  /** One of the rubric Earshot comes with, or the name of a workspace's own part. */
  key: z.string(),
  points: z.number().int().nonnegative(),
  max: z.number().int().positive(),
  applicable: z.boolean(),
  reason: z.string(),
  evidence: z.array(Evidence).max(12),
})

export const QualityCap = z.object({
  key: z.enum(['breach', 'contradicted_claim', 'last_question_unanswered', 'negative_end_unacknowledged']),
  max: z.number().int(),
  reason: z.string(),
  evidence: z.array(Evidence).max(12),
})

export const Quality = z.object({
  /** Null below two answers, and when the review is not applicable. */
  score: z.number().int().min(0).max(100).nullable(),
  /** Whose answers were scored. Averages over agents and over humans are never mixed. */
  judged: z.enum(['agent', 'human', 'mixed']),
  rubric: z.string(),
  parts: z.array(QualityPart),
  caps: z.array(QualityCap),
})

export const Extracted = z.object({
  key: z.string(),
  value: z.string(),
  normalized: z.string().nullable(),
  sensitive: z.boolean(),
  confidence: z.number().min(0).max(1),
  by: Origin,
  evidence: z.array(Evidence).max(12),
  /** The value this one replaced. */
  supersedes: z.string().nullable(),
})

export const Flag = z.object({
  code: FlagCode,
  severity: z.enum(['info', 'review', 'urgent']),
  reason: z.string(),
  evidence: z.array(Evidence).min(1).max(12),
  confidence: z.number().min(0).max(1),
})

export const UnansweredQuestion = z.object({
  question: z.string(),
  kind: z.enum(['no_reply', 'agent_could_not', 'evaded', 'out_of_scope']),
  topic: z.string().nullable(),
  evidence: z.array(Evidence).min(1).max(12),
})

export const Sentiment = z.object({
  tone: estimated(Tone),
  polarity: z.number().min(-1).max(1),
  direction: z.enum(['up', 'flat', 'down']),
  trend: z.object({ start: z.number(), lowest: z.number(), end: z.number() }),
  emotions: z.array(z.object({ label: Emotion, score: z.number(), positions: z.array(z.number().int()) })).max(3),
  /** By position of the contact's message. */
  perMessage: z.record(z.string(), MessageTone),
})

export const Outcome = z.object({
  end: z.enum(['completed', 'abandoned', 'failed', 'transferred', 'ongoing']),
  reason: z.enum(['human_handoff', 'external_transfer', 'queue', 'agent', 'error']).nullable(),
  resolution: estimated(Resolution),
  resolvedBy: z.enum(['agent', 'human', 'mixed']).nullable(),
  transferred: estimated(z.boolean()),
  converted: estimated(z.boolean()),
})

export const Provenance = z.object({
  analyzer: z.string(),
  version: z.string(),
  model: z.string().nullable(),
  promptHash: z.string().nullable(),
  tokensIn: z.number(),
  tokensOut: z.number(),
  costUsd: z.number().nullable(),
  ms: z.number(),
  fallbackFrom: z.string().nullable(),
  warnings: z.array(z.string()),
})

/** What the conversation is about, of the workspace's own intents, and which version of them said so. */
export const NamedIntent = z.object({
  name: z.string(),
  version: z.number().int().positive(),
  margin: z.number(),
  evidence: z.array(Evidence).min(1).max(12),
})

export const ConversationAnalysis = z.object({
  schema: z.literal(1),
  conversationId: z.string(),
  /** The last entry that was read; 0 for an empty conversation. */
  throughPosition: z.number().int().nonnegative(),
  inputHash: z.string(),
  createdAt: z.string(),
  /** False when there is too little to judge; that still counts as reviewed. */
  applicable: z.boolean(),
  notApplicableReason: z.string().nullable(),
  title: z.string().max(80),
  language: z.string(),
  sessionSummary: estimated(z.string().max(400)),
  summary: estimated(z.string().max(1200)),
  intent: estimated(z.string().max(160)),
  /** Null: none of them. Left out: there were none to choose from. */
  namedIntent: NamedIntent.nullable().optional(),
  agentPerformance: estimated(z.string().max(600)),
  extracted: z.array(Extracted),
  quality: Quality,
  sentiment: Sentiment,
  dissatisfaction: estimated(z.number().min(0).max(1)),
  unanswered: z.array(UnansweredQuestion),
  flags: z.array(Flag),
  outcome: Outcome,
  stage: estimated(StageKey),
  tags: z.array(estimated(z.string())),
  /** What a model said to questions of the workspace's rubric. Left out: no model was asked. */
  answered: z
    .array(
      z.object({
        question: z.string(),
        /** 1: yes in full, 0: no; null: it has nothing to do with this conversation. */
        share: z.number().min(0).max(1).nullable(),
        reason: z.string(),
        evidence: z.array(Evidence).max(12),
      }),
    )
    .optional(),
  provenance: Provenance,
})

export type Emotion = z.infer<typeof Emotion>
export type FlagCode = z.infer<typeof FlagCode>
export type Resolution = z.infer<typeof Resolution>
export type StageKey = z.infer<typeof StageKey>
export type Tone = z.infer<typeof Tone>
export type Evidence = z.infer<typeof Evidence>
export type Origin = z.infer<typeof Origin>
export type MessageTone = z.infer<typeof MessageTone>
export type QualityPart = z.infer<typeof QualityPart>
export type QualityCap = z.infer<typeof QualityCap>
export type Quality = z.infer<typeof Quality>
export type Extracted = z.infer<typeof Extracted>
export type Flag = z.infer<typeof Flag>
export type UnansweredQuestion = z.infer<typeof UnansweredQuestion>
export type Sentiment = z.infer<typeof Sentiment>
export type NamedIntent = z.infer<typeof NamedIntent>
export type Outcome = z.infer<typeof Outcome>
export type ConversationAnalysis = z.infer<typeof ConversationAnalysis>
export type Estimated<T> = { value: T | null; confidence: number; by: Origin; evidence: Evidence[] }
