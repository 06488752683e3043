/** The three dots over a conversation: what can be done with it besides answering. */
import type { Conversation } from '@earshot/contracts'
import Archive from 'lucide-react/icons/archive'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import Ban from 'lucide-react/icons/ban'
import Check from 'lucide-react/icons/check'
import ContactRound from 'lucide-react/icons/contact-round'
import Download from 'lucide-react/icons/download'
import Ellipsis from 'lucide-react/icons/ellipsis'
import FileText from 'lucide-react/icons/file-text'
import Flag from 'lucide-react/icons/flag'
import GitMerge from 'lucide-react/icons/git-merge'
import Link2 from 'lucide-react/icons/link-2'
import MailWarning from 'lucide-react/icons/mail-warning'
import Pencil from 'lucide-react/icons/pencil'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import Split from 'lucide-react/icons/split'
import Trash2 from 'lucide-react/icons/trash-2'
import Undo2 from 'lucide-react/icons/undo-2'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { downloadAll } from '../../audio/download.ts'
import { askDelete, askMerge, askMergeContacts, askSplit, askTranscript } from '../../exports/asked.ts'
import { useLatestMerge, useUndoMerge } from '../../merging/use-merging.ts'
import { IconButton } from '../../ui/Button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { useAsk } from '../control/dialog-context.ts'
import { useAct } from '../control/use-act.ts'
import { useLifecycle } from '../control/use-commands.ts'
import { useCopyLink } from './use-copy-link.ts'

export function MoreMenu({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['conversations', 'exports', 'deletion', 'audio'])
  const may = useMay('operator')
  const mayDelete = useMay('supervisor')
  const ask = useAsk()
  const { close, archive, reopen } = useLifecycle(conversation)
  const act = useAct(conversation)
  const { status, blocked, unreadCount, hasAudio } = conversation
  const copyLink = useCopyLink(conversation.id)
  return (
    <Menu align="end" trigger={<IconButton label={t('more')} icon={Ellipsis} />}>
      <MenuItem icon={Link2} onSelect={copyLink}>
        {t('copyLink')}
      </MenuItem>
      {may && (
        <MenuItem icon={FileText} onSelect={() => askTranscript(conversation)}>
          {t('exports:menu')}
        </MenuItem>
      )}
      {hasAudio && (
        <MenuItem icon={Download} onSelect={() => downloadAll(conversation.id)}>
          {t('audio:download')}
        </MenuItem>
      )}
      {may && <MenuSeparator />}
      {may && status === 'active' && (
        <MenuItem icon={Check} keys="E" onSelect={() => close.mutate()}>
          {t('close')}
        </MenuItem>
      )}
      {may && (
        <MenuItem icon={Flag} onSelect={() => ask('flag')}>
          {t('work.flagMenu')}
        </MenuItem>
      )}
      {may && (
        <MenuItem icon={Pencil} onSelect={() => ask('title')}>
          {t('work.titleTitle')}
        </MenuItem>
      )}
      {may && <MergeItems conversation={conversation} />}
      {may && unreadCount === 0 && (
        <MenuItem icon={MailWarning} onSelect={() => act({ action: { type: 'unread' }, said: t('work.done.unread') })}>
          {t('work.markUnread')}
        </MenuItem>
      )}
      {may && status === 'archived' && (
        <MenuItem
          icon={ArchiveRestore}
          onSelect={() => act({ action: { type: 'unarchive' }, said: t('work.done.unarchive') })}
        >
          {t('work.unarchive')}
        </MenuItem>
      )}
      {may && status !== 'active' && (
        <MenuItem icon={RotateCcw} onSelect={() => reopen.mutate()}>
          {t('reopen')}
        </MenuItem>
      )}
      {may && status !== 'archived' && (
        <MenuItem icon={Archive} onSelect={() => archive.mutate()}>
          {t('archive')}
        </MenuItem>
      )}
      {may && !blocked && (
        <MenuItem icon={Ban} bad onSelect={() => ask('block')}>
          {t('block.menu')}
        </MenuItem>
      )}
      {mayDelete && (
        <MenuItem icon={Trash2} bad onSelect={() => askDelete(conversation)}>
          {t('deletion:menu')}
        </MenuItem>
      )}
    </Menu>
  )
}

/** Two conversations become one, one becomes two, two contacts one. */
function MergeItems({ conversation: { id, contact, messageCount } }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  return (
    <>
      <MenuItem icon={GitMerge} onSelect={() => askMerge(id)}>
        {t('merging.merge')}
      </MenuItem>
      {messageCount > 1 && (
        <MenuItem icon={Split} onSelect={() => askSplit(id)}>
          {t('merging.split')}
        </MenuItem>
      )}
      <UndoMergeItem id={id} />
      <MenuItem icon={ContactRound} onSelect={() => askMergeContacts(contact.id)}>
        {t('merging.contacts')}
      </MenuItem>
    </>
  )
}

/** The latest merge or split, as long as it can be taken back. */
function UndoMergeItem({ id }: { id: string }) {
  const { t } = useTranslation('conversations')
  const latest = useLatestMerge(id)
  const { mutate } = useUndoMerge()
  if (!latest) return null
  return (
    <MenuItem icon={Undo2} onSelect={() => mutate({ id, mergeId: latest.id })}>
      {t(`merging.undo.${latest.kind}`, { number: latest.other.number })}
    </MenuItem>
  )
}
