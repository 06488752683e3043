/** Where parts of a function's result go: JSON pointers into it, to the memory and to tags. */
import type { AgentFunction, JsonValue, MemoryField } from '@earshot/contracts'
import { checkField } from '../memory/check-field.ts'
import type { Effects } from './effects.ts'

type Mapping = Extract<AgentFunction, { kind: 'http' }>['mappings'][number]

/** What a card shows and a person reads. */
const MOST_REMEMBERED = 1000
const MOST_TAG = 64

/** Undefined when there is nothing at this place. Own properties only. */
export function valueAt(value: JsonValue, pointer: string): JsonValue | undefined {
  let here: JsonValue | undefined = value
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    if (Array.isArray(here) && !/^\d+$/.test(key)) return undefined
    here = (here as { [key: string]: JsonValue })[key]
  }
  return here
}

/** What the result changes. A field of the agent takes only what its own check allows; absent parts change nothing. */
export function effectsOf(mappings: Mapping[], result: JsonValue, fields: MemoryField[]): Effects {
  const memory: [string, JsonValue][] = []
  const tags: Effects['tags'] = []
  for (const { from, to } of mappings) {
    const value = valueAt(result, from)
    if (value === undefined || value === null) continue
    if (to.kind === 'tag') {
      // `true` and what is there set the tag alone; a short value stands beside it.
      if (value === false) continue
      const isSaid = typeof value === 'string' || typeof value === 'number'
      tags.push({ key: to.tag, value: isSaid ? String(value).slice(0, MOST_TAG) : '' })
      continue
    }
    if (JSON.stringify(value).length > MOST_REMEMBERED) continue
    const field = fields.find(({ key, on }) => on && key === to.key)
    const checked = field ? checkField(field, value) : { ok: true as const, value }
    if (checked.ok) memory.push([to.key, checked.value])
  }
  return { memory, fields, tags }
}
