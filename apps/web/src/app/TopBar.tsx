/** Workspace, search, live state, help and the user. */
import CircleQuestionMark from 'lucide-react/icons/circle-question-mark'
import Search from 'lucide-react/icons/search'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { LiveIndicator } from './LiveIndicator.tsx'
import { loadLate } from './load-late.ts'
import { UserMenu } from './UserMenu.tsx'
import { WorkspaceMenu } from './WorkspaceMenu.tsx'

const LiveCounts = lazy(() => loadLate(() => import('../calls/LiveCounts.tsx')))
const Bell = lazy(() => loadLate(() => import('../notifications/Bell.tsx')))

export function TopBar({ onSearch, onShortcuts }: { onSearch: () => void; onShortcuts: () => void }) {
  const { t } = useTranslation('shell')
  return (
    <header className="top">
      <WorkspaceMenu />
      <button type="button" className="omni" aria-haspopup="dialog" onClick={onSearch}>
        <Icon of={Search} />
        <span className="tr">{t('search.placeholder')}</span>
        <Kbd keys="Ctrl K" />
      </button>
      <div className="topright">
        <Suspense>
          <LiveCounts />
        </Suspense>
        <LiveIndicator />
        <IconButton
          className="hide-s"
          label={t('shortcuts.open')}
          keys="?"
          icon={CircleQuestionMark}
          aria-haspopup="dialog"
          onClick={onShortcuts}
        />
        <Suspense fallback={<span className="ib" />}>
          <Bell />
        </Suspense>
        <UserMenu />
      </div>
    </header>
  )
}
