/** Everything the rubric, the flags and the summaries are built on, gathered once from a reading. */

import { EMPTY_LIVE_STATE } from './analyzer.ts'
import type { Extracted, Outcome, Sentiment } from './contract.ts'
import { observe } from './memory/observe.ts'
import { outcomeOf } from './outcome.ts'
import type { Reading } from './reading.ts'
import { sentimentOf } from './sentiment.ts'
import { type Ask, findAsks, unansweredAsks } from './signals/asks.ts'
import { type Claim, findClaims } from './signals/claims.ts'
import { type Dissatisfaction, dissatisfactionOf } from './signals/dissatisfaction.ts'
import type { SnapshotEntry } from './snapshot.ts'

export type Facts = {
  reading: Reading
  asks: Ask[]
  unanswered: Ask[]
  claims: Claim[]
  extracted: Extracted[]
  /** Every value ever given, for finding what was asked again. */
  given: { key: string; position: number }[]
  sentiment: Sentiment
  dissatisfaction: Dissatisfaction[]
  outcome: Outcome
}

export const gatherFacts = (reading: Reading): Facts => {
  const asks = findAsks(reading)
  const claims = findClaims(reading)
  const { extracted, given } = recall(reading)
  return {
    reading,
    asks,
    unanswered: unansweredAsks(asks),
    claims,
    extracted,
    given,
    sentiment: sentimentOf(reading),
    dissatisfaction: dissatisfactionOf(reading),
    outcome: outcomeOf(reading, asks, claims),
  }
}

/** The same steps the live server takes, folded over the whole log: live memory and reviewed memory cannot differ. */
const recall = (reading: Reading): Pick<Facts, 'extracted' | 'given'> => {
  const phonePrefix = reading.options.taxonomy?.phonePrefix ?? null
  let state = { ...EMPTY_LIVE_STATE, language: reading.language, phonePrefix }
  const given: Facts['given'] = []
  const entries: SnapshotEntry[] = [...reading.snapshot.entries].sort((a, b) => a.position - b.position)
  for (const entry of entries) {
    const delta = observe(entry, state)
    state = { ...delta.state, phonePrefix }
    for (const { key, evidence } of delta.memory) given.push({ key, position: evidence[0]?.position ?? entry.position })
  }
  return { extracted: Object.values(state.memory), given }
}
