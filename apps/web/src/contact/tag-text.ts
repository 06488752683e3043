/** Tags as people type them: `key:value`, or one word alone. */
export interface TagValue {
  key: string
  value: string
}

const MOST = 64

export function parseTag(typed: string): TagValue | null {
  const text = typed.trim().replace(/^#/, '')
  const colon = text.indexOf(':')
  const key = (colon < 0 ? text : text.slice(0, colon)).trim()
  const value = colon < 0 ? '' : text.slice(colon + 1).trim()
  return key === '' || key.length > MOST || value.length > MOST ? null : { key, value }
}

export const sameTag = (a: TagValue, b: TagValue) => a.key === b.key && a.value === b.value
