/** The frame around every screen: top bar, rail, work area, phone bar, toasts, palette, keys. */

import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { loadLate } from './load-late.ts'
import { PLACES } from './navigation.ts'
import { Rail } from './Rail.tsx'
import { focusNextRegion } from './regions.ts'
import { onKeyDown, useShortcuts } from './shortcuts.ts'
import { TabBar } from './TabBar.tsx'
import { TopBar } from './TopBar.tsx'

const Palette = lazy(() => loadLate(() => import('./palette/Palette.tsx')))
const ShortcutSheet = lazy(() => loadLate(() => import('./ShortcutSheet.tsx')))

type Open = 'palette' | 'shortcuts' | null

/** `queues` and `lists` are what stands under the inbox and the conversations in the rail, `views` what people saved below all places. */
export function Shell({ queues, lists, views }: { queues?: ReactNode; lists?: ReactNode; views?: ReactNode }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Open>(null)
  const main = useRef<HTMLElement>(null)
  useKeys(setOpen)
  useFocusOnMove(main)
  const change = (what: Open) => (is: boolean) => setOpen(is ? what : null)
  return (
    <>
      <a className="sr skip" href="#main">
        {t('skipToContent')}
      </a>
      <div className="app">
        <TopBar onSearch={() => setOpen('palette')} onShortcuts={() => setOpen('shortcuts')} />
        <Rail queues={queues} lists={lists} views={views} />
        <main className="sheet" id="main" ref={main} tabIndex={-1}>
          <ConnectionBanner />
          <Outlet />
        </main>
        <TabBar />
      </div>
      {open === 'shortcuts' && (
        <Suspense>
          <ShortcutSheet onOpenChange={change('shortcuts')} />
        </Suspense>
      )}
      {open === 'palette' && (
        <Suspense>
          <Palette onOpenChange={change('palette')} onShortcuts={() => setOpen('shortcuts')} />
        </Suspense>
      )}
    </>
  )
}

function useKeys(setOpen: (open: Open) => void): void {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  useShortcuts([
    { keys: 'Ctrl K', group: 'anywhere', label: t('shortcuts.palette'), run: () => setOpen('palette') },
    { keys: '?', group: 'anywhere', label: t('shortcuts.sheet'), run: () => setOpen('shortcuts') },
    { keys: 'F6', group: 'anywhere', label: t('shortcuts.region'), run: focusNextRegion },
    { keys: 'Z', group: 'act', label: t('shortcuts.undo'), run: undoLast },
    ...PLACES.map((place) => ({
      keys: place.keys,
      group: 'go' as const,
      label: t(`nav.${place.key}`),
      run: () => void navigate({ to: place.to }),
    })),
  ])
}

/** The newest toast that still offers Undo. */
function undoLast(): void {
  document.querySelector<HTMLButtonElement>('.toast [data-undo]')?.click()
}

/** A screen reader hears the new page: focus moves to the work area when the place changes, not on each filter. */
function useFocusOnMove(main: RefObject<HTMLElement | null>): void {
  const place = useLocation({ select: (location) => location.pathname.split('/')[1] })
  const last = useRef(place)
  useEffect(() => {
    if (last.current === place) return
    last.current = place
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true })
  }, [place, main])
}
