/** What a function call did: whether it changed something, and whether it worked, by its own result and not by its name alone. */
import type { FunctionCall } from '../snapshot.ts'

const WRITES = new Set(
  `add apply approve book buy cancel change charge checkout close complete confirm create credit delete deliver edit enroll exchange
  finish insert issue modify order pay place post process purchase put rebook refund register remove renew report request reschedule
  reserve reset return rsvp save schedule send set ship sign submit subscribe transfer unlock unsubscribe update upgrade upload write`.split(
    /\s+/,
  ),
)
const READS = new Set(
  `balance browse calculate check compare count describe details estimate fetch find forecast get info inquire list look lookup match
  query read retrieve search show status track validate verify view`.split(/\s+/),
)
const MODE_KEYS = /^(request_?type|mode|action|operation|dry_?run)$/i
const READ_MODES = /\b(check|search|query|look ?up|preview|validate|quote|dry)\b/i
/** Functions of the house itself: they move the conversation, not the customer's affairs. */
const HOUSE = /handoff|hand_off|transfer_?to|escalat|remember|speak_to|human/i

const readsOnly = (call: FunctionCall): boolean =>
  flat(call.parameters).some(([key, value]) => MODE_KEYS.test(key) && READ_MODES.test(value))

export const nameWords = (name: string): string[] =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** `plane_book` → "plane book": a function's name as people read it. */
export const spokenName = (name: string): string => nameWords(name).join(' ') || 'function'

/** A writing call changes something in the world; a look-up, a check or a dry run does not. */
export const isWrite = (call: FunctionCall): boolean => {
  if (HOUSE.test(call.name)) return false
  if (readsOnly(call)) return false
  const parts = nameWords(call.name)
  if (READS.has(parts[0] ?? '') || READS.has(parts.at(-1) ?? '')) return false
  return parts.some((part) => WRITES.has(part))
}

/** A call whose name tells neither: it may have changed something, which is enough to back a claim. */
export const mayWrite = (call: FunctionCall): boolean => {
  if (isWrite(call)) return true
  if (HOUSE.test(call.name) || readsOnly(call)) return false
  const parts = nameWords(call.name)
  return !parts.some((part) => READS.has(part))
}

/** Nothing was found: an empty list, or nothing at all from a look-up. */
export const cameBackEmpty = (call: FunctionCall): boolean => {
  if (call.status !== 'ok' || isWrite(call)) return false
  const leaves = flat(call.result).filter(([, value]) => value.trim() !== '')
  return (
    leaves.length === 0 || leaves.every(([key, value]) => /count|total|found/i.test(key) && /^(0|false)$/i.test(value))
  )
}

export const isHandoffCall = (call: FunctionCall): boolean =>
  /handoff|hand_off|transfer_?to_?(human|agent|operator|person)|escalat|speak_to/i.test(call.name)

const STATE_KEYS = /(?:status|state|message|outcome|result|error)$/i
const BAD_NEWS =
  /\b(fail(ed|ure)?|error|denied|declined|rejected|unavailable|not (available|found|possible|successful|allowed)|unsuccessful|invalid|unable|no longer)\b/i

/** True when the call broke, or came back saying that it did not do what was asked. */
export const failed = (call: FunctionCall): boolean => {
  if (call.status === 'error' || call.status === 'refused') return true
  if (call.status === 'running') return false
  return flat(call.result).some(([key, value]) => {
    if (/^(success|ok|succeeded)$/i.test(key)) return /^(false|0|no)$/i.test(value)
    if (/^errors?$/i.test(key)) return value !== '' && !/^(null|false|0|none)$/i.test(value)
    return STATE_KEYS.test(key) && BAD_NEWS.test(value)
  })
}

/** A call that ended and said nothing against itself. */
export const worked = (call: FunctionCall): boolean => call.status === 'ok' && !failed(call)

/** Key and value of every leaf, to a bounded depth and number: results come from outside. */
export const flat = (value: unknown, key = '', depth = 0, into: [string, string][] = []): [string, string][] => {
  if (into.length >= 400 || depth > 6) return into
  if (typeof value === 'string') pushText(value, key, depth, into)
  else if (Array.isArray(value)) for (const inner of value) flat(inner, key, depth + 1, into)
  else if (value !== null && typeof value === 'object')
    for (const [name, inner] of Object.entries(value)) flat(inner, name, depth + 1, into)
  else if (value !== null && value !== undefined) into.push([key, String(value)])
  return into
}

/** Tools often answer JSON inside a string. */
const pushText = (text: string, key: string, depth: number, into: [string, string][]) => {
  const trimmed = text.trim()
  if (/^[[{]/.test(trimmed) && trimmed.length < 20_000) {
    try {
      flat(JSON.parse(trimmed), key, depth + 1, into)
      return
    } catch {
      // Not JSON after all: it is read as the text it is.
    }
  }
  into.push([key, text.slice(0, 2000)])
}
