/** Canned replies while a slash is typed: searched, filled, put where the slash stood. */
import type { CannedReply, Conversation } from '@earshot/contracts'
import { fillVariables } from '@earshot/contracts/reply-variables'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { repliesQuery } from './queries.ts'
import { SuggestionList } from './SuggestionList.tsx'
import { ranked } from './typed-mark.ts'
import { useReplyValues } from './use-values.ts'

type Props = {
  conversation: Conversation
  field: RefObject<HTMLTextAreaElement | null>
  query: string
  onPick: (text: string) => void
  onClose: () => void
}

const MOST = 30

export function CannedReplies({ conversation, field, query, onPick, onClose }: Props) {
  const { t } = useTranslation('replies')
  const { data = [] } = useQuery(repliesQuery)
  const values = useReplyValues(conversation)
  const found = ranked<CannedReply>(data, query, ({ shortcut, title, body }) => [shortcut, title, body]).slice(0, MOST)
  if (found.length === 0) return null
  return (
    <SuggestionList
      field={field}
      label={t('slash.label')}
      status={t('slash.found', { count: found.length })}
      items={found}
      keyOf={({ id }) => id}
      onPick={({ body }) => onPick(fillVariables(body, values).text)}
      onClose={onClose}
      draw={({ shortcut, title, body }) => (
        <>
          <span className="row g3">
            <span className="mono small">/{shortcut}</span>
            <span className="strong tr grow" dir="auto">
              {title}
            </span>
          </span>
          <span className="small t3 tr" dir="auto">
            {fillVariables(body, values).text}
          </span>
        </>
      )}
      foot={
        <Link className="small link pad" to="/settings/replies">
          {t('slash.manage')}
        </Link>
      }
    />
  )
}
