/** Moving through the list by keys: J and K or the arrows move the focus, Enter opens, Esc goes back. */
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../app/shortcuts.ts'
import type { Hit } from '../queries.ts'

/** Answers the row that Tab reaches. */
export function useRowFocus(
  rows: readonly Hit[],
  openId: string | undefined,
  scroller: HTMLElement | null,
  scrollTo: (index: number) => void,
): string | undefined {
  const { t } = useTranslation('conversations')
  const [focused, setFocused] = useState<string>()
  /** Where the focus is on its way to: a key held down is faster than the drawing of rows. */
  const aim = useRef<string>(undefined)
  const indexOf = (id: string | undefined) => (id === undefined ? -1 : rows.findIndex((row) => row.id === id))

  const focusRow = useCallback(
    (index: number) => {
      const row = rows[index]
      if (!row) return
      setFocused(row.id)
      scrollTo(index)
      requestAnimationFrame(() =>
        scroller?.querySelector<HTMLElement>(`[data-row="${row.id}"]`)?.focus({ preventScroll: true }),
      )
    },
    [rows, scrollTo, scroller],
  )
  const step = (by: number) => {
    const inList = scroller?.contains(document.activeElement)
    const here = inList ? (document.activeElement?.getAttribute('data-row') ?? focused) : (openId ?? focused)
    const from = indexOf(aim.current ?? here)
    focusRow(from < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, from + by)))
  }
  useShortcuts([
    { keys: 'J', group: 'move', label: t('keys.next'), run: () => step(1) },
    { keys: 'K', group: 'move', label: t('keys.previous'), run: () => step(-1) },
  ])
  return [focused, openId].find((id) => indexOf(id) >= 0) ?? rows[0]?.id
}

/** Gives the focus back to a row, as when the conversation beside it was closed. */
export function focusRowOf(id: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus({ preventScroll: true }))
}
