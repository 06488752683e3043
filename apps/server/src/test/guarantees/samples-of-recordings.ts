/** Samples of recordings of calls. */
import type { Make } from './maker.ts'
import { one, type Sample } from './sample.ts'

const onRecorded = async (make: Make) => one((await make.recordedCall()).id)

export const RECORDINGS: Record<string, Sample> = {
  'conversations.getCallRecording': onRecorded,
  'conversations.streamCallRecording': onRecorded,
  'conversations.downloadCallRecording': async (make) => ({
    ...(await onRecorded(make)),
    query: { format: 'original' },
  }),
  'conversations.getRecordingPeaks': async (make) => ({ ...(await onRecorded(make)), query: { columns: '20' } }),
  'conversations.streamEntryAudio': async (make) => ({ params: { ...(await make.recordedCall()) } }),
  'conversations.retryCallRecording': onRecorded,
}
