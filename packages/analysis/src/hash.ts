/** A stable fingerprint of what was analysed, the same in every JavaScript and independent of key order. */

/** JSON with sorted keys: two equal snapshots give the same text whatever order their keys were written in. */
const canonical = (value: unknown, depth = 0): string => {
  if (depth > 40) return '"…"'
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map((inner) => canonical(inner, depth + 1)).join(',')}]`
  const pairs = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${pairs.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner, depth + 1)}`).join(',')}}`
}

/** 128 bits of FNV-1a in four lanes. For telling inputs apart, not for secrets. */
export const hashOf = (value: unknown): string => {
  const text = canonical(value)
  const lanes = [0x811c9dc5, 0x01234567, 0x89abcdef, 0x7ed55d16]
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    for (let lane = 0; lane < 4; lane++) lanes[lane] = Math.imul((lanes[lane] ?? 0) ^ (unit + lane * i), 0x01000193)
  }
  return lanes.map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('')
}
