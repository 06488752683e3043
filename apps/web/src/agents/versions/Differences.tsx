/** What differs between two versions, field by field: what stood there struck out, what stands there now beside it. */
import type { AgentDifference, JsonValue } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { differencesQuery } from '../edit/queries.ts'
import { pathName } from './names.ts'

export function Differences({ agentId, from, to }: { agentId: string; from: number; to: number }) {
  const { t } = useTranslation('agents')
  const compared = useQuery(differencesQuery(agentId, from, to))
  return (
    <Loaded query={compared}>
      {({ differences }) =>
        differences.length === 0 ? (
          <p className="small">{t('version.same')}</p>
        ) : (
          <dl className="differences">
            {differences.map((difference) => (
              <Difference key={difference.path.join('/') + difference.kind} difference={difference} />
            ))}
          </dl>
        )
      }
    </Loaded>
  )
}

function Difference({ difference: { path, before, after, kind } }: { difference: AgentDifference }) {
  const { t } = useTranslation('agents')
  const show = (value: JsonValue | null) => shown(value, { yes: t('yes'), no: t('no') })
  return (
    <div>
      <dt className="small strong">{pathName(t, path)}</dt>
      <dd className="small" dir="auto">
        {kind !== 'added' && (
          <del>
            <span className="sr">{t('version.was')}</span>
            {show(before)}
          </del>
        )}
        {kind !== 'removed' && (
          <ins>
            <span className="sr">{t('version.is')}</span>
            {show(after)}
          </ins>
        )}
      </dd>
    </div>
  )
}

function shown(value: JsonValue | null, words: { yes: string; no: string }): string {
  if (value === null || value === '') return '–'
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ') || '–'
  if (typeof value === 'object') {
    const named = Array.isArray(value) ? null : (value.name ?? value.trigger ?? value.key)
    return typeof named === 'string' ? named : JSON.stringify(value, null, 1)
  }
  return String(value)
}
