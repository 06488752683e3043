/** The preset views and the saved ones, with their exact numbers. */
import type { View } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { countsQuery } from '../queries.ts'
import { type ConversationSearch, FILTER_NAMES } from '../search.ts'
import { useAddress, useListFilter } from '../use-address.ts'
import { addressOf } from '../views/address-of.ts'
import { ViewMenu } from '../views/ViewMenu.tsx'
import { viewCountsQuery, viewsQuery } from '../views.ts'

const VIEWS: readonly View[] = ['all', 'open', 'needs_human', 'unread', 'mine', 'transferred', 'closed', 'reviewed']

export function ViewTabs() {
  const { t } = useTranslation('conversations')
  const { kept, search } = useAddress()
  const { view } = useListFilter()
  const { data } = useQuery(countsQuery())
  const { data: saved = [] } = useQuery(viewsQuery)
  const { data: counts } = useQuery({ ...viewCountsQuery, enabled: saved.length > 0 })
  const nav = useRef<HTMLElement>(null)
  const opened = saved.find(({ id }) => id === search.savedView)
  const current = opened?.id ?? view
  useEffect(() => {
    nav.current?.querySelector(`[data-view="${current}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  // Leaving a saved view leaves its filters too; those put on by hand go with one from view to view.
  const rest = opened ? without(kept) : kept
  return (
    <>
      <nav className="pills grow" aria-label={t('views.label')} ref={nav}>
        {VIEWS.map((one) => (
          <Tab key={one} name={one} on={one === current} search={{ ...rest, view: one }}>
            {t(`views.${one}`)} <span className="c">{data?.views[one]?.toLocaleString()}</span>
          </Tab>
        ))}
        {saved.map((one) => (
          <Tab key={one.id} name={one.id} on={one.id === current} search={addressOf(one)}>
            <bdi>{one.name}</bdi> <span className="c">{counts?.[one.id]?.toLocaleString()}</span>
          </Tab>
        ))}
      </nav>
      {opened && <ViewMenu view={opened} />}
    </>
  )
}

function without(search: ConversationSearch): ConversationSearch {
  const dropped: string[] = [...FILTER_NAMES, 'q', 'sort', 'savedView']
  return Object.fromEntries(Object.entries(search).filter(([name]) => !dropped.includes(name)))
}

type TabProps = { name: string; on: boolean; search: ConversationSearch; children: ReactNode }

/** Keeps the conversation that is open. */
function Tab({ name, on, search, children }: TabProps) {
  const { id } = useAddress()
  const shared = { search, 'data-view': name, 'aria-current': on ? ('true' as const) : undefined }
  return id ? (
    <Link to="/conversations/$id" params={{ id }} {...shared}>
      {children}
    </Link>
  ) : (
    <Link to="/conversations" {...shared}>
      {children}
    </Link>
  )
}
