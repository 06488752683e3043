/** The open call: head, levels, transcript, actions, and beside it what is known. */
import type { Call, Conversation } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import WifiOff from 'lucide-react/icons/wifi-off'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFollow } from '../app/live-feed.ts'
import { liveStatus } from '../app/live-status.ts'
import { codeOf, problemText } from '../app/problem.ts'
import { useShortcuts } from '../app/shortcuts.ts'
import { useStore } from '../app/store.ts'
import { useTitle } from '../app/title.ts'
import { conversationQuery } from '../conversations/queries.ts'
import { type Reading, ReadingPlace } from '../conversations/thread/reading.tsx'
import { ThreadSkeleton } from '../conversations/thread/ThreadSkeleton.tsx'
import { Button } from '../ui/Button.tsx'
import { Banner, EmptyState } from '../ui/States.tsx'
import { CallActions } from './actions/CallActions.tsx'
import { CallHead } from './CallHead.tsx'
import { Ended } from './Ended.tsx'
import { Lanes } from './Lanes.tsx'
import { callerName } from './names.ts'
import { CallPanel } from './panel/CallPanel.tsx'
import { callQuery } from './queries.ts'
import { Heard } from './recorded/Heard.tsx'
import { useOnAir } from './sound/on-air.ts'
import { CallTranscript } from './transcript/CallTranscript.tsx'
import { wrapUpsQuery } from './wrapup/queries.ts'
import { WrapUpPanel } from './wrapup/WrapUpPanel.tsx'

export function OpenCall({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('calls')
  const cache = useQueryClient()
  const call = useQuery(callQuery(cache, conversationId))
  const conversation = useQuery(conversationQuery(cache, conversationId))
  useFollow([conversationId])
  const failed = call.error ?? conversation.error
  if (call.data && conversation.data) return <Opened call={call.data} conversation={conversation.data} />
  if (call.data === null || codeOf(failed) === 'conversation.not_found') return <Gone />
  if (failed) {
    return (
      <section className="tcol callnone" aria-label={t('title')} role="alert">
        <EmptyState
          art="search"
          title={problemText(failed)}
          actions={
            <Button
              onClick={() => {
                void call.refetch()
                void conversation.refetch()
              }}
            >
              {t('retry')}
            </Button>
          }
        />
      </section>
    )
  }
  return (
    <section className="tcol" aria-label={t('title')}>
      <ThreadSkeleton />
    </section>
  )
}

function Opened({ call, conversation }: { call: Call; conversation: Conversation }) {
  const { t } = useTranslation('calls')
  const [details, setDetails] = useState(false)
  const [at, setAt] = useState<number>()
  const reading: Reading = { at, goTo: setAt, leavePlace: () => setAt(undefined) }
  const name = conversation.contact.name ?? callerName(call, t)
  const navigate = useNavigate()
  useTitle(name)
  useShortcuts([{ keys: 'Esc', group: 'move', label: t('back'), run: () => void navigate({ to: '/calls' }) }])
  return (
    <ReadingPlace value={reading}>
      <section className="tcol" aria-label={t('callWith', { name })}>
        <CallHead
          call={call}
          conversation={conversation}
          showsDetails={details}
          onDetails={() => setDetails(!details)}
        />
        <Trouble call={call} />
        {call.state === 'ended' ? <Heard conversation={conversation} callId={call.id} /> : <Lanes call={call} />}
        <CallTranscript call={call} conversation={conversation} />
        {call.state === 'ended' ? <Ended call={call} /> : <CallActions call={call} />}
      </section>
      <Beside call={call} conversation={conversation} isOpen={details} />
    </ReadingPlace>
  )
}

/** Who spoke on it wraps it up first. */
function Beside(props: { call: Call; conversation: Conversation; isOpen: boolean }) {
  const { call, conversation } = props
  const { data: open = [] } = useQuery({ ...wrapUpsQuery, enabled: call.state === 'ended' })
  if (call.state === 'ended' && open.some(({ callId }) => callId === call.id))
    return <WrapUpPanel call={call} conversation={conversation} waiting={open.length} />
  return <CallPanel {...props} />
}

/** The screen's own line, or the sound's, is cut. */
function Trouble({ call }: { call: Call }) {
  const { t } = useTranslation('calls')
  const { state } = useStore(liveStatus)
  const air = useOnAir()
  const cut = air?.conversationId === call.conversationId && air.line === 'cut'
  if (cut)
    return (
      <Banner tone="warn" busy>
        {t(air.role === 'listener' ? 'soundCutListen' : 'soundCut')}
      </Banner>
    )
  if (state !== 'reconnecting' && state !== 'offline') return null
  return (
    <Banner tone="warn" icon={WifiOff}>
      {t('reconnecting')}
    </Banner>
  )
}

function Gone() {
  const { t } = useTranslation('calls')
  const navigate = useNavigate()
  return (
    <section className="tcol callnone" aria-label={t('gone.title')}>
      <EmptyState
        art="search"
        title={t('gone.title')}
        text={t('gone.text')}
        actions={<Button onClick={() => void navigate({ to: '/calls' })}>{t('gone.back')}</Button>}
      />
    </section>
  )
}
