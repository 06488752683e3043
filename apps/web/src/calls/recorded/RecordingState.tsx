/** In place of the player: why there is nothing to hear, or not yet. */
import { call as ask } from '@earshot/client'
import { type CallRecording, retryCallRecording } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { readerLocale } from '../../ui/reader-locale.ts'
import { recordingQuery } from './queries.ts'

type Props = { conversationId: string; recording: CallRecording }

export function RecordingState({ conversationId, recording }: Props) {
  const { t } = useTranslation('recorded')
  const locale = readerLocale()
  const { state, reason, progress, removedAt } = recording
  if (state === 'ready') return null
  const date = removedAt ? new Date(removedAt).toLocaleDateString(locale) : ''
  return (
    <div className="recordedstate" role="status">
      <span className="t2">
        {t(`state.${state}`, { date })}
        {reason && <> {t(`reason.${reason}`)}</>}
      </span>
      {state === 'processing' && <progress max={100} value={progress} aria-label={t('state.processing')} />}
      {state === 'failed' && <Again conversationId={conversationId} callId={recording.callId} />}
    </div>
  )
}

function Again({ conversationId, callId }: { conversationId: string; callId: string }) {
  const { t } = useTranslation('recorded')
  const cache = useQueryClient()
  const may = useMay('supervisor')
  const again = useMutation({
    mutationFn: () => ask(retryCallRecording, { params: { id: conversationId }, query: { call: callId } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: recordingQuery(conversationId).queryKey.slice(0, 2) }),
  })
  if (!may) return null
  return (
    <>
      <Button size="sm" busy={again.isPending} onClick={() => again.mutate()}>
        {t('again')}
      </Button>
      {again.error && (
        <span className="small bad" role="alert">
          {problemText(again.error)}
        </span>
      )}
    </>
  )
}
