/** Taking a call: the microphone first, then the claim, then the sound. Who has no microphone has claimed nothing. */
import './texts.ts'
import { ApiError, call as ask, newKey } from '@earshot/client'
import { MicrophoneError, type NoMicrophone } from '@earshot/client/sound'
import { acceptOffer, answerCall, type Call, claimConversation, getCall } from '@earshot/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { keys } from '../../conversations/keys.ts'
import { queueKeys } from '../../inbox/queue-cache.ts'
import { toast } from '../../ui/Toasts.tsx'
import { clockStart } from '../names.ts'
import { putCall } from '../queries.ts'
import { openChosenMicrophone } from '../sound/microphones.ts'
import { goOnAir } from '../sound/on-air.ts'

/** How it becomes mine: an offer is accepted, one that waits is claimed, one that I have already needs neither. */
export type Taking = 'accept' | 'claim' | 'have'
export type AnswerState = 'idle' | 'microphone' | 'connecting'

export interface Answering {
  state: AnswerState
  problem: NoMicrophone | null
  answer: (by: 'browser' | 'phone', taking: Taking) => void
}

export function useAnswer(conversationId: string, name: string): Answering {
  const { t } = useTranslation('incoming')
  const cache = useQueryClient()
  const navigate = useNavigate()
  const [state, setState] = useState<AnswerState>('idle')
  const [problem, setProblem] = useState<NoMicrophone | null>(null)
  const params = { id: conversationId }

  const open = async () => {
    setState('microphone')
    try {
      return await openChosenMicrophone()
    } catch (error) {
      setProblem(error instanceof MicrophoneError ? error.why : 'missing')
      return null
    }
  }
  const take = async (by: 'browser' | 'phone', taking: Taking, microphone: MediaStream | undefined) => {
    setState('connecting')
    if (taking === 'accept') await ask(acceptOffer, { params, body: {} })
    else if (taking === 'claim') await ask(claimConversation, { params, body: {} })
    void cache.invalidateQueries({ queryKey: queueKeys.mine })
    const { call, ticket } = await answerNow(conversationId, by)
    putCall(cache, call)
    if (taking !== 'have')
      void navigate({ to: '/inbox/$id', params: { id: conversationId }, search: { queue: 'mine' } })
    if (by === 'phone') return toast.done(t('rings', { name }))
    if (!ticket) return
    try {
      await goOnAir({ call, ticket, name, since: call.answeredAt ? clockStart(call) : call.startedAt, microphone })
      toast.done(t('accepted', { name }))
    } catch {
      toast.failed(t('soundFailed'))
    }
  }
  const answer = async (by: 'browser' | 'phone', taking: Taking) => {
    if (state !== 'idle') return
    setProblem(null)
    const microphone = by === 'browser' ? await open() : undefined
    if (microphone === null) return setState('idle')
    try {
      await take(by, taking, microphone)
    } catch (error) {
      for (const track of microphone?.getTracks() ?? []) track.stop()
      void cache.invalidateQueries({ queryKey: keys.one(conversationId) })
      void cache.invalidateQueries({ queryKey: queueKeys.items })
      void cache.invalidateQueries({ queryKey: queueKeys.mine })
      tellProblem(error)
    } finally {
      setState('idle')
    }
  }
  return { state, problem, answer: (by, taking) => void answer(by, taking) }
}

const TRIES = 3

/** The claim itself changes the call a moment later: what was overtaken by that is asked again. */
async function answerNow(conversationId: string, by: 'browser' | 'phone') {
  const params = { id: conversationId }
  for (let left = TRIES; ; left--) {
    const { version }: Call = await ask(getCall, { params })
    try {
      return await ask(answerCall, { params, body: { opId: newKey(), version, by } })
    } catch (error) {
      if (left === 0 || !(error instanceof ApiError) || error.code !== 'call.changed') throw error
    }
  }
}
