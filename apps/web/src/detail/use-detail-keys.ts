/** What the keys do over a conversation in full: its neighbours, its end, its tabs, and writing in it. */

import type { Conversation } from '@earshot/contracts'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useMay } from '../app/session.ts'
import { runShortcut, type Shortcut, useShortcuts } from '../app/shortcuts.ts'
import { useLifecycle } from '../conversations/control/use-commands.ts'
import type { Tab } from './DetailTabs.tsx'

type Props = {
  conversation: Conversation
  tab: Tab
  onTab: (tab: Tab) => void
  onLeave: () => void
  onPrevious?: () => void
  onNext?: () => void
}

/** Keys that need the transcription: it is opened first, and then answers to the key itself. */
const IN_TRANSCRIPT = [
  ['R', 'answer'],
  ['N', 'note'],
  ['⇧C', 'coach'],
  ['Ctrl F', 'find'],
] as const

export function useDetailKeys({ conversation, tab, onTab, onLeave, onPrevious, onNext }: Props): void {
  const { t } = useTranslation(['detail', 'conversations'])
  const may = useMay('operator')
  const { close } = useLifecycle(conversation)
  const keys: Shortcut[] = [
    { keys: 'Esc', group: 'move', label: t('keys.leave'), run: onLeave },
    // At the end of the list the key is still ours: nothing behind the panel moves by it.
    { keys: 'J', group: 'move', label: t('conversations:keys.next'), run: () => onNext?.() },
    { keys: 'K', group: 'move', label: t('conversations:keys.previous'), run: () => onPrevious?.() },
  ]
  if (may && conversation.status === 'active')
    keys.push({ keys: 'E', group: 'act', label: t('conversations:close'), run: () => close.mutate() })
  if (tab !== 'transcription') {
    for (const [key, words] of IN_TRANSCRIPT) {
      if (!may && key !== 'Ctrl F') continue
      const run = () => {
        flushSync(() => onTab('transcription'))
        runShortcut(key)
      }
      keys.push({ keys: key, group: key === 'Ctrl F' ? 'move' : 'act', label: t(`keys.${words}`), run })
    }
  }
  useShortcuts(keys)
}
