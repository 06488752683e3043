/** Live calls: the list, the open call, and what is known of it. */
import './texts.ts'
import '../styles/calls.css'
import { CALLS_SHOWN } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../app/Loaded.tsx'
import { useFollow } from '../app/live-feed.ts'
import { useTitle } from '../app/title.ts'
import { useMediaQuery } from '../conversations/use-media-query.ts'
import { EmptyState } from '../ui/States.tsx'
import { CallList } from './CallList.tsx'
import { FirstCall } from './FirstCall.tsx'
import { OpenCall } from './OpenCall.tsx'
import { callsQuery } from './queries.ts'

/** How loud it is on each call of the list. */
const SHOWN = [CALLS_SHOWN]

export function CallsScreen() {
  const { t } = useTranslation('calls')
  const cache = useQueryClient()
  const { conversationId } = useParams({ strict: false })
  const calls = useQuery(callsQuery(cache))
  const wide = useMediaQuery('(min-width: 721px)')
  useTitle(t('title'))
  useFollow(SHOWN)
  return (
    <Loaded query={calls} rows={4}>
      {(all) => {
        if (all.length === 0 && !conversationId) return <Nothing />
        // On a desk the longest call is open already: nobody has to choose where there is one.
        const shown = conversationId ?? (wide ? all.find(({ state }) => state !== 'queued')?.conversationId : undefined)
        return (
          <div className="call" data-pane={conversationId ? 'thread' : 'list'}>
            <CallList calls={all} openId={shown} />
            {shown ? <OpenCall conversationId={shown} key={shown} /> : <Choose />}
          </div>
        )
      }}
    </Loaded>
  )
}

function Nothing() {
  const { t } = useTranslation('calls')
  return (
    <div className="grow callnone">
      <h1 className="sr">{t('title')}</h1>
      <EmptyState art="wave" title={t('empty.title')} text={t('empty.text')} actions={<FirstCall />} />
    </div>
  )
}

function Choose() {
  const { t } = useTranslation('calls')
  return (
    <section className="tcol callnone" aria-label={t('empty.select')}>
      <EmptyState art="wave" title={t('empty.select')} text={t('empty.selectText')} />
    </section>
  )
}
