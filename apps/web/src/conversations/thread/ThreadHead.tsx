/** Who the conversation is with, who else is looking, who answers, and what can be done. */
import type { Conversation } from '@earshot/contracts'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import Check from 'lucide-react/icons/check'
import Info from 'lucide-react/icons/info'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { IconButton } from '../../ui/Button.tsx'
import { ControlMenu } from '../control/ControlMenu.tsx'
import { useLifecycle } from '../control/use-commands.ts'
import { focusRowOf } from '../list/use-row-focus.ts'
import { contactName } from '../names.ts'
import { useAddress } from '../use-address.ts'
import { MoreMenu } from './MoreMenu.tsx'
import { Viewers } from './Viewers.tsx'

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
      <MoreMenu conversation={conversation} />
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
