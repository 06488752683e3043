/** Keyboard shortcuts: what is on the screen registers its keys, one listener runs them, the `?` sheet lists them. */
import { useEffect, useRef } from 'react'
import { singleKeys } from './preferences.ts'
import { createStore, useStore } from './store.ts'

export type ShortcutGroup = 'move' | 'act' | 'go' | 'anywhere'
export type Shortcut = {
  /** As printed: `J`, `⇧C`, `?`, `↵`, `Esc`, `Ctrl K`, or two after each other: `G C`. */
  keys: string
  label: string
  group: ShortcutGroup
  run: () => void
}

const SEQUENCE_MS = 1_000
const active = createStore<readonly Shortcut[]>([])

export const useActiveShortcuts = () => useStore(active)

/** Registers keys while the calling component is mounted; a later registration wins over an earlier one. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  const signature = shortcuts.map((s) => `${s.group}\n${s.keys}\n${s.label}`).join('\n\n')
  useEffect(() => {
    const mine =
      signature === ''
        ? []
        : latest.current.map((shortcut, i) => ({
            ...shortcut,
            run: () => latest.current[i]?.run(),
          }))
    active.set((all) => [...all, ...mine])
    return () => active.set((all) => all.filter((shortcut) => !mine.includes(shortcut)))
  }, [signature])
}

let pending: { key: string; at: number } | null = null

/** Runs the shortcut of a key press, if there is one here and now. */
export function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const key = printed(event)
  const always = key.startsWith('Ctrl ') || key === 'F6'
  if (!always && (!singleKeys.get() || isElsewhere(event.target))) return
  const before = pending && event.timeStamp - pending.at < SEQUENCE_MS ? pending.key : null
  pending = null
  const found = (before && find(`${before} ${key}`)) || find(key)
  if (found) {
    event.preventDefault()
    found.run()
  } else if (active.get().some((shortcut) => shortcut.keys.startsWith(`${key} `))) {
    pending = { key, at: event.timeStamp }
  }
}

/** Does what a key does here and now, for a command that opened the place where the key works. */
export const runShortcut = (keys: string): void => find(keys)?.run()

const find = (keys: string) => active.get().findLast((shortcut) => shortcut.keys === keys)

const NAMED: Record<string, string> = { Escape: 'Esc', Enter: '↵', ArrowUp: '↑', ArrowDown: '↓', ' ': 'Space' }

function printed(event: KeyboardEvent): string {
  const key = NAMED[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key)
  if (event.ctrlKey || event.metaKey) return event.shiftKey && /^\p{L}$/u.test(key) ? `Ctrl ⇧${key}` : `Ctrl ${key}`
  return event.shiftKey && /^\p{L}$/u.test(key) ? `⇧${key}` : key
}

/** Keys typed into a field, or while a dialog or a menu is open, belong there. */
function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  const field = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=textbox]'
  return target.closest(`${field}, [role=dialog], [role=alertdialog], [role=menu], [role=listbox]`) !== null
}
