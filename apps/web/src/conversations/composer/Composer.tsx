/** The foot of the conversation: a locked bar that says why and what next, or the box to write in. */
import type { Conversation } from '@earshot/contracts'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '../../app/session.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useAsk } from '../control/dialog-context.ts'
import { Editor } from './Editor.tsx'
import { focusComposer } from './focus.ts'
import { LockedBar } from './LockedBar.tsx'
import { composerMode, type WritingKind, writingKinds } from './mode.ts'

export function Composer({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const { member } = useSession()
  const mode = composerMode(conversation, member.id, useMay('operator'))
  const [kind, setKind] = useState<WritingKind | null>(null)
  const ask = useAsk()
  const mayTake = mode === 'agent' || mode === 'queue' || mode === 'taken'
  const mayForce = useMay('supervisor')
  const canReply = mode === 'open'
  const kinds = writingKinds(conversation, mode)
  const write = (next: WritingKind) => {
    flushSync(() => setKind(next))
    focusComposer(next)
  }
  const takeOver = { keys: 'R', group: 'act' as const, label: t('keys.takeOver'), run: () => ask('takeOver') }
  const reply = { keys: 'R', group: 'act' as const, label: t('keys.reply'), run: () => write('message') }
  const note = { keys: 'N', group: 'act' as const, label: t('keys.note'), run: () => write('note') }
  const coach = { keys: '⇧C', group: 'act' as const, label: t('keys.coach'), run: () => write('coaching') }
  useShortcuts([
    ...(canReply ? [reply] : mayTake && (mode !== 'taken' || mayForce) ? [takeOver] : []),
    ...(kinds.includes('note') ? [note] : []),
    ...(kinds.includes('coaching') ? [coach] : []),
  ])
  // What is being written stays open as long as it may be written.
  const writing = kind !== null && kinds.includes(kind) ? kind : canReply ? 'message' : null
  if (writing === null) return <LockedBar conversation={conversation} mode={mode} onNote={() => write('note')} />
  return (
    <Editor
      // Each conversation and each kind has a draft of its own.
      key={`${conversation.id} ${writing}`}
      conversation={conversation}
      kind={writing}
      kinds={kinds}
      onKind={setKind}
      onLeave={() => setKind(null)}
    />
  )
}
