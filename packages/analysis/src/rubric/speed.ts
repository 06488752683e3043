/** Rubric part Speed: the first reply and the slowest tenth against the channel's target. */
import type { QualityPart } from '../contract.ts'
import type { Facts } from '../facts.ts'
import type { Message, Reading } from '../reading.ts'
import { awaitsReply } from '../signals/awaiting.ts'
import type { ChannelKind } from '../snapshot.ts'
import { notApplicable, part } from './part.ts'

type Target = { first: number; p90: number }
const AGENT: Record<'voice' | 'live' | 'messaging', Target> = {
  voice: { first: 3, p90: 4 },
  live: { first: 15, p90: 30 },
  messaging: { first: 60, p90: 120 },
}
const HUMAN: Record<'voice' | 'live' | 'messaging', Target> = {
  voice: { first: 20, p90: 20 },
  live: { first: 60, p90: 120 },
  messaging: { first: 900, p90: 1800 },
}

const paceOf = (channel: ChannelKind): 'voice' | 'live' | 'messaging' =>
  channel === 'voip' ? 'voice' : channel === 'widget' || channel === 'web' || channel === 'api' ? 'live' : 'messaging'

export const targetOf = (reading: Reading): Target =>
  reading.options.taxonomy?.targetSeconds ??
  (reading.judged === 'agent' ? AGENT : HUMAN)[paceOf(reading.snapshot.channelKind)]

export type Wait = { reply: Message; seconds: number }

/** From the first message that waits to the reply that ends the wait. */
export const waits = (reading: Reading): Wait[] => {
  const found: Wait[] = []
  let since: number | null = null
  for (const message of reading.messages) {
    if (message.side === 'contact') since ??= message.at
    else if (since !== null && message.at !== null) {
      found.push({ reply: message, seconds: Math.max(0, (message.at - since) / 1000) })
      since = null
    } else since = null
  }
  return found
}

/** Imported logs often carry one time for all entries: such times say nothing about speed. */
const timesAreReal = (reading: Reading): boolean => {
  const times = reading.messages.flatMap(({ at }) => (at === null ? [] : [at]))
  const span = Math.max(...times) - Math.min(...times)
  return times.length === reading.messages.length && times.length >= 2 && span / times.length > 200
}

export const p90 = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * 0.9) - 1)] ?? 0

export const judgeSpeed = (facts: Facts): QualityPart => {
  const { reading } = facts
  const all = waits(reading)
  const first = all[0]
  if (!timesAreReal(reading) || !first) return notApplicable('speed', 'The times of this conversation are not known.')
  const target = targetOf(reading)
  const slowest = p90(all.map(({ seconds }) => seconds))
  const waiting = awaitsReply(reading)
  const kept = (actual: number, wanted: number) => (actual <= wanted ? 5 : (5 * wanted) / actual)
  const points = kept(first.seconds, target.first) + kept(slowest, target.p90) - (waiting ? 4 : 0)
  const slow = all.filter(({ seconds }) => seconds > target.p90)
  const reason = `First reply in ${spoken(first.seconds)}, target ${spoken(target.first)}. Nine of ten within ${spoken(slowest)}, target ${spoken(target.p90)}.${waiting ? ' The last message has no reply.' : ''}`
  return part(
    'speed',
    points,
    reason,
    [first.reply, ...slow.map(({ reply }) => reply), ...(waiting ? [waiting] : [])].map(({ position }) => ({
      position,
    })),
  )
}

export const spoken = (seconds: number): string => {
  if (seconds < 90) return `${Math.round(seconds)} s`
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`
  return seconds < 129_600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`
}
