/** What the app remembers between page views; in memory only, where the browser forbids storage in frames. */

export interface Kept {
  get(): string | null
  set(value: string | null): void
}

export function keep(channelKey: string, name: string): Kept {
  const key = `earshot:${channelKey}:${name}`
  let memory: string | null = null
  return {
    get() {
      try {
        return localStorage.getItem(key) ?? memory
      } catch {
        return memory
      }
    },
    set(value) {
      memory = value
      try {
        if (value === null) localStorage.removeItem(key)
        else localStorage.setItem(key, value)
      } catch {
        // full or forbidden: kept until the page is left
      }
    },
  }
}
