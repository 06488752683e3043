/** HTTP edge of recordings. */
import * as api from '@earshot/contracts'
import type { Bind } from '../../platform/bind.ts'
import { transact } from '../../platform/context.ts'
import { writeAudit } from '../../team/index.ts'
import { accessSlice, accessSound, getRecording, readOutline, retry } from './read-recording.ts'
import { sendSlice, sendSound } from './send-sound.ts'

export function recordingRoutes(bind: Bind): void {
  bind(api.getCallRecording, (ctx, { params, query }) => getRecording(ctx, params.id, query.call))
  bind(api.streamCallRecording, async (ctx, { params, query, request, reply }) =>
    sendSound(ctx, { request, reply }, await accessSound(ctx, params.id, 'mp3', query.call), 'mp3'),
  )
  bind(api.downloadCallRecording, async (ctx, { params, query, request, reply }) => {
    const { format } = query
    const sound = await accessSound(ctx, params.id, format, query.call)
    await transact(ctx, (tx) =>
      writeAudit(tx, ctx, 'call_recording.downloaded', params.id, { call: sound.callId, format }),
    )
    return sendSound(ctx, { request, reply }, sound, format)
  })
  bind(api.getRecordingPeaks, (ctx, { params, query }) => readOutline(ctx, params.id, query.columns, query.call))
  bind(api.streamEntryAudio, async (ctx, { params, request, reply }) => {
    const { position } = params
    return sendSlice(ctx, { request, reply }, { ...(await accessSlice(ctx, params.id, position)), position })
  })
  bind(api.retryCallRecording, (ctx, { params, query }) => retry(ctx, params.id, query.call))
}
