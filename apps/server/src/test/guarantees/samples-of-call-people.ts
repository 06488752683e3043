/** Samples of first calls, and of what is left to do after one. */
import { none, one, type Sample } from './sample.ts'

export const CALL_PEOPLE: Record<string, Sample> = {
  'calls.getMedia': none,
  'calls.try': async (make) => {
    make.withCalls()
    return { body: { key: crypto.randomUUID(), channelId: await make.channel() } }
  },
  'calls.sayOnTried': async (make) => ({
    ...one(await make.triedCall(await make.channel())),
    body: { text: make.text('line'), part: 'words' },
  }),
  'calls.listWrapUps': none,
  'calls.putWrapUp': async (make) => ({
    ...one(await make.spokenCall()),
    body: { state: 'saved', note: make.text('note'), promises: [{ text: make.text('promise'), done: true }] },
  }),
}
