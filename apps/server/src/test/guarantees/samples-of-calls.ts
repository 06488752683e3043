/** Samples of running calls. */
import type { Make } from './maker.ts'
import { none, one, type Sample } from './sample.ts'

type Made = 'call' | 'takenCall' | 'ringingCall' | 'claimedCall'

const on =
  (made: Made, more: (make: Make) => object = () => ({})): Sample =>
  async (make) => {
    const { id, version } = await make[made]()
    return { ...one(id), body: { opId: crypto.randomUUID(), version, ...more(make) } }
  }

export const CALLS: Record<string, Sample> = {
  'calls.list': none,
  'conversations.getCall': async (make) => one((await make.call()).id),
  'conversations.listenToCall': on('call'),
  'conversations.takeOverCall': on('call'),
  'conversations.releaseCall': on('takenCall', (make) => ({ note: make.text('note') })),
  'conversations.transferCall': on('call', () => ({ to: '+4915112345678' })),
  'conversations.cancelTransfer': on('ringingCall'),
  'conversations.enqueueCall': on('call', (make) => ({ reason: make.text('reason') })),
  'conversations.answerCall': on('claimedCall'),
  'conversations.endCall': on('call'),
  'conversations.coachCall': on('call', (make) => ({ text: make.text('coaching') })),
  'conversations.pauseRecording': on('call', () => ({ on: false })),
}
