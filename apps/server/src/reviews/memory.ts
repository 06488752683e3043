/** What the analyser detects is remembered beside what agents write; what a person set or removed is never touched. */
import type { Extracted } from '@earshot/analysis'
import { type ConversationRow, mergeMemory } from '../conversations/index.ts'

type Found = Pick<Extracted, 'key' | 'value' | 'normalized' | 'sensitive' | 'confidence'>

/** Below this a guess is shown in the review only. */
const SURE = 0.6

/** The columns to change; empty when nothing new was found. */
export function mergeDetected(current: Pick<ConversationRow, 'memory' | 'memoryBy'>, found: readonly Found[]) {
  const sure = found.filter(({ sensitive, confidence }) => !sensitive && confidence >= SURE)
  return mergeMemory(
    current,
    sure.map(({ key, value, normalized }) => [key, normalized ?? value]),
    'detected',
  ).update
}
