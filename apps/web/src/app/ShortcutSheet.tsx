/** The `?` sheet: every key that works on this screen right now, read from those that registered. */
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { singleKeys } from './preferences.ts'
import { type Shortcut, type ShortcutGroup, useActiveShortcuts } from './shortcuts.ts'
import { useStore } from './store.ts'

const GROUPS: readonly ShortcutGroup[] = ['move', 'act', 'go', 'anywhere']

type Props = { onOpenChange: (open: boolean) => void }

export default function ShortcutSheet({ onOpenChange }: Props) {
  const { t } = useTranslation(['shell', 'common'])
  const on = useStore(singleKeys)
  const safe = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      size="lg"
      initialFocus={safe}
      title={t('shell:shortcuts.title')}
      description={on ? t('shell:shortcuts.lead') : t('shell:shortcuts.off')}
      footer={
        <>
          <Link to="/settings/keyboard" className="btn ghost" onClick={() => onOpenChange(false)}>
            {t('shell:shortcuts.settings')}
          </Link>
          <span className="grow" />
          <Button ref={safe} variant="primary" onClick={() => onOpenChange(false)}>
            {t('common:close')}
          </Button>
        </>
      }
    >
      <ShortcutList />
    </Dialog>
  )
}

function ShortcutList() {
  const { t } = useTranslation('shell')
  const shortcuts = useActiveShortcuts()
  return (
    <div className="keys">
      {GROUPS.map((group) => {
        const mine = distinct(shortcuts.filter((shortcut) => shortcut.group === group))
        if (mine.length === 0) return null
        return (
          <section key={group}>
            <h3>{t(`shortcuts.groups.${group}`)}</h3>
            {mine.map((shortcut) => (
              <div className="k" key={shortcut.keys}>
                <span>{shortcut.label}</span>
                <span className="row g2">
                  <Kbd keys={shortcut.keys} />
                </span>
              </div>
            ))}
          </section>
        )
      })}
    </div>
  )
}

/** A later registration of the same keys is the one that runs. */
const distinct = (shortcuts: readonly Shortcut[]) => [...new Map(shortcuts.map((s) => [s.keys, s])).values()]
