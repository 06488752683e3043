/** One visit: a simulated visitor reads, types, asks, answers whoever answers, perhaps rates, and leaves. */
import type { VisitorEntry } from '@earshot/contracts'
import { fillChoices } from '../gaps.ts'
import type { Person } from '../people.ts'
import { type Pace, readingMs, typingMs } from './pace.ts'
import type { Step, Talk } from './talks.ts'
import { type Introduction, VisitorClient } from './visitor-client.ts'

/** Where simulated visitors come from; also how the demo knows its own visitors again. */
export const SHOP = 'https://lamp-and-loft.example'

export interface VisitParts {
  url: string
  channelKey: string
  pace: Pace
  signal: AbortSignal
  /** Called when the visitor waits for a person; again when it asks again. */
  onWaiting?: (conversationId: string) => void
}

export interface Visited {
  conversationId: string | null
  /** The visitor was answered to the end of the talk. */
  finished: boolean
}

/** An agent answers within seconds; in a queue people have more patience than one would think. */
const AGENT_PATIENCE_MS = 45_000
const QUEUE_PATIENCE_MS = 4 * 60_000
const LAST_WORD_MS = 12_000
/** How often somebody goes on talking to an operator who asks. */
const MAX_SMALL_ANSWERS = 4

export async function visit(talk: Talk, person: Person, parts: VisitParts): Promise<Visited> {
  const client = await VisitorClient.arrive(parts.url, parts.channelKey, introduce(talk, person), parts.signal)
  try {
    await client.browse(`${SHOP}/?utm_source=newsletter&utm_medium=email`, 'Lamp & Loft')
    await parts.pace.wait(2500)
    await client.browse(`${SHOP}${talk.page}`, titleOf(talk.page), { name: 'page_opened', data: { page: talk.page } })
    const finished = await goThrough(talk, client, parts)
    return { conversationId: client.conversation?.id ?? null, finished }
  } finally {
    client.leave()
  }
}

/** "/lamps/arc-lamp" → "Arc lamp". */
function titleOf(path: string): string {
  const words = path.split('/').filter(Boolean).at(-1)?.replaceAll('-', ' ') ?? 'Lamp & Loft'
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function introduce({ page }: Talk, { name, email, locale }: Person): Introduction {
  return { name, ...(email && { email }), page: `${SHOP}${page}`, locale }
}

async function goThrough(talk: Talk, client: VisitorClient, parts: VisitParts): Promise<boolean> {
  const said = talk.steps.filter(({ does }) => does === 'says').length
  let count = 0
  for (const step of talk.steps) {
    if (step.does === 'rates') await rate(client, step, parts.pace)
    else {
      const position = await say(client, fillChoices(step.text, parts.pace.chance), parts.pace)
      await client.browse(`${SHOP}${talk.page}`, titleOf(talk.page))
      const isLast = ++count === said
      const heard = await waitForAnswer(client, position, parts, isLast)
      if (!heard && !isLast) return false
      await readAll(client, position, parts.pace)
      if (isLast && heard === 'operator') await chat(client, parts.pace)
    }
  }
  return true
}

/** Who answered. Somebody who is told to wait for a person waits for the person; a last word to a person needs no answer. */
async function waitForAnswer(
  client: VisitorClient,
  position: number,
  parts: VisitParts,
  isLast: boolean,
): Promise<'agent' | 'operator' | undefined> {
  const spoke = ({ author }: VisitorEntry) => author.kind === 'agent' || author.kind === 'operator'
  const isQueued = () => client.conversation?.handler.kind === 'queue'
  const patience =
    isLast && client.conversation?.handler.kind === 'operator' ? LAST_WORD_MS * parts.pace.patience : AGENT_PATIENCE_MS
  const first = await client.until(
    () => client.heard.find((entry) => entry.position > position && spoke(entry)) ?? (isQueued() ? 'queue' : undefined),
    patience,
  )
  if (first !== 'queue') return first && (first.author.kind as 'agent' | 'operator')
  parts.onWaiting?.(client.conversation!.id)
  const person = await client.hear(position, QUEUE_PATIENCE_MS, spoke)
  return person && (person.author.kind as 'agent' | 'operator')
}

/** Types, then says it. */
async function say(client: VisitorClient, text: string, pace: Pace): Promise<number> {
  if (client.conversation) await client.type(true)
  await pace.wait(typingMs(text))
  return (await client.say(text)).position
}

/** Operators often write twice; the visitor reads until nothing more comes for a moment. */
async function readAll(client: VisitorClient, after: number, pace: Pace): Promise<void> {
  for (let read = after; ; ) {
    const next = client.heard.findLast(({ position }) => position > read)
    if (!next) return
    read = next.position
    await pace.wait(readingMs(next.text))
  }
}

const SMALL_ANSWERS = [
  '{OK|Okay}, thank you!',
  '{Good to know|That helps}, thanks.',
  'And how long will that take?',
  "Great, {I'll do that|will do}.",
]

/** A person who goes on writing is answered for a while, by something polite. */
async function chat(client: VisitorClient, pace: Pace): Promise<void> {
  for (let i = 0; i < MAX_SMALL_ANSWERS; i++) {
    const after = Math.max(0, ...client.heard.map(({ position }) => position))
    const more = await client.hear(after, 25_000 * pace.patience, ({ author }) => author.kind === 'operator')
    if (!more) return
    await pace.wait(readingMs(more.text))
    await say(client, fillChoices(pace.chance.pick(SMALL_ANSWERS), pace.chance), pace)
  }
}

async function rate(client: VisitorClient, step: Extract<Step, { does: 'rates' }>, pace: Pace): Promise<void> {
  await pace.wait(4000)
  await client.rate(step.stars, fillChoices(step.comment, pace.chance))
}
