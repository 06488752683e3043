/** What this browser remembers about its reader: theme and single-key shortcuts. `public/theme.js` reads the same key. */
import { createStore, type Store } from './store.ts'

export type Theme = 'system' | 'light' | 'dark'

const THEME = 'earshot.theme'
const SINGLE_KEYS = 'earshot.singleKeys'

export const theme: Store<Theme> = createStore(asTheme(read(THEME)))
export const singleKeys: Store<boolean> = createStore(read(SINGLE_KEYS) !== 'off')

theme.subscribe(() => {
  const chosen = theme.get()
  if (chosen === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = chosen
  write(THEME, chosen === 'system' ? null : chosen)
})
singleKeys.subscribe(() => write(SINGLE_KEYS, singleKeys.get() ? null : 'off'))

function asTheme(value: string | null): Theme {
  return value === 'light' || value === 'dark' ? value : 'system'
}

// Storage may be forbidden; the choice then lasts as long as the page.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {}
}
