/** Macros of the open conversation: a menu, and M with a digit. */
import type { Conversation, Macro } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Zap from 'lucide-react/icons/zap'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../app/shortcuts.ts'
import { IconButton } from '../ui/Button.tsx'
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from '../ui/Menu.tsx'
import { macrosQuery } from './queries.ts'
import { useStepWords } from './step-words.ts'
import { aRun, useRunMacro } from './use-run-macro.ts'

export function MacroMenu({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('replies')
  const { data: macros = [] } = useQuery(macrosQuery)
  const [open, setOpen] = useState(false)
  const { mutate, isPending } = useRunMacro(conversation)
  const say = useStepWords()
  const run = (macro: Macro) => {
    if (!isPending) mutate(aRun(macro))
  }
  // One's own key comes before a shared one.
  const byKey = new Map(macros.toSorted((a, b) => Number(b.shared) - Number(a.shared)).map((m) => [m.digit, m]))
  byKey.delete(null)
  useShortcuts([
    { keys: 'M M', group: 'act', label: t('macro.open'), run: () => setOpen(true) },
    ...[...byKey.values()].map((macro) => ({
      keys: `M ${macro.digit}`,
      group: 'act' as const,
      label: t('macro.run', { name: macro.name }),
      run: () => run(macro),
    })),
  ])
  return (
    <Menu
      side="top"
      open={open}
      onOpenChange={setOpen}
      className="macro-menu"
      trigger={<IconButton label={t('macro.open')} icon={Zap} />}
    >
      <MenuLabel>{t('macro.title')}</MenuLabel>
      {macros.map((macro) => (
        <MenuItem
          key={macro.id}
          keys={macro.digit === null ? undefined : `M ${macro.digit}`}
          disabled={isPending}
          onSelect={() => run(macro)}
        >
          <span className="tr" dir="auto">
            {macro.name}
          </span>
          <span className="small t3 tr macro-steps">{macro.steps.map(say).join(' · ')}</span>
        </MenuItem>
      ))}
      {macros.length > 0 && <MenuSeparator />}
      <MenuLink render={<Link to="/settings/replies" />}>{t('macro.add')}</MenuLink>
    </Menu>
  )
}
