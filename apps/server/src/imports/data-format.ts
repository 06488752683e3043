/** The conversation data format (`{id, source, messages: [{id, role, text, ts?, action?}]}`) as what ingest takes. */
import type { IngestConversation, IngestMessage, JsonValue } from '@earshot/contracts'
import { z } from 'zod'
import { fillTimes, readTime } from './times.ts'
import { Unreadable } from './unreadable.ts'

const Message = z.object({
  id: z.string().min(1),
  role: z.string(),
  text: z.string().nullish(),
  ts: z.union([z.number(), z.string()]).nullish(),
  action: z.string().nullish(),
})
const Conversation = z.object({
  id: z.union([z.string().min(1), z.int()]),
  source: z.string().min(1).max(100).optional(),
  license: z.string().max(100).optional(),
  lang: z.string().max(35).optional(),
  channel: z.string().optional(),
  messages: z.array(z.unknown()).min(1, 'there are no messages').max(10_000),
})
type Message = z.infer<typeof Message>

/** One line of the log before it has a time: one message, or a function with what it answered. */
interface Piece {
  message: IngestMessage
  chars: number
  at: number | null
}

const AUTHORS: Record<string, IngestMessage['author']> = {
  user: 'contact',
  assistant: 'agent',
  human_agent: 'operator',
}

export const looksLikeData = (value: object): boolean =>
  'messages' in value && 'id' in value && !('externalId' in value)

/** Times that the data does not carry are chosen; `chosen` says so. */
export function fromData(value: unknown): { conversation: IngestConversation; chosen: boolean } {
  const given = checked(Conversation, value, 'the conversation')
  const messages = given.messages.map((message, i) => checked(Message, message, `message ${i + 1}`))
  const externalId = `${given.source ?? 'import'}:${given.id}`
  const pieces = piecesOf(messages)
  const { times, chosen } = fillTimes(pieces, externalId)
  const timed = pieces.map(({ message }, i) => ({ ...message, at: new Date(times[i]!).toISOString() }))
  return { conversation: { externalId, ...aboutIt(given), ...spanOf(timed), messages: timed }, chosen }
}

function aboutIt({ source, license, lang, channel }: z.infer<typeof Conversation>) {
  const attributes: Record<string, string> = {}
  if (source) attributes.source = source
  if (license) attributes.license = license
  if (lang) attributes.language = lang
  return {
    ...(channel && { channel: channel as IngestConversation['channel'] }),
    ...(source && { agent: source, tags: [{ key: 'source', value: source.slice(0, 64) }] }),
    contact: { attributes },
    status: 'closed' as const,
  }
}

function spanOf(timed: { at: string }[]) {
  const times = timed.map(({ at }) => at).sort()
  return { startedAt: times[0]!, endedAt: times.at(-1)! }
}

function piecesOf(messages: Message[]): Piece[] {
  const doer =
    messages.some(({ role }) => role === 'human_agent') && !messages.some(({ role }) => role === 'assistant')
      ? 'operator'
      : 'agent'
  const pieces: Piece[] = []
  for (const [i, message] of messages.entries()) {
    if (message.role !== 'tool') pieces.push(said(message))
    else if (isResult(message) && isCall(messages[i - 1])) answered(pieces.at(-1)!, message)
    else pieces.push(called(message, doer))
  }
  return pieces
}

const isCall = (message: Message | undefined): boolean =>
  message?.role === 'tool' && (message.action?.startsWith('call:') ?? false)
const isResult = ({ action }: Message): boolean => action === 'result' || (action?.startsWith('result:') ?? false)

function said(message: Message): Piece {
  const author = AUTHORS[message.role]
  if (!author)
    throw new Unreadable(
      `message ${message.id}: there is no role "${message.role.slice(0, 50)}"; the roles are user, assistant, human_agent and tool`,
    )
  const text = message.text ?? ''
  if (text === '') throw new Unreadable(`message ${message.id} has no text`)
  return { message: { externalId: message.id, author, text }, chars: text.length, at: timeOf(message) }
}

/**
 * A call is followed by its result, if it has one; a result alone, and what a person did by a button, are functions too. A call that
 * was never answered has failed.
 */
function called(message: Message, doer: 'agent' | 'operator'): Piece {
  const { id, action, text } = message
  const isResultOnly = isResult(message)
  const name = isCall(message) ? action!.slice('call:'.length).trim() : isResultOnly ? '' : (action ?? '').trim()
  const functionCall = {
    name: name.slice(0, 200) || 'unknown_function',
    parameters: isCall(message) ? readParameters(text ?? '') : {},
    result: isCall(message) ? null : readJson(text ?? ''),
    status: isCall(message) ? ('error' as const) : ('ok' as const),
  }
  return { message: { externalId: id, author: doer, functionCall }, chars: 0, at: timeOf(message) }
}

function answered(call: Piece, { text }: Message): void {
  const result = readJson(text ?? '')
  Object.assign(call.message.functionCall!, { result, status: hasFailed(result) ? 'error' : 'ok' })
}

const hasFailed = (result: JsonValue): boolean =>
  typeof result === 'object' &&
  result !== null &&
  !Array.isArray(result) &&
  (result.success === false || Boolean(result.error))

function timeOf({ id, ts }: Message): number | null {
  if (ts === null || ts === undefined) return null
  const at = readTime(ts)
  if (at === undefined)
    throw new Unreadable(
      `message ${id}: "${String(ts).slice(0, 50)}" is no time; times are seconds since 1970 or ISO 8601`,
    )
  return at
}

/** Some data keeps parameters as a list of one-key objects; as one object they read like everybody else's. */
function readParameters(text: string): JsonValue {
  const value = readJson(text)
  if (!Array.isArray(value) || !value.every(isPlain)) return value
  const merged = Object.assign({}, ...value) as { [key: string]: JsonValue }
  return Object.keys(merged).length === value.reduce((sum: number, part) => sum + Object.keys(part as object).length, 0)
    ? merged
    : value
}

const isPlain = (value: JsonValue): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Arguments that are no JSON are kept as the text they are. */
function readJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return text
  }
}

function checked<T extends z.ZodType>(schema: T, value: unknown, what: string): z.output<T> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const { path, message } = read.error.issues[0]!
  throw new Unreadable(`${[what, ...path].join('.')}: ${message}`)
}
