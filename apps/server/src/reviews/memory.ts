/** What the analyser detects is remembered beside what agents write; what a person set or removed is never touched. */
import type { Extracted } from '@earshot/analysis'
import type { JsonValue } from '@earshot/contracts'
import type { ConversationRow } from '../conversations/index.ts'

type Found = Pick<Extracted, 'key' | 'value' | 'normalized' | 'sensitive' | 'confidence'>

/** Below this a guess is shown in the review only. */
const SURE = 0.6

/** The columns to change; empty when nothing new was found. */
export function mergeDetected(
  current: Pick<ConversationRow, 'memory' | 'memoryBy'>,
  found: readonly Found[],
): { memory?: string; memoryBy?: string } {
  const memory = { ...(current.memory as Record<string, JsonValue>) }
  const by = { ...(current.memoryBy as Record<string, string>) }
  let changed = false
  for (const { key, value, normalized, sensitive, confidence } of found) {
    const mayWrite = !(key in memory) ? by[key] !== 'operator' : by[key] === 'detected'
    const next = normalized ?? value
    if (sensitive || confidence < SURE || !mayWrite || memory[key] === next) continue
    memory[key] = next
    by[key] = 'detected'
    changed = true
  }
  return changed ? { memory: JSON.stringify(memory), memoryBy: JSON.stringify(by) } : {}
}
