/** One conversation in the list: who, what was said last, who answers, how it stands. */
import type { Conversation } from '@earshot/contracts'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import AudioLines from 'lucide-react/icons/audio-lines'
import Ban from 'lucide-react/icons/ban'
import Clock from 'lucide-react/icons/clock'
import Flag from 'lucide-react/icons/flag'
import Frown from 'lucide-react/icons/frown'
import Hand from 'lucide-react/icons/hand'
import Pause from 'lucide-react/icons/pause'
import UserRound from 'lucide-react/icons/user-round'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { ContactAvatar } from '../../ui/Avatar.tsx'
import { Unread } from '../../ui/Badge.tsx'
import { ChannelMark } from '../../ui/ChannelMark.tsx'
import { Icon, type IconShape } from '../../ui/Icon.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Stage } from '../../ui/Stage.tsx'
import { codeWords } from '../code-words.ts'
import { Highlighted } from '../highlight.tsx'
import { useTypists } from '../live.ts'
import { MatchSnippet } from '../MatchSnippet.tsx'
import { contactName, firstName, type Handler, handlerOf, previewAuthor } from '../names.ts'
import { plainPreview } from '../plain-preview.ts'
import type { Hit } from '../queries.ts'
import type { ConversationSearch } from '../search.ts'

type Props = {
  row: Hit
  memberId: string
  isOpen: boolean
  tabStop: boolean
  kept: ConversationSearch
  onHover: (id: string) => void
}

export const ConversationRow = memo(function ConversationRow({ row, memberId, isOpen, tabStop, kept, onHover }: Props) {
  const { t } = useTranslation('conversations')
  return (
    <Link
      to="/conversations/$id"
      params={{ id: row.id }}
      search={{ ...kept, at: row.match?.position ?? undefined }}
      className={clsx('crow', isOpen && 'on', row.unreadCount > 0 && 'un')}
      aria-current={isOpen ? 'true' : undefined}
      data-row={row.id}
      tabIndex={tabStop ? 0 : -1}
      onPointerEnter={() => onHover(row.id)}
      onFocus={() => onHover(row.id)}
    >
      <ContactAvatar name={row.contact.name} size="md" corner={<ChannelMark kind={row.channel.kind} />} />
      <div className="grow">
        <div className="l1">
          <span className="nm tr" dir="auto">
            <Highlighted text={contactName(row.contact, t)} query={kept.q} />
          </span>
          <RelativeTime at={row.lastMessageAt} />
        </div>
        <div className="l2">
          <LastWords row={row} memberId={memberId} query={kept.q} />
          <Unread count={row.unreadCount} label={t('unreadCount', { count: row.unreadCount })} />
        </div>
        <div className="l3">
          <HandlerMark conversation={row} memberId={memberId} />
          <Stage stageKey={row.stage.key} category={row.stage.category} color={row.stage.color} name={row.stage.name} />
          <Marks row={row} />
        </div>
      </div>
    </Link>
  )
})

function LastWords({ row, memberId, query }: { row: Hit; memberId: string; query: string | undefined }) {
  const { t } = useTranslation('conversations')
  const typist = useTypists(row.id).find((who) => who.id !== memberId || who.kind !== 'operator')
  if (typist) {
    const name = typist.kind === 'contact' ? contactName(row.contact, t) : (typist.name ?? t(`author.${typist.kind}`))
    return (
      <span className="tr grow" dir="auto">
        {t('isTyping', { name: firstName(name) })}{' '}
        <span className="typing">
          <i />
          <i />
          <i />
        </span>
      </span>
    )
  }
  if (query && row.match) {
    return (
      <span className="tr grow" dir="auto">
        <MatchSnippet match={row.match} />
      </span>
    )
  }
  const author = previewAuthor(row, memberId, t)
  return (
    <span className="tr grow" dir="auto">
      {author && <span className="who">{t('said', { name: author })} </span>}
      {row.preview ? previewText(row.preview) || t('attachmentOnly') : <span className="who">{t('nothingSaid')}</span>}
    </span>
  )
}

/** Contacts write plain text; what looks like a mark there was meant. */
const previewText = ({ author, text }: NonNullable<Hit['preview']>) =>
  author === 'contact' ? text : plainPreview(text)

const LOOK: Record<Exclude<Handler, 'closed' | 'archived'>, { look: string; icon: IconShape }> = {
  blocked: { look: 'need', icon: Ban },
  needsHuman: { look: 'need', icon: Hand },
  queue: { look: 'queue', icon: Clock },
  operator: { look: 'human', icon: UserRound },
  paused: { look: 'queue', icon: Pause },
  agent: { look: 'ai', icon: AudioLines },
}

export function HandlerMark({ conversation, memberId }: { conversation: Conversation; memberId: string }) {
  const { t } = useTranslation('conversations')
  const handler = handlerOf(conversation)
  if (handler === 'closed' || handler === 'archived')
    return <span className={`status ${handler}`}>{t(`status.${handler}`)}</span>
  const { look, icon } = LOOK[handler]
  const mine = conversation.assignee?.id === memberId
  const who = mine ? t('you') : firstName(conversation.assignee?.name ?? t('operator'))
  const reason = handler === 'needsHuman' && conversation.handoff?.reason
  const why = reason ? codeWords('reason', reason) : undefined
  return (
    <span className={`hstat ${look}`} title={handler === 'agent' ? t('handler.agent') : why}>
      <Icon of={icon} />
      {handler === 'agent' ? (
        <span className="sr">{t('handler.agent')}</span>
      ) : handler === 'operator' ? (
        who
      ) : (
        t(`handler.${handler}`)
      )}
      {why && <span className="why tr">· {why}</span>}
    </span>
  )
}

function Marks({ row }: { row: Conversation }) {
  const { t } = useTranslation('conversations')
  if (row.flagCount === 0 && row.tone !== 'negative') return null
  return (
    <span className="end row g2">
      {row.tone === 'negative' && (
        <span className="bad" title={t('negativeTone')}>
          <Icon of={Frown} size="xs" />
          <span className="sr">{t('negativeTone')}</span>
        </span>
      )}
      {row.flagCount > 0 && (
        <span className="flag" title={t('flagged')}>
          <Icon of={Flag} size="xs" />
          <span className="sr">{t('flagged')}</span>
        </span>
      )}
    </span>
  )
}
