/** What the analyser detects is remembered beside what agents write; what a person set or removed is never touched. */
import type { Extracted } from '@earshot/analysis'
import type { JsonValue, MemoryField } from '@earshot/contracts'
import { detectFields, detectorOf, type SaidLine } from '../agents/index.ts'
import { type ConversationRow, type Merged, mergeMemory } from '../conversations/index.ts'

type Found = Pick<Extracted, 'key' | 'value' | 'normalized' | 'sensitive' | 'confidence'>

/** Below this a guess is shown in the review only. */
const SURE = 0.6

/**
 * What to remember. Fields of the agent take what fits them, under their own names; a find that no field takes keeps the detector's name.
 * `said` are the lines that fields are looked for in.
 */
export function mergeDetected(
  current: Pick<ConversationRow, 'memory' | 'memoryBy'>,
  found: readonly Found[],
  fields: MemoryField[] = [],
  said: SaidLine[] = [],
): Merged {
  const sure = found
    .filter(({ sensitive, confidence }) => !sensitive && confidence >= SURE)
    .map(({ key, value, normalized }) => ({ key, value: normalized ?? value }))
  const taken = new Set(fields.filter(({ on }) => on).map(detectorOf))
  const own = sure.filter(({ key }) => !taken.has(key)).map(({ key, value }): [string, JsonValue] => [key, value])
  return mergeMemory(current, [...own, ...detectFields(fields, said, sure)], 'detected')
}
