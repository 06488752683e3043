/** Which document answers in a trial: the one being edited, or an earlier version. */
import type { AgentConfig } from '@earshot/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { versionsQuery } from '../edit/queries.ts'
import type { AgentDraft } from '../edit/use-agent-draft.ts'

export type Asked = { config?: AgentConfig; version?: number }

/** `asked` goes into the request as it is. */
export function useWhich(agentId: string, draft: AgentDraft) {
  const { t } = useTranslation('trials')
  const [chosen, choose] = useState('now')
  const versions = useInfiniteQuery(versionsQuery(agentId)).data?.pages.flatMap(({ items }) => items) ?? []
  const now = draft.changed ? t('draft') : t('live', { version: draft.base.version })
  const options = [
    { value: 'now', label: now },
    ...versions
      .filter(({ version }) => draft.changed || version !== draft.base.version)
      .map(({ version }) => ({ value: String(version), label: t('version', { version }) })),
  ]
  const value = options.some((option) => option.value === chosen) ? chosen : 'now'
  const asked: Asked = value === 'now' ? { config: draft.config } : { version: Number(value) }
  const label = options.find((option) => option.value === value)?.label ?? now
  return { asked, value, choose, options, label }
}
