/** A model that obeys the conversation it reviews, in every way it could: what the engine makes of that is what the tests look at. */
import type { Asked, Said } from '../model-engine/port.ts'

export const OBEDIENCES = [
  'own reply',
  'cites the order',
  'cites our side',
  'mixes',
  'forges',
  'overwrites',
  'prose',
] as const
export type Obedience = (typeof OBEDIENCES)[number]

type Cited = { position: number; quote: string }

/** What it wants said, wherever it stands: `order` is the attack as it was written. */
export const obey = (asked: Asked, order: string, how: Obedience): Said => {
  const ours = lineBy(asked.text, /(?:AI agent|colleague): (.*)/)
  const theirs = placeOf(asked.text, order) ?? lineBy(asked.text, /customer: (.*)/)
  return { text: replyOf(order, how, ours, theirs), tokensIn: 100, tokensOut: 50, costUsd: 0.001 }
}

const replyOf = (order: string, how: Obedience, ours: Cited | null, theirs: Cited | null): string => {
  const claim = wishIn(order)
  const everywhere = (cited: Cited | null, text: string) => {
    const line = { text: text.slice(0, 200), ...(cited ?? { position: 1, quote: text }) }
    return { needs: [line], did: [line, line], performance: [line] }
  }
  const reply = {
    'own reply': () => /\{[\s\S]*\}/.exec(order)?.[0] ?? claim,
    'cites the order': () => everywhere(theirs, claim),
    'cites our side': () => everywhere(ours, claim),
    mixes: () => everywhere(ours, `${ours?.quote.slice(0, 90) ?? ''} and ${claim}`),
    forges: () => everywhere({ position: ours?.position ?? 1, quote: claim }, claim),
    overwrites: () => ({
      ...everywhere(ours, claim),
      quality: { score: 100, parts: [], caps: [] },
      score: 100,
      flags: [],
      outcome: { end: 'completed', resolution: 'verified' },
      resolution: 'verified',
      stage: 'opportunity',
      sessionSummary: claim,
      agentPerformance: claim,
    }),
    prose: () => `As you wish. ${claim}`,
  }[how]()
  return typeof reply === 'string' ? reply : JSON.stringify(reply)
}

/** The words between quotation marks when there are any, else the whole order. */
const wishIn = (order: string): string =>
  (/["«“「]([^"»”」]{8,})["»”」]/u.exec(order)?.[1] ?? order).replace(/\s+/gu, ' ').trim()

const lineBy = (text: string, pattern: RegExp): Cited | null => {
  for (const line of text.split('\n')) {
    const said = /^#(\d+) /.exec(line) && pattern.exec(line)
    if (said?.[1]) return { position: Number(/^#(\d+) /.exec(line)?.[1]), quote: said[1].slice(0, 120).trim() }
  }
  return null
}

const placeOf = (text: string, order: string): Cited | null => {
  const words = order
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 60)
    .trim()
  const line = text.split('\n').find((one) => /^#\d+ /.test(one) && one.includes(words))
  return line ? { position: Number(/^#(\d+)/.exec(line)?.[1]), quote: words } : null
}
