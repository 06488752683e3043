/** People of the workspace while an @ is typed in a note: whoever is picked is told. */
import { useQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { membersQuery } from '../conversations/members.ts'
import { OperatorAvatar } from '../ui/Avatar.tsx'
import { SuggestionList } from './SuggestionList.tsx'
import { ranked } from './typed-mark.ts'

type Props = {
  field: RefObject<HTMLTextAreaElement | null>
  query: string
  onPick: (text: string) => void
  onClose: () => void
}

const MOST = 12

export function Mentions({ field, query, onPick, onClose }: Props) {
  const { t } = useTranslation('replies')
  const { data = [] } = useQuery(membersQuery)
  const found = ranked(data, query, ({ name }) => [name]).slice(0, MOST)
  if (found.length === 0) return null
  return (
    <SuggestionList
      field={field}
      label={t('mention.label')}
      status={t('mention.found', { count: found.length })}
      items={found}
      keyOf={({ id }) => id}
      onPick={({ name }) => onPick(`@${name} `)}
      onClose={onClose}
      draw={({ name }) => (
        <span className="row g3">
          <OperatorAvatar name={name} size="sm" />
          <span className="tr" dir="auto">
            {name}
          </span>
        </span>
      )}
    />
  )
}
