/** The invariants of a call (voice.md §4.1) as far as its row says; a broken one is a defect of ours, and is refused before it is stored. */
import { hereIn, type Model } from './model.ts'

const FLOOR_OF: Record<Model['state'], Model['floor'][]> = {
  ringing: ['hold'],
  ai: ['ai'],
  // Until the holder's socket has come, the agent goes on speaking.
  takeover: ['supervisor', 'ai'],
  transferring: ['hold'],
  transferred: ['external'],
  queued: ['hold'],
  human: ['human'],
  ended: ['hold'],
}

/** Names of the rules that this state of a call breaks. */
export function brokenRules(model: Model): string[] {
  const { state, floor, floorLeg, holderId, lease, returnTo, transfer, queueSince, endedAt, endReason } = model
  const broken: string[] = []
  const must = (holds: boolean, rule: string) => {
    if (!holds) broken.push(rule)
  }
  must(FLOOR_OF[state].includes(floor), 'the floor belongs to the state')
  const speaker = floorLeg === null ? undefined : model.legs.find(({ id }) => id === floorLeg)
  must((floorLeg !== null) === ['supervisor', 'human', 'external'].includes(floor), 'who speaks by a leg is named')
  must(floorLeg === null || speaker?.role === floor, 'a leg speaks in its own role: a listener never')
  must((state === 'takeover') === (lease !== null), 'one lease, while somebody has taken over')
  must((holderId !== null) === ['takeover', 'human'].includes(state), 'a holder where a person speaks')
  must(state !== 'takeover' || floor === 'ai' || speaker?.memberId === holderId, 'the holder speaks')
  must(state !== 'takeover' || returnTo !== null, 'a taken call goes back to somebody')
  must(state !== 'transferring' || (transfer?.state === 'ringing' && returnTo !== null), 'a transfer falls back')
  must(transfer?.state !== 'ringing' || state === 'transferring', 'nobody rings when nothing is transferred')
  must((state === 'queued') === (queueSince !== null), 'who waits has waited since')
  must((state === 'ended') === (endedAt !== null), 'ended is ended')
  must((endedAt === null) === (endReason === null), 'an end has a reason')
  must(state !== 'queued' || hereIn(model, 'ai', 'listener', 'supervisor').length === 0, 'nobody else hears who waits')
  must(state !== 'human' || hereIn(model, 'ai', 'listener').length === 0, 'nobody else hears who speaks with a person')
  return broken
}
