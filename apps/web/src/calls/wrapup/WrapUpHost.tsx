/** Beside every screen: when a call I spoke on is over, offers stop for a moment and its wrap-up is at hand. */
import './texts.ts'
import { call as ask } from '@earshot/client'
import { type Call, getCall } from '@earshot/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from '../../ui/Toasts.tsx'
import { type OnAir, speaks, useOnAir } from '../sound/on-air.ts'
import { beginAfterCall } from './after-call.ts'
import { wrapUpKey } from './queries.ts'

export function WrapUpHost() {
  const { t } = useTranslation('wrapUp')
  const cache = useQueryClient()
  const navigate = useNavigate()
  const air = useOnAir()
  const last = useRef<OnAir | null>(null)
  const isSpeaking = speaks(air)
  if (air && isSpeaking) last.current = air
  useEffect(() => {
    const was = last.current
    if (isSpeaking || !was) return
    last.current = null
    void hasEnded(was).then((ended) => {
      if (!ended) return
      void beginAfterCall(cache)
      void cache.invalidateQueries({ queryKey: wrapUpKey })
      const open = () => void navigate({ to: '/calls/$conversationId', params: { conversationId: was.conversationId } })
      if (location.pathname.includes(was.conversationId)) open()
      else toast.done(t('toast', { name: was.name }), { action: { label: t('open'), run: open } })
    })
  }, [isSpeaking, cache, navigate, t])
  return null
}

/** Handed back, or put into the queue again, it goes on without me. */
async function hasEnded({ conversationId, callId }: OnAir): Promise<boolean> {
  for (let left = 10; left > 0; left--) {
    const call: Call | null = await ask(getCall, { params: { id: conversationId } }).catch(() => null)
    if (!call || call.id !== callId) return false
    if (call.state === 'ended') return true
    if (call.state !== 'human') return false
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  return false
}
