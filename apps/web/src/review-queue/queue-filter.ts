/** Which reviews the queue is about, as the address bar says it. */
import { ChannelKind, type ReviewQueueFilter, ScoreBand } from '@earshot/contracts'

/** The reader's own zone: a day begins where they are. */
export const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

export interface QueueSearch {
  flag?: string[]
  band?: ScoreBand[]
  agent?: string
  channel?: ChannelKind
  days?: number
  sample?: number
}

const listOf = (raw: unknown): string[] => (Array.isArray(raw) ? raw : [raw]).filter((one) => typeof one === 'string')
const within = (raw: unknown, least: number, most: number): number | undefined => {
  const value = Number(raw)
  return raw !== undefined && value >= least && value <= most ? value : undefined
}

/** What is not understood is left out, so that an old link still opens. */
export function readQueueSearch(raw: Record<string, unknown>): QueueSearch {
  const flag = listOf(raw.flag).filter((one) => one.length <= 64)
  const band = ScoreBand.options.filter((one) => listOf(raw.band).includes(one))
  const channel = ChannelKind.options.find((one) => one === raw.channel)
  const agent = typeof raw.agent === 'string' && /^[\da-f-]{36}$/i.test(raw.agent) ? raw.agent : undefined
  const days = within(raw.days, 1, 366)
  const sample = within(raw.sample, 0.1, 100)
  return {
    ...(flag.length > 0 && { flag }),
    ...(band.length > 0 && { band }),
    ...(agent && { agent }),
    ...(channel && { channel }),
    ...(days && { days: Math.round(days) }),
    ...(sample && { sample }),
  }
}

const DAY_MS = 86_400_000

/** Whole days of the reader, so that the same question stays the same question all day. */
export function filterOf({ flag, band, agent, channel, days, sample }: QueueSearch): ReviewQueueFilter {
  const today = new Date().setHours(0, 0, 0, 0)
  return {
    zone: ZONE,
    ...(flag && { flag }),
    ...(band && { band }),
    ...(agent && { agentId: [agent] }),
    ...(channel && { channel: [channel] }),
    ...(days && { from: new Date(today - (days - 1) * DAY_MS).toISOString() }),
    ...(sample && { sample }),
  }
}
