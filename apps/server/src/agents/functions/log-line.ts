/** A function's call as a line of the log: bounded, and without what the database refuses. */
import type { FunctionCall, JsonValue } from '@earshot/contracts'

const MOST = 8000

/** What is too long stands there shortened, as text. */
export function short(value: JsonValue): JsonValue {
  const text = JSON.stringify(value)
  return text.length <= MOST ? clean(value) : `${clean(text.slice(0, MOST))}…`
}

/** A call of something that does not exist, or with the wrong parameters: recorded, and told to the model. */
export function refusedCall(name: string, input: unknown, reason: string): FunctionCall {
  const parameters = JSON.stringify(input ?? null) ?? 'null'
  return {
    name: name.replace(/[^\w.-]/g, '_').slice(0, 64) || 'unnamed',
    parameters: parameters.length > 2000 ? clean(parameters.slice(0, 2000)) : clean(JSON.parse(parameters)),
    result: reason.slice(0, 500),
    status: 'refused',
    durationMs: 0,
  }
}

/** What PostgreSQL's jsonb refuses is taken out of what a model or an address made up. */
function clean<T extends JsonValue>(value: T): JsonValue {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD')
  if (Array.isArray(value)) return value.map(clean)
  if (value && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([key, v]) => [key.toWellFormed().replaceAll('\0', '\uFFFD'), clean(v)]),
    )
  return value
}
