/** A remembered value as editable text, and back: text stays text, everything else stays JSON. */
import type { JsonValue } from '@earshot/contracts'

export const writeValue = (value: JsonValue): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 1)

export function readValue(typed: string, before: JsonValue): { ok: true; value: JsonValue } | { ok: false } {
  if (typeof before === 'string') return { ok: true, value: typed }
  try {
    const value: JsonValue = JSON.parse(typed)
    // Null would remove the key: that has a button of its own.
    return value === null ? { ok: false } : { ok: true, value }
  } catch {
    return { ok: false }
  }
}
