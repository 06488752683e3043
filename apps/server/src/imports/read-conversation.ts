/** One line of an import → one conversation that ingest takes, whatever known format it is in. */
import { type ChannelKind, IngestConversation, MAX_MESSAGE } from '@earshot/contracts'
import { fromData, looksLikeData } from './data-format.ts'
import { Unreadable } from './unreadable.ts'

export interface Wish {
  /** Replaces what the line says, or fills it in. */
  channel?: ChannelKind | undefined
  agent?: string | undefined
}

export interface Read {
  conversation: IngestConversation
  /** The line carried no times, so they were chosen. */
  chosenTimes: boolean
}

/** Throws `Unreadable` with the reason. */
export function readConversation(line: string, wish: Wish = {}): Read {
  const value = parse(line)
  const { conversation, chosen } = looksLikeData(value)
    ? fromData(value)
    : 'externalId' in value
      ? { conversation: value, chosen: false }
      : unknownFormat(value)
  const wished = {
    ...conversation,
    ...(wish.channel && { channel: wish.channel }),
    ...(wish.agent && { agent: wish.agent }),
  }
  const read = IngestConversation.safeParse(wished)
  if (read.success) return { conversation: read.data, chosenTimes: chosen }
  throw new Unreadable(explain(read.error.issues[0]!, wished))
}

function parse(line: string): object {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    throw new Unreadable(`invalid JSON: ${error instanceof Error ? shorten(error.message) : 'unreadable'}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Unreadable('a line must be a JSON object')
  return value
}

function unknownFormat(value: object): never {
  const keys = Object.keys(value).slice(0, 8).join(', ').slice(0, 200) || 'nothing'
  throw new Unreadable(`unknown format: a conversation has messages and an id or externalId; this line has ${keys}`)
}

interface Issue {
  path: PropertyKey[]
  message: string
  code: string
}

/** Names the message by the id the sender gave it, since positions in the line help nobody. */
function explain({ path, message }: Issue, given: object): string {
  const [first, at, ...rest] = path
  if (first !== 'messages' || typeof at !== 'number') return `${path.join('.') || 'the conversation'}: ${message}`
  const said = (given as { messages: { externalId?: unknown; text?: unknown }[] }).messages[at]
  const which = typeof said?.externalId === 'string' ? said.externalId.slice(0, 50) : `number ${at + 1}`
  if (rest[0] === 'text' && typeof said?.text === 'string' && said.text.length > MAX_MESSAGE) {
    const count = new Intl.NumberFormat('en')
    return `message ${which}: its text has ${count.format(said.text.length)} characters; at most ${count.format(MAX_MESSAGE)} are kept`
  }
  return `message ${which}: ${rest.length > 0 ? `${rest.join('.')}: ` : ''}${message}`
}

/** The parser quotes what it read, which may be what a customer wrote. */
const shorten = (message: string): string => message.replace(/,? ?"[\s\S]*$/, '').slice(0, 120)
