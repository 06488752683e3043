/** Who the conversation is with, who else is looking, who answers, and what can be done. */
import type { Conversation } from '@earshot/contracts'
import Archive from 'lucide-react/icons/archive'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import Ban from 'lucide-react/icons/ban'
import Check from 'lucide-react/icons/check'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Info from 'lucide-react/icons/info'
import Link2 from 'lucide-react/icons/link-2'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '../../app/session.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { IconButton } from '../../ui/Button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { ControlMenu } from '../control/ControlMenu.tsx'
import { useAsk } from '../control/dialog-context.ts'
import { useLifecycle } from '../control/use-commands.ts'
import { focusRowOf } from '../list/use-row-focus.ts'
import { useViewers } from '../live.ts'
import { contactName } from '../names.ts'
import { useAddress } from '../use-address.ts'

export function ThreadHead({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const { close: back, showDetails, search } = useAddress()
  const may = useMay('operator')
  const { close } = useLifecycle(conversation)
  const heading = useHeadingFocus(conversation.id)
  const leave = () => {
    back()
    focusRowOf(conversation.id)
  }
  const active = conversation.status === 'active'
  const closeNow = () => close.mutate()
  useShortcuts([
    { keys: 'Esc', group: 'move', label: t('keys.back'), run: leave },
    ...(may && active ? [{ keys: 'E', group: 'act' as const, label: t('close'), run: closeNow }] : []),
  ])
  return (
    <header className="thead">
      <IconButton className="only-s" label={t('back')} icon={ArrowLeft} onClick={leave} />
      <div className="who">
        <div className="row g3">
          <h2 className="title tr" dir="auto" ref={heading} tabIndex={-1}>
            {contactName(conversation.contact, t)}
          </h2>
          <Viewers id={conversation.id} />
        </div>
        <SubLine conversation={conversation} />
      </div>
      <ControlMenu conversation={conversation} />
      {may && active && (
        <IconButton
          className="hide-s"
          label={t('close')}
          keys="E"
          icon={Check}
          disabled={close.isPending}
          onClick={closeNow}
        />
      )}
      <IconButton
        className="only-m"
        label={t('details')}
        icon={Info}
        pressed={search.pane === 'details'}
        onClick={() => showDetails(search.pane !== 'details')}
      />
      <More conversation={conversation} />
    </header>
  )
}

/** Opening a conversation moves the focus to its heading, unless the reader walks through the list by keys. */
function useHeadingFocus(id: string) {
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = useRef<string>(undefined)
  useEffect(() => {
    if (shown.current === id) return
    // A page that was just loaded keeps the focus where the browser put it.
    const chosen = shown.current !== undefined || document.activeElement?.closest('.lcol')
    if (chosen) heading.current?.focus({ preventScroll: true })
    shown.current = id
  }, [id])
  return heading
}

function SubLine({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const { agent, flow, channel, status } = conversation
  const parts = [
    agent?.name ?? t('noAgent'),
    flow?.name,
    channel.name,
    status === 'active' ? null : t(`status.${status}`),
  ]
  return (
    <div className="small t3 tr" dir="auto">
      {parts.filter(Boolean).join(' · ')}
    </div>
  )
}

function Viewers({ id }: { id: string }) {
  const { t, i18n } = useTranslation('conversations')
  const { member } = useSession()
  const here = useViewers(id, member.id)
  const names = new Intl.ListFormat(i18n.language).format(here.map(({ name }) => name))
  return (
    <span className="small t3 tr here" role="status">
      {here.length > 0 && t('alsoHere', { names, count: here.length })}
    </span>
  )
}

function More({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const may = useMay('operator')
  const ask = useAsk()
  const { close, archive, reopen } = useLifecycle(conversation)
  const { status, blocked } = conversation
  const copyLink = () => {
    const link = `${location.origin}/conversations/${conversation.id}`
    navigator.clipboard.writeText(link).then(
      () => toast.done(t('done.linkCopied')),
      () => toast.failed(t('linkNotCopied', { link })),
    )
  }
  return (
    <Menu align="end" trigger={<IconButton label={t('more')} icon={Ellipsis} />}>
      <MenuItem icon={Link2} onSelect={copyLink}>
        {t('copyLink')}
      </MenuItem>
      {may && <MenuSeparator />}
      {may && status === 'active' && (
        <MenuItem icon={Check} keys="E" onSelect={() => close.mutate()}>
          {t('close')}
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
    </Menu>
  )
}
