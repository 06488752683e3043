/** The preset views with their exact numbers. */
import type { View } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { countsQuery } from '../queries.ts'
import { useAddress, useListFilter } from '../use-address.ts'

const VIEWS: readonly View[] = ['all', 'open', 'needs_human', 'unread', 'mine', 'transferred', 'closed', 'reviewed']

export function ViewTabs() {
  const { t } = useTranslation('conversations')
  const { kept, id } = useAddress()
  const { view } = useListFilter()
  const { data } = useQuery(countsQuery())
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    nav.current?.querySelector(`[data-view=${view}]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [view])
  return (
    <nav className="pills grow" aria-label={t('views.label')} ref={nav}>
      {VIEWS.map((one) => {
        const shared = {
          search: { ...kept, view: one },
          'data-view': one,
          'aria-current': one === view ? ('true' as const) : undefined,
        }
        const content = (
          <>
            {t(`views.${one}`)} <span className="c">{data?.views[one]?.toLocaleString()}</span>
          </>
        )
        return id ? (
          <Link key={one} to="/conversations/$id" params={{ id }} {...shared}>
            {content}
          </Link>
        ) : (
          <Link key={one} to="/conversations" {...shared}>
            {content}
          </Link>
        )
      })}
    </nav>
  )
}
