/** How it ended and how far the help is proven, by the tests of the model in their order. Closing phrases prove nothing. */
import type { Estimated, Evidence, Outcome, Resolution } from './contract.ts'
import type { Call, Reading } from './reading.ts'
import type { Ask } from './signals/asks.ts'
import { awaitsReply } from './signals/awaiting.ts'
import type { Claim } from './signals/claims.ts'
import { confirms, denies, refuses } from './signals/contact-says.ts'
import { isHandoffCall, isWrite, nameWords, worked } from './signals/functions.ts'

export const outcomeOf = (reading: Reading, asks: Ask[], claims: Claim[]): Outcome => {
  const { end, reason } = endOf(reading)
  const resolution = resolutionOf(reading, asks, claims, end)
  return {
    end,
    reason,
    resolution,
    resolvedBy: ['claimed', 'executed', 'confirmed', 'verified'].includes(resolution.value ?? '')
      ? reading.judged
      : null,
    transferred: transferredOf(reading),
    converted: convertedOf(reading),
  }
}

const FAILED = /error|fail|not_connected|unreachable|crash/i

const endOf = (reading: Reading): Pick<Outcome, 'end' | 'reason'> => {
  const { snapshot } = reading
  const happened = (kind: string) => snapshot.events.some((event) => event.kind === kind)
  if (snapshot.status === 'active') return { end: 'ongoing', reason: null }
  if (happened('failed') || FAILED.test(snapshot.endReason ?? '')) return { end: 'failed', reason: 'error' }
  if (happened('external_transfer')) return { end: 'transferred', reason: 'external_transfer' }
  if (happened('handoff_accepted')) return { end: 'transferred', reason: 'human_handoff' }
  if (happened('handoff_requested') && !happened('handoff_declined')) return { end: 'abandoned', reason: 'queue' }
  const midFunction = reading.calls.at(-1)?.status === 'running'
  if (awaitsReply(reading) || midFunction) return { end: 'abandoned', reason: 'agent' }
  return { end: 'completed', reason: null }
}

const at = (position: number, note?: string): Evidence => (note ? { position, note } : { position })
const settled = (value: Resolution, by: Estimated<Resolution>['by'], confidence: number, evidence: Evidence[]) => ({
  value,
  by,
  confidence,
  evidence,
})

const resolutionOf = (reading: Reading, asks: Ask[], claims: Claim[], end: Outcome['end']): Estimated<Resolution> => {
  const { snapshot } = reading
  if (snapshot.cameBack) return settled('revoked', 'event', 0.9, [])
  if (snapshot.verifiedBy) return settled('verified', snapshot.verifiedBy === 'operator' ? 'human' : 'event', 0.95, [])
  if (snapshot.rating && snapshot.rating.stars >= 4) return settled('verified', 'event', 0.85, [])

  const bad = badNews(reading, asks, claims, end)
  const good = goodNews(reading, claims)
  if (good && (!bad || good.position > bad.position)) return good.estimate
  if (bad) return settled('not_resolved', bad.by, 0.7, [at(bad.position)])
  return settled('unknown', 'rule', 0.5, [])
}

/** The latest sign that help was given; a customer's word beats a call, a call beats an agent's word. */
const goodNews = (reading: Reading, claims: Claim[]): { position: number; estimate: Estimated<Resolution> } | null => {
  const firstAnswer = reading.answers[0]?.position ?? Number.POSITIVE_INFINITY
  const confirmed = reading.contact.findLast(({ position, text }) => position > firstAnswer && confirms(text))
  if (confirmed)
    return { position: confirmed.position, estimate: settled('confirmed', 'rule', 0.7, [at(confirmed.position)]) }
  const done = reading.calls.findLast(
    (call) =>
      (isWrite(call) || claims.some((claim) => claim.backing === 'backed' && claim.call?.position === call.position)) &&
      worked(call) &&
      reading.answers.some((answer) => answer.position > call.position),
  )
  if (done) {
    const claim = claims.findLast(({ call }) => call?.position === done.position)
    const evidence = [at(done.position, done.name), ...(claim ? [at(claim.message.position)] : [])]
    return {
      position: Math.max(done.position, claim?.message.position ?? 0),
      estimate: settled('executed', 'event', 0.8, evidence),
    }
  }
  const claim = claims.findLast(({ backing }) => backing !== 'contradicted')
  if (claim)
    return { position: claim.message.position, estimate: settled('claimed', 'rule', 0.6, [at(claim.message.position)]) }
  return null
}

const badNews = (reading: Reading, asks: Ask[], claims: Claim[], end: Outcome['end']) => {
  const denied = reading.contact.findLast(
    ({ text, position }) => denies(text) && position > (reading.answers[0]?.position ?? 0),
  )
  const lastAsk = asks.findLast(({ fate }) => fate !== 'open')
  const failedAsk = lastAsk && lastAsk.fate !== 'answered' ? lastAsk : null
  const contradicted = claims.findLast(({ backing }) => backing === 'contradicted')
  const brokenCall = reading.calls.findLast((call) => isWrite(call) && call.failed)
  const signs = [
    denied && { position: denied.position, by: 'rule' as const },
    failedAsk && { position: failedAsk.reply?.position ?? failedAsk.message.position, by: 'rule' as const },
    contradicted && { position: contradicted.message.position, by: 'event' as const },
    brokenCall && { position: brokenCall.position, by: 'event' as const },
    (end === 'failed' || end === 'abandoned') &&
      reading.lastPosition > 0 && {
        position: reading.messages.at(-1)?.position ?? reading.lastPosition,
        by: 'event' as const,
      },
  ].filter((sign) => !!sign)
  return signs.sort((a, b) => b.position - a.position)[0] ?? null
}

const transferredOf = (reading: Reading): Estimated<boolean> => {
  const event = reading.snapshot.events.find(({ kind }) => kind === 'handoff_accepted' || kind === 'external_transfer')
  if (event) return { value: true, confidence: 1, by: 'event', evidence: event.position ? [at(event.position)] : [] }
  const call = reading.calls.find((one) => isHandoffCall(one) && worked(one))
  if (call) return { value: true, confidence: 0.8, by: 'event', evidence: [at(call.position, call.name)] }
  return { value: false, confidence: 0.9, by: 'event', evidence: [] }
}

const SALES = new Set(
  'book buy order purchase pay checkout reserve subscribe rebook place upgrade renew charge enroll'.split(' '),
)
const sells = (call: Call): boolean => isWrite(call) && nameWords(call.name).some((word) => SALES.has(word))
const UNDOES = /cancel|refund|remove|delete|return/i

/** A sale is a call that made it, not words about it. */
const convertedOf = (reading: Reading): Estimated<boolean> => {
  const sale = reading.calls.findLast((call) => sells(call) && worked(call) && !UNDOES.test(call.name))
  const undone =
    sale && reading.calls.some((call) => call.position > sale.position && UNDOES.test(call.name) && worked(call))
  if (sale && !undone) return { value: true, confidence: 0.8, by: 'event', evidence: [at(sale.position, sale.name)] }
  const refusal = reading.contact.findLast(({ text }) => refuses(text))
  if (refusal) return { value: false, confidence: 0.7, by: 'rule', evidence: [at(refusal.position)] }
  return { value: sale ? false : null, confidence: sale ? 0.7 : 0, by: 'rule', evidence: [] }
}
