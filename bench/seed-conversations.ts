/** Conversations of the seeded workspace, one after the other as they happened: a hundred run at any time, over two years. */
import type { Language, Random, Words } from './seed-words.ts'

export interface Cast {
  agents: { id: string; name: string }[]
  members: string[]
  channels: { id: string; kind: string }[]
  stages: string[]
}

export interface SeedMessage {
  position: number
  author: 'contact' | 'agent' | 'operator'
  text: string
  at: number
}
export interface SeedConversation {
  id: string
  contactId: string
  number: number
  startedAt: number
  lastMessageAt: number
  language: Language
  title: string
  sessionId: string
  messages: number
  ofContact: number
  ofOperator: number
  /** The newest 1 % still run. */
  fresh: boolean
  preview: string
}

export const SEED_END = Date.UTC(2026, 10, 20, 12)
const DAY_MS = 86_400_000
const SPAN_MS = 730 * DAY_MS
const AT_ONCE = 100
const CHANNELS = ['widget', 'widget', 'widget', 'whatsapp', 'whatsapp', 'telegram', 'web', 'voip', 'slack', 'api']

interface Running extends SeedConversation {
  left: number
}

/** Calls back for each message, and for each conversation when its last one was said. */
export async function* tellConversations(
  { random, words }: { random: Random; words: Words },
  total: number,
): AsyncGenerator<{ message: SeedMessage; conversation: SeedConversation; over: boolean }> {
  const running: Running[] = []
  let started = 0
  while (started < total || running.length > 0) {
    while (running.length < AT_ONCE && started < total) running.push(begin({ random, words }, ++started, total))
    const index = Math.floor(random() * running.length)
    const conversation = running[index]!
    const message = say({ random, words }, conversation)
    const over = conversation.left === 0
    yield { message, conversation, over }
    if (!over) continue
    running[index] = running.at(-1)!
    running.pop()
  }
}

function begin({ random, words }: { random: Random; words: Words }, number: number, total: number): Running {
  const at = SEED_END - SPAN_MS + SPAN_MS * (number / total)
  const share = random()
  const language = share < 0.85 ? 'en' : share < 0.93 ? 'ar' : 'zh'
  return {
    id: timeOrderedId(words, at),
    contactId: '',
    number,
    startedAt: at,
    lastMessageAt: at,
    language,
    title: words.sentence(language, 5),
    sessionId: `sess_${words.letters(20)}`,
    messages: 0,
    ofContact: 0,
    ofOperator: 0,
    fresh: number > total * 0.99,
    preview: '',
    left: Math.max(2, Math.min(120, Math.round(-Math.log(1 - random()) * 8 + 2))),
  }
}

function say({ random, words }: { random: Random; words: Words }, conversation: Running): SeedMessage {
  conversation.left--
  conversation.messages++
  conversation.lastMessageAt += 5000 + random() * 60_000
  const isContact = conversation.messages % 2 === 1
  const author = isContact ? 'contact' : random() < 0.1 ? 'operator' : 'agent'
  if (isContact) conversation.ofContact++
  else if (author === 'operator') conversation.ofOperator++
  const length = isContact ? 3 - Math.log(1 - random()) * 10 : 8 - Math.log(1 - random()) * 22
  const text = words.sentence(conversation.language, Math.min(Math.floor(length), 150))
  conversation.preview = text.slice(0, 120)
  return { position: conversation.messages, author, text, at: conversation.lastMessageAt }
}

export function timeOrderedId(words: Words, at: number): string {
  const time = Math.floor(at).toString(16).padStart(12, '0')
  const hex = words.letters(18, '0123456789abcdef')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-a${hex.slice(3, 6)}-${hex.slice(6)}`
}

/** How one ended, and what was made of it. */
export function settle(random: Random, cast: Cast, conversation: SeedConversation) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const status = conversation.fresh
    ? random() < 0.9
      ? 'active'
      : 'closed'
    : pick(['closed', 'closed', 'closed', 'closed', 'closed', 'closed', 'closed', 'closed', 'archived', 'active'])
  const isActive = status === 'active'
  const assignee = conversation.ofOperator > 0 ? pick(cast.members) : null
  const control = isActive ? (assignee ? 'operator' : random() < 0.1 ? 'queue' : 'agent') : 'agent'
  const kind = pick(CHANNELS)
  const isReviewed = !isActive && random() < 0.9
  const quality = isReviewed ? Math.floor(100 * (1 - random() ** 2)) : null
  const agent = cast.agents[Math.floor(random() * random() * cast.agents.length)]!
  const tags = random() < 0.5 ? [`topic:${1 + Math.floor(random() * random() * 60)}`] : []
  return {
    status,
    control,
    assignee,
    channel: cast.channels.find((channel) => channel.kind === kind)!,
    agent,
    isReviewed,
    quality,
    tone: isReviewed ? pick(['positive', 'neutral', 'neutral', 'negative'] as const) : null,
    rating: !isActive && random() < 0.3 ? pick([1, 2, 3, 4, 4, 5, 5, 5]) : null,
    stage: cast.stages[Math.floor(random() * random() * cast.stages.length)]!,
    outcome: isActive ? null : pick(['completed', 'completed', 'completed', 'abandoned', 'transferred', 'failed']),
    handoff: control === 'queue' ? 'queued' : assignee ? 'accepted' : 'none',
    tags: random() < 0.1 ? [...tags, `priority:${pick(['high', 'low'])}`] : tags,
    flags: isReviewed && random() < 0.08 ? [pick(['unhappy_customer', 'wrong_answer', 'privacy', 'legal_threat'])] : [],
    functions: random() < 0.2 ? [pick(['look_up_order', 'refund_order', 'book_table', 'check_stock'])] : [],
    hasAudio: kind === 'whatsapp' && random() < 0.1,
    unread: isActive ? Math.floor(random() * 4) : 0,
  }
}
