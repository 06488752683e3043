/** One forced race: a contact asks, an agent answers in one of three ways, and somebody silences it at a chosen moment. What screens show after it is watched. */

import { setTimeout as sleep } from 'node:timers/promises'
import { applyPiece, EMPTY_SLOT, raiseEpoch, type Slot } from '@earshot/client'
import type { Delta, LiveEvent } from '@earshot/contracts'
import type { Caller } from '../caller.ts'
import { until } from '../until.ts'
import { type Heard, TestVisitor } from '../visitor.ts'

export const ANSWERS = ['stream', 'callback', 'function'] as const
export const SILENCES = ['take_over', 'pause', 'block', 'enqueue', 'close', 'delete'] as const
export type AnswerKind = (typeof ANSWERS)[number]
export type Silence = (typeof SILENCES)[number]

export interface RaceParts {
  url: string
  operator: Caller
  /** The key of the channel whose agent answers so. */
  channels: Record<AnswerKind, string>
  /** Resolves when the agent was asked about this marker; the path of a later answer, where there is one. */
  asked(marker: string): Promise<string>
  /** Resolves when no turn of the conversation waits or runs any more. */
  idle(id: string): Promise<void>
  /** What the operator's stream says about a conversation, from now on. */
  watch(id: string, hear: (said: { delta: Delta } | { event: LiveEvent }) => void): () => void
}

export interface Raced {
  id: string
  answer: AnswerKind
  silence: Silence
  /** The log's end when the silence was answered: nothing of the agent's may stand behind it. */
  fencedAt: number | null
  /** Words on a screen after it knew of the silence. */
  late: string[]
  /** What became of an answer that came later. */
  callback: 'none' | 'said' | 'refused'
}

export async function race(parts: RaceParts, i: number): Promise<Raced> {
  const answer = ANSWERS[i % ANSWERS.length]!
  const silence = SILENCES[Math.floor(i / ANSWERS.length) % SILENCES.length]!
  // Before the first word, between words, and after the last: a few primes visit them all.
  const offsetMs = (i * 7919) % 83
  const marker = `race ${i} ${crypto.randomUUID()}`
  const visitor = await TestVisitor.start(
    parts.url,
    parts.channels[answer],
    {},
    {
      // Each from an address of its own: sessions of one address are bounded.
      'x-forwarded-for': `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`,
    },
  )
  const stream = await visitor.listen()
  const wasAsked = parts.asked(marker)
  const said = await visitor.say(marker)
  const { epoch } = said.body.conversation
  const { id, contact } = await conversationOf(parts.operator, said.body.conversation.id)
  const late: Late[] = []
  const operator = operatorScreen(id, epoch, late)
  const unwatch = parts.watch(id, operator.hear)
  try {
    const replyPath = await wasAsked
    const callback = replyPath ? answerLater(parts, replyPath, (i * 104_729) % 251) : null
    await sleep(offsetMs)
    await silenceBy(parts.operator, silence, { id, contactId: contact.id, channelId: contact.channelId })
    const fencedAt = silence === 'delete' ? null : (await conversationOf(parts.operator, id)).last
    const answered = await callback
    await until(operator.isSilenced, `the operator sees ${silence}`)
    await parts.idle(id)
    watchWidget(stream.heard, epoch, late)
    // What stands before the change was said before it, even when a screen hears of it later.
    const words = late.filter(({ position }) => position === null || fencedAt === null || position > fencedAt)
    return {
      id,
      answer,
      silence,
      fencedAt,
      late: words.map(({ text }) => text),
      callback: answered === null ? 'none' : answered ? 'said' : 'refused',
    }
  } finally {
    unwatch()
    stream.close()
  }
}

async function conversationOf(caller: Caller, id: string) {
  const { body } = await caller.get(`/api/v1/conversations/${id}`)
  const entries = await caller.get(`/api/v1/conversations/${id}/entries?limit=1`)
  const last: number = entries.body.items?.[0]?.position ?? 0
  return { id, last, contact: { id: body.contact?.id as string, channelId: body.channel?.id as string } }
}

/** Twice, so that a second answer is tried as well. True when one was taken. */
async function answerLater({ operator }: RaceParts, path: string, offsetMs: number): Promise<boolean> {
  await sleep(offsetMs)
  const post = () =>
    fetch(`${operator.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [{ text: 'A later answer.' }] }),
    })
  const [first, second] = await Promise.all([post(), post()])
  if (first.ok && second.ok) throw new Error('one answer was taken twice')
  return first.ok || second.ok
}

async function silenceBy(
  operator: Caller,
  silence: Silence,
  { id, contactId, channelId }: { id: string; contactId: string; channelId: string },
): Promise<void> {
  const path = `/api/v1/conversations/${id}`
  const { status, body } = await {
    take_over: () => operator.put(`${path}/control`, { control: 'operator' }),
    pause: () => operator.put(`${path}/control`, { control: 'paused' }),
    block: () => operator.post(`/api/v1/contacts/${contactId}/block`, { channelId, reason: 'race' }),
    enqueue: () => operator.post(`${path}/handoff`, { reason: 'race' }),
    close: () => operator.patch(path, { status: 'closed' }),
    delete: () => operator.delete(path),
  }[silence]()
  if (status >= 300) throw new Error(`${silence} was answered ${status}: ${JSON.stringify(body)}`)
}

/** Words on a screen that knew of the change; of a draft, or of the log with their place in it. */
interface Late {
  text: string
  position: number | null
}

/** What the client shows: pieces of an epoch older than the newest it knows are dropped. */
function operatorScreen(id: string, first: number, late: Late[]) {
  let slot: Slot = EMPTY_SLOT
  let silenced = false
  return {
    isSilenced: () => silenced,
    hear(one: { delta: Delta } | { event: LiveEvent }) {
      if ('delta' in one) {
        slot = applyPiece(slot, one.delta)
        if (silenced && slot.draft?.text) late.push({ text: `operator: ${slot.draft.text}`, position: null })
      } else if (one.event.type === 'entries.appended' && silenced) {
        for (const { author, text, position } of one.event.entries)
          if (author.kind === 'agent') late.push({ text: `operator: ${text}`, position })
      } else if (one.event.type === 'conversation.changed') {
        slot = raiseEpoch(slot, one.event.conversation.epoch)
        silenced ||= one.event.conversation.epoch > first
      } else if (one.event.type === 'conversation.deleted' && one.event.conversationId === id) silenced = true
    },
  }
}

function watchWidget(heard: Heard[], first: number, late: Late[]): void {
  let slot: Slot = EMPTY_SLOT
  for (const frame of heard) {
    const silenced = slot.epoch > first
    if (frame.event === 'conversation') slot = raiseEpoch(slot, frame.data.epoch)
    if (frame.event === 'delta') slot = applyPiece(slot, frame.data)
    if (silenced && slot.draft?.text) late.push({ text: `widget: ${slot.draft.text}`, position: null })
    if (silenced && frame.event === 'entries')
      for (const { author, text, position } of frame.data.entries)
        if (author.kind === 'agent') late.push({ text: `widget: ${text}`, position })
  }
}
