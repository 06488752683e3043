/** Who the conversation is with and how it ended; the way to its neighbours, out of here, and what can be done. */
import type { Conversation } from '@earshot/contracts'
import { Link } from '@tanstack/react-router'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import Flag from 'lucide-react/icons/flag'
import Link2 from 'lucide-react/icons/link-2'
import Maximize2 from 'lucide-react/icons/maximize-2'
import X from 'lucide-react/icons/x'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { contactName } from '../conversations/names.ts'
import { MoreMenu } from '../conversations/thread/MoreMenu.tsx'
import { useCopyLink } from '../conversations/thread/use-copy-link.ts'
import { Viewers } from '../conversations/thread/Viewers.tsx'
import { IconButton } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import type { Tab } from './DetailTabs.tsx'
import type { Frame } from './frame.ts'
import { OutcomeBadge } from './Outcome.tsx'
import { useDetailKeys } from './use-detail-keys.ts'

type Props = {
  conversation: Conversation
  frame: Frame
  tab: Tab
  onTab: (tab: Tab) => void
  onLeave: () => void
  onPrevious?: () => void
  onNext?: () => void
}

export function DetailHead(props: Props) {
  const { conversation, frame, onLeave, onPrevious, onNext } = props
  const { t } = useTranslation('detail')
  const { t: tc } = useTranslation('conversations')
  const heading = useRef<HTMLHeadingElement>(null)
  const copyLink = useCopyLink(conversation.id)
  useDetailKeys(props)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const page = frame === 'page'
  return (
    <header className="thead dhead">
      <IconButton label={t(page ? 'back' : 'close')} keys="Esc" icon={page ? ArrowLeft : X} onClick={onLeave} />
      <span className="row g1 hide-s">
        <IconButton
          size="sm"
          label={t('previous')}
          keys="K"
          icon={ChevronUp}
          disabled={!onPrevious}
          onClick={onPrevious}
        />
        <IconButton size="sm" label={t('next')} keys="J" icon={ChevronDown} disabled={!onNext} onClick={onNext} />
      </span>
      <h2 className="title tr" dir="auto" ref={heading} tabIndex={-1}>
        {contactName(conversation.contact, tc)}
      </h2>
      <OutcomeBadge outcome={conversation.outcome} />
      {conversation.flagCount > 0 && (
        <span className="flag hide-s" title={tc('flagged')}>
          <Icon of={Flag} size="s" />
          <span className="sr">{tc('flagged')}</span>
        </span>
      )}
      <Viewers id={conversation.id} />
      <span className="grow" />
      {!page && <FullPageLink id={conversation.id} />}
      <IconButton className="hide-s" label={tc('copyLink')} icon={Link2} onClick={copyLink} />
      <MoreMenu conversation={conversation} />
    </header>
  )
}

/** A link, so that a middle click opens it beside this page. */
function FullPageLink({ id }: { id: string }) {
  const { t } = useTranslation('detail')
  return (
    <Tooltip label={t('fullPage')}>
      <Link
        className="ib hide-s"
        to="/conversations/$id/full"
        params={{ id }}
        search={(search) => search}
        aria-label={t('fullPage')}
      >
        <Icon of={Maximize2} />
      </Link>
    </Tooltip>
  )
}
