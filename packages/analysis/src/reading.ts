/** One conversation read once: its messages in order, their words and tone, and the calls between them. Every rule starts here. */
import type { AnalyzeOptions } from './analyzer.ts'
import type { MessageTone } from './contract.ts'
import { scoreMessage } from './emotions/score-message.ts'
import { couldNotHelp } from './signals/could-not-help.ts'
import { failed } from './signals/functions.ts'
import type { ConversationSnapshot, FunctionCall, SnapshotEntry } from './snapshot.ts'
import { detectLanguage } from './text/language.ts'
import { type Sentence, sentences, topicWords, words } from './text/words.ts'

export type Message = {
  position: number
  side: 'contact' | 'answer'
  author: 'contact' | 'agent' | 'operator'
  name: string | null
  text: string
  /** Milliseconds since 1970; null when not known. */
  at: number | null
  words: string[]
  sentences: Sentence[]
  topic: Set<string>
  /** Answers only: it says that it could not help, did not find or failed. */
  couldNotHelp: boolean
  /** Contact's messages only. */
  tone: MessageTone | null
  sources: string[]
}

export type Call = FunctionCall & { position: number; failed: boolean }

export type Reading = {
  snapshot: ConversationSnapshot
  options: AnalyzeOptions
  language: string
  /** What was said, in order, without system lines, notes and coaching. */
  messages: Message[]
  contact: Message[]
  answers: Message[]
  calls: Call[]
  /** Who gave the answers: decides whom the score is about. */
  judged: 'agent' | 'human' | 'mixed'
  /** How an answering side is called in sentences. */
  answererName: string
  contactName: string | null
  now: number | null
  lastPosition: number
}

export const readConversation = (snapshot: ConversationSnapshot, options: AnalyzeOptions): Reading => {
  const entries = [...snapshot.entries].sort((a, b) => a.position - b.position)
  const language = languageOf(snapshot, entries, options)
  const messages = entries.filter(isSaid).map((entry) => readMessage(entry, language))
  const answers = messages.filter(({ side }) => side === 'answer')
  return {
    snapshot,
    options,
    language,
    messages,
    contact: messages.filter(({ side }) => side === 'contact'),
    answers,
    calls: entries.flatMap(readCall),
    judged: judgedOf(snapshot, answers),
    answererName: answererName(snapshot, answers),
    contactName: snapshot.contactName?.trim() || null,
    now: timeOf(options.now ?? entries.findLast(({ at }) => at)?.at ?? null),
    lastPosition: entries.at(-1)?.position ?? 0,
  }
}

const isSaid = (entry: SnapshotEntry): boolean =>
  entry.kind === 'message' && entry.author !== 'system' && entry.text.trim() !== ''

export const timeOf = (at: string | null): number | null => {
  const ms = at === null ? Number.NaN : Date.parse(at)
  return Number.isNaN(ms) ? null : ms
}

const languageOf = (snapshot: ConversationSnapshot, entries: SnapshotEntry[], options: AnalyzeOptions): string => {
  const told = options.language ?? snapshot.language
  if (told) return told.toLowerCase().split(/[-_]/)[0] || 'und'
  const said = (author: string) =>
    entries
      .filter((entry) => entry.kind === 'message' && entry.author === author)
      .map(({ text }) => text.slice(0, 400))
      .join('\n')
  return detectLanguage(said('contact')) ?? detectLanguage(said('agent') || said('operator')) ?? 'und'
}

const readMessage = (entry: SnapshotEntry, language: string): Message => {
  const author = entry.author === 'contact' || entry.author === 'operator' ? entry.author : 'agent'
  const fromContact = author === 'contact'
  return {
    position: entry.position,
    side: fromContact ? 'contact' : 'answer',
    author,
    name: entry.authorName?.trim() || null,
    text: entry.text,
    at: timeOf(entry.at),
    words: words(entry.text),
    sentences: sentences(entry.text),
    topic: topicWords(entry.text),
    couldNotHelp: !fromContact && couldNotHelp(entry.text, language) !== null,
    tone: fromContact ? scoreMessage(entry.text, language) : null,
    sources: entry.sources ?? [],
  }
}

const readCall = (entry: SnapshotEntry): Call[] =>
  entry.functionCall ? [{ ...entry.functionCall, position: entry.position, failed: failed(entry.functionCall) }] : []

const judgedOf = (snapshot: ConversationSnapshot, answers: Message[]): Reading['judged'] => {
  const human = answers.some(({ author }) => author === 'operator')
  const agent = answers.some(({ author }) => author === 'agent')
  if (human && agent) return 'mixed'
  return human || (!agent && snapshot.agentMode === 'passive') ? 'human' : 'agent'
}

const answererName = (snapshot: ConversationSnapshot, answers: Message[]): string => {
  const human = answers.length > 0 && answers.every(({ author }) => author === 'operator')
  const names = new Set(answers.map(({ name }) => name).filter((name) => name !== null))
  if (names.size === 1) return [...names][0] ?? 'The agent'
  if (human) return 'The operator'
  return names.size > 1 ? 'The team' : snapshot.agentName?.trim() || 'The agent'
}

/** The answers after a contact's message, up to the contact's next one. */
export const repliesTo = (reading: Reading, message: Message): Message[] => {
  const from = reading.messages.indexOf(message) + 1
  const replies: Message[] = []
  for (let i = from; i < reading.messages.length; i++) {
    const next = reading.messages[i]
    if (!next || next.side === 'contact') break
    replies.push(next)
  }
  return replies
}
