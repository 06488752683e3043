/** Parameters of a function: what its JSON Schema may say, and whether what a model sends fits it. */
import type { JsonValue } from '@earshot/contracts'
import { z } from 'zod'
import type { Parameters } from './fill-template.ts'

export type Schema = { [key: string]: JsonValue }

/** Bounds of what a model may send: nothing a function needs is larger. */
const MOST_CHARS = 16_000
/** A text with a pattern is short, so that no pattern takes long to try. */
const MOST_MATCHED = 500
const MOST_SCHEMA = 20_000

export type Checked = { ok: true; value: Parameters } | { ok: false; problem: string }

/** Null, or what is wrong with the schema, in words for the person who wrote it. */
export function problemOfSchema(schema: Schema): string | null {
  if (typeof schema !== 'object' || schema === null || schema.type !== 'object')
    return 'must be an object: {"type": "object", "properties": {…}}'
  if (JSON.stringify(schema).length > MOST_SCHEMA) return 'is too large'
  const { properties } = schema
  if (properties !== undefined && (typeof properties !== 'object' || properties === null || Array.isArray(properties)))
    return 'must name its properties: {"type": "object", "properties": {…}}'
  const bad = patternsIn(schema).find((pattern) => !isQuick(pattern))
  if (bad !== undefined) return `the pattern ${bad.slice(0, 60)} is not valid, or may take too long to try`
  try {
    compile(schema)
    return null
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : 'is not valid'
  }
}

export function checkParameters(schema: Schema, given: unknown): Checked {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { ok: false, problem: 'The parameters must be an object.' }
  if (JSON.stringify(given).length > MOST_CHARS) return { ok: false, problem: 'The parameters are too large.' }
  if (problemOfSchema(schema)) return { ok: false, problem: 'The schema of this function is not valid.' }
  if (patternsIn(schema).length > 0 && longestText(given) > MOST_MATCHED)
    return { ok: false, problem: `A text is longer than ${MOST_MATCHED} characters.` }
  const result = compile(schema).safeParse(given)
  if (result.success) return { ok: true, value: result.data as Parameters }
  const problem = result.error.issues.slice(0, 5).map((issue) => {
    const place = issue.path.map(String).join('.')
    return place ? `${place}: ${issue.message}` : issue.message
  })
  return { ok: false, problem: problem.join('; ').slice(0, 500) }
}

/** What the schema does not name does not exist: additional properties are refused unless it says otherwise. */
function compile(schema: Schema): z.ZodType {
  const closed = { additionalProperties: false, ...schema }
  return z.fromJSONSchema(closed as Parameters_<typeof z.fromJSONSchema>)
}
type Parameters_<F extends (...args: never[]) => unknown> = F extends (first: infer A, ...rest: never[]) => unknown
  ? A
  : never

function patternsIn(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.flatMap(patternsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'pattern' && typeof inner === 'string') return [inner]
    if (key === 'patternProperties' && typeof inner === 'object' && inner !== null)
      return [...Object.keys(inner), ...Object.values(inner).flatMap(patternsIn)]
    return patternsIn(inner)
  })
}

/** No group that repeats, no reference back, at most two open ends: such a pattern cannot run away on a short text. */
export function isQuick(pattern: string): boolean {
  if (pattern.length > 200) return false
  const plain = pattern.replace(/\\[^1-9k]/g, 'x').replace(/\[[^\]]*\]/g, 'x')
  const open = plain.match(/[*+]|\{\d+,\}/g)?.length ?? 0
  if (/\)[*+?{]/.test(plain) || /\\[1-9k]/.test(plain) || open > 2) return false
  try {
    new RegExp(pattern, 'u')
    return true
  } catch {
    return false
  }
}

function longestText(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 0
  return Math.max(0, ...Object.values(value).map(longestText))
}
