/** Who may write what into a conversation's memory: people before agents, agents before detectors. The one place of this rule. */
import type { JsonValue } from '@earshot/contracts'
import type { ConversationRow, ConversationUpdate } from './queries.ts'

export type MemoryWriter = 'agent' | 'detected'
type Remembering = Pick<ConversationRow, 'memory' | 'memoryBy'>

/** What is remembered stays small enough to be read at a glance, whatever an agent is told to write. */
const MOST_KEYS = 200

/** The columns to change, and the keys that changed; `kept` are those that somebody with more right wrote or removed. */
export interface Merged {
  update: Pick<ConversationUpdate, 'memory' | 'memoryBy'>
  changed: string[]
  kept: string[]
}

export function mergeMemory(current: Remembering, found: [string, JsonValue][], writer: MemoryWriter): Merged {
  const memory = { ...(current.memory as Record<string, JsonValue>) }
  const by = { ...(current.memoryBy as Record<string, string>) }
  const changed: string[] = []
  const kept: string[] = []
  for (const [key, value] of found) {
    const isKnown = Object.hasOwn(memory, key)
    const author = Object.hasOwn(by, key) ? by[key] : undefined
    if (isKnown && JSON.stringify(memory[key]) === JSON.stringify(value)) continue
    if (!mayWrite(writer, isKnown, author) || (!isKnown && Object.keys(memory).length >= MOST_KEYS)) kept.push(key)
    else {
      memory[key] = value
      by[key] = writer
      changed.push(key)
    }
  }
  const update = changed.length > 0 ? { memory: JSON.stringify(memory), memoryBy: JSON.stringify(by) } : {}
  return { update, changed, kept }
}

/** What a person set or removed is theirs. A detector changes only what detectors found. */
function mayWrite(writer: MemoryWriter, isKnown: boolean, author: string | undefined): boolean {
  if (author === 'operator') return false
  return writer === 'agent' || !isKnown || author === 'detected'
}
