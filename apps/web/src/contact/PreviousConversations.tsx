/** What the contact asked before: newest first, with how it ended; a click opens it. */
import type { Conversation } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Flag from 'lucide-react/icons/flag'
import Hand from 'lucide-react/icons/hand'
import { useTranslation } from 'react-i18next'
import { contactHistoryQuery } from '../conversations/queries.ts'
import { ChannelMark } from '../ui/ChannelMark.tsx'
import { Icon } from '../ui/Icon.tsx'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { QualityBar } from '../ui/Score.tsx'
import { Section } from './Section.tsx'

const SHOWN = 3

export function PreviousConversations({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const { data } = useQuery(contactHistoryQuery(conversation.contact.id))
  const others = data?.items.filter(({ id }) => id !== conversation.id) ?? []
  const more = others.length > SHOWN || data?.nextCursor != null
  return (
    <Section
      title={t('previous.title')}
      end={
        more && (
          <Link className="link" to="/conversations" search={{ contactId: [conversation.contact.id] }}>
            {t('previous.all')}
          </Link>
        )
      }
    >
      {data && others.length === 0 && <span className="none">{t('previous.none')}</span>}
      {others.slice(0, SHOWN).map((one) => (
        <PreviousRow one={one} key={one.id} />
      ))}
    </Section>
  )
}

function PreviousRow({ one }: { one: Conversation }) {
  const { t } = useTranslation('conversations')
  const asked = one.title ?? one.preview?.text ?? t('nothingSaid')
  const ended =
    one.status === 'active' ? t('status.active') : one.outcome ? t(`outcome.${one.outcome}`) : t(`status.${one.status}`)
  return (
    <Link
      className="prev"
      to="/conversations/$id"
      params={{ id: one.id }}
      search={(search) => ({ ...search, at: undefined, pane: undefined })}
    >
      <span className="t3" title={one.channel.name}>
        <ChannelMark kind={one.channel.kind} size="s" />
      </span>
      <span className="tr" dir="auto">
        {asked}
      </span>
      <RelativeTime at={one.lastMessageAt} />
      <span />
      <span className="small t3 row g3">
        {ended}
        {one.handoff && (
          <span className="row g1" title={t('previous.askedHuman')}>
            <Icon of={Hand} size="xs" />
            <span className="sr">{t('previous.askedHuman')}</span>
          </span>
        )}
        {one.flagCount > 0 && (
          <span className="flag" title={t('flagged')}>
            <Icon of={Flag} size="xs" />
            <span className="sr">{t('flagged')}</span>
          </span>
        )}
      </span>
      <span className="small">
        <QualityBar score={one.quality} none={t('review.notReviewed')} />
      </span>
    </Link>
  )
}
