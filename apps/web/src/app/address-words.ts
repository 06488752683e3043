/** How the address bar spells what a screen asks for: plain words, a name repeated for each of several values. */

/** `?status=active&status=closed&q=roof`; nothing is guessed to be a number, each screen reads what it expects. */
export function parseWords(text: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    // `__proto__` and its like are no names of ours.
    if (name in Object.prototype) continue
    const before = found[name]
    if (before === undefined) found[name] = value
    else found[name] = Array.isArray(before) ? [...before, value] : [before, value]
  }
  return found
}

export function writeWords(search: Record<string, unknown>): string {
  const words = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) words.append(name, String(one))
    }
  }
  const text = words.toString()
  // Colons and commas may stand in a query as they are, and a moment reads better so.
  return text === '' ? '' : `?${text.replaceAll('%3A', ':').replaceAll('%2C', ',')}`
}
