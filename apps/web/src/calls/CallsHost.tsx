/** Calls beside every screen: keeps what is held of them true, and shows what this page is on air with. */
import './texts.ts'
import '../styles/calls.css'
import { call as ask, newKey } from '@earshot/client'
import { type Call, getCall, releaseCall } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useLive } from '../app/live-feed.ts'
import { useSession } from '../app/session.ts'
import { setCallTotal } from '../app/title.ts'
import { toast } from '../ui/Toasts.tsx'
import { hearMoment } from './moments.ts'
import { agentOf } from './names.ts'
import { OnAirBar } from './OnAirBar.tsx'
import { callKeys, callQuery, callsQuery, hearCall, putCall } from './queries.ts'
import { followOnAir, leaveAir, type OnAir, onAir, speaks, stopSpeaking, useOnAir } from './sound/on-air.ts'
import { WrapUpHost } from './wrapup/WrapUpHost.tsx'

export default function CallsHost() {
  const cache = useQueryClient()
  useLive({ onEvent: (event) => hearCall(cache, event), onCall: hearMoment })
  const { data } = useQuery(callsQuery(cache))
  const count = data?.length ?? 0
  useEffect(() => setCallTotal(count), [count])
  const air = useOnAir()
  return (
    <>
      {air && <Followed air={air} />}
      <WrapUpHost />
    </>
  )
}

/** While this page is on air: one leaves the app only after a question, and hears what became of the call. */
function Followed({ air }: { air: OnAir }) {
  useTellOver()
  useStillMine(air)
  useAskBeforeLeaving(speaks(air))
  return <OnAirBar air={air} />
}

function useTellOver(): void {
  const { t } = useTranslation('calls')
  const cache = useQueryClient()
  useEffect(() => {
    const agentIn = (conversationId: string) => {
      const held = cache.getQueryData<Call | null>(callKeys.of(conversationId))
      return held ? agentOf(held, t) : t('theAgent')
    }
    return followOnAir({
      onOver(was, why) {
        const agent = agentIn(was.conversationId)
        if (why === 'ended') toast.done(t('over.ended', { name: was.name }))
        else if (why === 'lost' && was.role === 'listener') toast.failed(t('over.lostListening'))
        else if (why !== 'left') toast.failed(t(`over.${why}`, { agent }))
      },
      onMicrophoneLost() {
        const was = onAir()
        if (!was) return
        stopSpeaking()
        toast.failed(t('over.microphone', { agent: agentIn(was.conversationId) }))
        void giveBack(was.conversationId).then((call) => call && putCall(cache, call))
      },
    })
  }, [cache, t])
}

/** The hub does it by itself after three silent seconds; nobody should wait for that. */
async function giveBack(conversationId: string): Promise<Call | null> {
  const params = { id: conversationId }
  try {
    const { version } = await ask(getCall, { params })
    return (await ask(releaseCall, { params, body: { opId: newKey(), version } })).call
  } catch {
    return null
  }
}

/** Somebody ended it, or the floor went to somebody else: the microphone is let go at once. */
function useStillMine({ conversationId, callId, role }: OnAir): void {
  const { t } = useTranslation('calls')
  const { member } = useSession()
  const cache = useQueryClient()
  const { data: call } = useQuery(callQuery(cache, conversationId))
  const isOver = call !== undefined && (call === null || call.id !== callId || call.state === 'ended')
  const isMine = call?.holder?.id === member.id
  useEffect(() => {
    if (isOver) leaveAir('ended')
  }, [isOver])
  // The holder is told by the feed a moment after the command; only losing it counts.
  useEffect(() => {
    if (role === 'listener' || !isMine) return
    return () => {
      const held = cache.getQueryData<Call | null>(callKeys.of(conversationId))
      const now = onAir()
      if (!held || held.state === 'ended' || held.holder?.id === member.id || !speaks(now)) return
      if (now?.conversationId !== conversationId) return
      stopSpeaking()
      if (held.state !== 'transferred') toast.failed(t('over.taken'))
    }
  }, [role, isMine, cache, conversationId, member.id, t])
}

function useAskBeforeLeaving(isSpeaking: boolean): void {
  useEffect(() => {
    if (!isSpeaking) return
    const asked = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', asked)
    return () => window.removeEventListener('beforeunload', asked)
  }, [isSpeaking])
}
