/** What of a conversation can be heard: the recording of its call, its voice messages, or that it is words only. */
import type { Conversation } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { loadLate } from '../../app/load-late.ts'
import { AudioPlayer } from '../../audio/AudioPlayer.tsx'
import { audioQuery } from '../../audio/queries.ts'
import { recordingQuery } from './queries.ts'

const RecordedCall = lazy(() => loadLate(() => import('./RecordedCall.tsx').then((m) => ({ default: m.RecordedCall }))))

type Props = {
  conversation: Pick<Conversation, 'id' | 'hasAudio' | 'channel' | 'agent'>
  /** It is known to have one. */
  callId?: string
}

export function Heard({ conversation, callId }: Props) {
  const { id, hasAudio, channel, agent } = conversation
  const [chosen, choose] = useState(callId)
  const mayHaveCall = callId !== undefined || hasAudio || channel.kind === 'voip'
  const { data: recording, isPending } = useQuery({ ...recordingQuery(id, chosen), enabled: mayHaveCall })
  const { data: messages } = useQuery({ ...audioQuery(id), enabled: hasAudio })
  if (mayHaveCall && isPending) return <div className="player quiet" aria-busy="true" />
  if (!recording) return <AudioPlayer conversationId={id} hasAudio={hasAudio} />
  return (
    <>
      <Suspense fallback={<div className="player quiet" aria-busy="true" />}>
        <RecordedCall {...{ recording, conversationId: id, agent: agent?.name ?? '', onChoose: choose }} />
      </Suspense>
      {messages && messages.length > 0 && <AudioPlayer conversationId={id} hasAudio />}
    </>
  )
}
