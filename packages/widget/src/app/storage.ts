/** What the app remembers between page views: by itself, or, where browsers forbid frames to store, through the page that holds it. */

export interface Kept {
  get(): string | null
  set(value: string | null): void
}

const memory = new Map<string, string>()
let onChange: () => void = () => {}

const isAllowed = (() => {
  try {
    return localStorage !== null
  } catch {
    return false
  }
})()

export function keep(channelKey: string, name: string): Kept {
  const key = `earshot:${channelKey}:${name}`
  return {
    get() {
      try {
        return localStorage.getItem(key)
      } catch {
        return memory.get(name) ?? null
      }
    },
    set(value) {
      if (value === null) memory.delete(name)
      else memory.set(name, value)
      try {
        if (value === null) localStorage.removeItem(key)
        else localStorage.setItem(key, value)
      } catch {
        onChange() // forbidden, or full: then it is kept until the page is left
      }
    },
  }
}

/** What the page is to keep so that the next page view finds everything again. */
export const toKeep = (): string => (isAllowed ? '1' : JSON.stringify(Object.fromEntries(memory)))

/** Takes back what the page kept; later changes are told through `changed`. */
export function recallFrom(kept: string, changed: () => void): void {
  onChange = changed
  if (isAllowed) return
  try {
    for (const [name, value] of Object.entries(JSON.parse(kept))) if (typeof value === 'string') memory.set(name, value)
  } catch {
    // nothing was kept, or not by us
  }
}
