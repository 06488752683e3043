/** Where what passes by of calls goes: loudness to the drawings, unfinished words to the transcript. */
import type { CallMoment } from '@earshot/contracts'
import { tracksOf } from './levels.ts'
import { hearPartial } from './partials.ts'

export function hearMoment(moment: CallMoment): void {
  if (moment.t === 'partial') hearPartial(moment)
  else tracksOf(moment.conversationId).hear(moment, Date.now())
}
