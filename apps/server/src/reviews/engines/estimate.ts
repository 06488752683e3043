/** What a model is likely to use for a review, before it is asked: for the budget, and for the preview of a backfill. */
import type { SnapshotEntry } from '@earshot/analysis'
import type { PlacedModel } from '../../agents/index.ts'

export interface Estimate {
  tokens: number
  costUsd: number
}

/** Of the engine: entries read at once, the question around them, a reply. */
const PART = 40
const QUESTION_TOKENS = 550
const REPLY_TOKENS = 350
const CHARS_A_TOKEN = 3

export function estimateOf(entries: readonly Pick<SnapshotEntry, 'text'>[], placed: PlacedModel): Estimate {
  return estimate(
    entries.length,
    entries.reduce((sum, { text }) => sum + Math.min(text.length, 1500) + 16, 0),
    placed,
  )
}

export function estimate(entries: number, chars: number, placed: Prices): Estimate {
  const parts = Math.max(1, Math.ceil(entries / PART))
  const input = Math.ceil(chars / CHARS_A_TOKEN) + parts * QUESTION_TOKENS
  const output = parts * REPLY_TOKENS
  const price = input * (placed.inputPricePerMillion ?? 0) + output * (placed.outputPricePerMillion ?? 0)
  return { tokens: input + output, costUsd: price / 1_000_000 }
}

export type Prices = Pick<PlacedModel, 'inputPricePerMillion' | 'outputPricePerMillion'>
