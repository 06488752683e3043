/** A call from this page to an agent, as a contact would make it: its sound, and how it stands. */
import { call as ask, newKey } from '@earshot/client'
import { type CallSound, MicrophoneError, type NoMicrophone, openCallSound, workletUrl } from '@earshot/client/sound'
import { type Call, sayOnTriedCall, tryCall } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { toast } from '../../ui/Toasts.tsx'
import { callQuery, putCall } from '../queries.ts'
import { openChosenMicrophone } from '../sound/microphones.ts'
import { leaveAir } from '../sound/on-air.ts'

export interface TriedCall {
  call: Call | null
  isOn: boolean
  isConnecting: boolean
  isCut: boolean
  isMuted: boolean
  isSaying: boolean
  hasSpoken: boolean
  problem: NoMicrophone | null
  begin: (channelId: string) => void
  mute: (on: boolean) => void
  hangUp: () => void
  say: (text: string) => Promise<void>
}

export function useTriedCall(): TriedCall {
  const { t } = useTranslation('callSetup')
  const cache = useQueryClient()
  const sound = useRef<CallSound>(undefined)
  const isGone = useRef(false)
  const [begun, setBegun] = useState<Call | null>(null)
  const [line, setLine] = useState<'off' | 'connecting' | 'live' | 'cut'>('off')
  const [isMuted, setMuted] = useState(false)
  const [problem, setProblem] = useState<NoMicrophone | null>(null)
  const { data } = useQuery({ ...callQuery(cache, begun?.conversationId ?? ''), enabled: begun !== null })
  const call = data?.id === begun?.id ? (data ?? begun) : begun
  const isOver = call?.state === 'ended'

  const stop = () => {
    sound.current?.close()
    sound.current = undefined
    setLine('off')
    setMuted(false)
  }
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
      sound.current?.close()
    }
  }, [])
  useEffect(() => {
    if (!isOver) return
    sound.current?.close()
    sound.current = undefined
    setLine('off')
  }, [isOver])

  const begin = async (channelId: string) => {
    if (line !== 'off') return
    setLine('connecting')
    setProblem(null)
    leaveAir()
    let microphone: MediaStream | undefined
    try {
      microphone = await openChosenMicrophone()
      const opened = await open(channelId, microphone, (state) => setLine(state))
      if (isGone.current) return opened.sound.close()
      sound.current = opened.sound
      setBegun(opened.call)
      putCall(cache, opened.call)
    } catch (error) {
      for (const track of microphone?.getTracks() ?? []) track.stop()
      setLine('off')
      if (error instanceof MicrophoneError) setProblem(error.why)
      else if (error instanceof DOMException) toast.failed(t('call.failed'))
      else tellProblem(error)
    }
  }
  const { say, isSaying } = useSay(call, sound)
  return {
    call,
    isOn: line !== 'off' && line !== 'connecting',
    isConnecting: line === 'connecting',
    isCut: line === 'cut',
    isMuted,
    isSaying,
    hasSpoken: call?.answeredAt != null,
    problem,
    begin: (channelId) => void begin(channelId),
    mute(on) {
      sound.current?.mute(on)
      setMuted(on)
    },
    hangUp: stop,
    say,
  }
}

/** First the sound goes into the call; the words follow when it has been heard. */
function useSay(call: Call | null, sound: RefObject<CallSound | undefined>) {
  const { t } = useTranslation('callSetup')
  const [isSaying, setSaying] = useState(false)
  const say = async (text: string) => {
    if (!call || isSaying) return
    setSaying(true)
    const params = { id: call.id }
    try {
      const { sound: clip } = await ask(sayOnTriedCall, { params, body: { text, part: 'sound' } })
      const bytes = clip === null ? null : Uint8Array.from(atob(clip), (c) => c.charCodeAt(0))
      const ms = bytes ? (sound.current?.sayInstead(bytes) ?? 0) : 0
      if (!bytes) toast.failed(t('call.noVoice'))
      await new Promise((resolve) => setTimeout(resolve, ms))
      await ask(sayOnTriedCall, { params, body: { text, part: 'words' } })
    } catch (error) {
      tellProblem(error)
    } finally {
      setSaying(false)
    }
  }
  return { say, isSaying }
}

type Opened = { call: Call; sound: CallSound }

async function open(
  channelId: string,
  microphone: MediaStream,
  onLine: (state: 'off' | 'live' | 'cut') => void,
): Promise<Opened> {
  const body = { key: newKey(), channelId }
  const { call, ticket } = await ask(tryCall, { body })
  let first = ticket?.mediaUrl ?? null
  const sound = await openCallSound(
    {
      workletUrl,
      url: async () => {
        // The caller's ticket is good for as long as the call is; again it tells whether that is still so.
        const url = first ?? (await ask(tryCall, { body })).ticket?.mediaUrl
        first = null
        if (!url) throw new Error('the call is over')
        return url
      },
      onState: (state) => onLine(state === 'over' ? 'off' : state === 'cut' ? 'cut' : 'live'),
    },
    microphone,
  )
  return { call, sound }
}
