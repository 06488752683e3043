/** Moving through the list by keys: J and K or the arrows move the focus, Enter opens, Esc goes back. */
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../app/shortcuts.ts'
import type { Hit } from '../queries.ts'

/** Frames to wait for a row that is still on its way to be drawn. */
const PATIENCE = 6

/** Answers the row that Tab reaches, and how to go on from it. */
export function useRowFocus(
  rows: readonly Hit[],
  openId: string | undefined,
  scroller: HTMLElement | null,
  scrollTo: (index: number) => void,
) {
  const { t } = useTranslation('conversations')
  const [focused, setFocused] = useState<string>()
  /** Where the focus is on its way to: a key held down is faster than the drawing of rows. */
  const aim = useRef<string>(undefined)
  const indexOf = (id: string | undefined) => (id === undefined ? -1 : rows.findIndex((row) => row.id === id))

  const goTo = useCallback(
    (index: number) => {
      const row = rows[Math.min(rows.length - 1, Math.max(0, index))]
      if (!row) return
      aim.current = row.id
      setFocused(row.id)
      scrollTo(rows.indexOf(row))
      const arrive = (patience: number) => {
        if (aim.current !== row.id) return
        const drawn = scroller?.querySelector<HTMLElement>(`[data-row="${row.id}"]`)
        drawn?.focus({ preventScroll: true })
        if (drawn || patience === 0) aim.current = undefined
        else requestAnimationFrame(() => arrive(patience - 1))
      }
      requestAnimationFrame(() => arrive(PATIENCE))
    },
    [rows, scrollTo, scroller],
  )
  /** The row with the focus, else the open one, else the one that was left. */
  const here = () => {
    const inside = scroller?.contains(document.activeElement) ? document.activeElement : null
    const row = inside?.closest('[data-of]')?.getAttribute('data-of') ?? inside?.getAttribute('data-row')
    return indexOf(aim.current ?? row ?? (inside ? focused : (openId ?? focused)))
  }
  const step = (by: number) => {
    const from = here()
    goTo(from < 0 ? 0 : from + by)
  }
  useShortcuts([
    { keys: 'J', group: 'move', label: t('keys.next'), run: () => step(1) },
    { keys: 'K', group: 'move', label: t('keys.previous'), run: () => step(-1) },
  ])
  const tabStop = [focused, openId].find((id) => indexOf(id) >= 0) ?? rows[0]?.id
  return { tabStop, step, goTo, here }
}

/** Gives the focus back to a row, as when the conversation beside it was closed. */
export function focusRowOf(id: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus({ preventScroll: true }))
}
