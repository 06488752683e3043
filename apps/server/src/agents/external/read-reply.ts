/** Reads what an external agent answers at once: JSON, an event stream, or plain text as it is written. */

import type { FunctionCall as Call, JsonValue } from '@earshot/contracts'
import { ExternalAnswer, ExternalHandoff, ExternalUsage, FunctionCall, wellFormed } from '@earshot/contracts'
import { parse } from '../../platform/bind.ts'
import { AppError } from '../../platform/errors.ts'
import { BadAnswer } from '../model-failure.ts'

/** Where the pieces go while they come. */
export interface Hearer {
  write(text: string): void
  tool(call: Call): Promise<void>
  /** Something came: it is alive. */
  onAlive(): void
}

export type Reply =
  | { kind: 'now'; by: 'json' | 'stream'; answer: ExternalAnswer }
  /** It answers by the token. */
  | { kind: 'later' }

const MOST_CHARS = 16_000
const MOST_BYTES = 1024 * 1024

export async function readReply(response: Response, hearer: Hearer): Promise<Reply> {
  if (response.status === 202) {
    await response.body?.cancel()
    return { kind: 'later' }
  }
  if (!response.ok)
    throw new HttpRefusal(response.status, await shortBody(response), response.headers.get('retry-after'))
  const type = (response.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (type === 'text/event-stream') return { kind: 'now', by: 'stream', answer: await readEvents(response, hearer) }
  if (type === 'text/plain') return { kind: 'now', by: 'stream', answer: await readText(response, hearer) }
  if (type === 'application/json' || type === '') {
    const answer = checked(ExternalAnswer, parseJson(await wholeBody(response)))
    for (const call of answer.tools) await hearer.tool(call)
    return { kind: 'now', by: 'json', answer }
  }
  throw new BadAnswer('garbage', `It answered with ${type.slice(0, 60)}, not with JSON, an event stream or plain text.`)
}

/** A status that is no success. */
export class HttpRefusal extends Error {
  override name = 'HttpRefusal'
  readonly status: number
  readonly retryAfter: string | null

  constructor(status: number, words: string, retryAfter: string | null) {
    super(words ? `HTTP ${status}: ${words}` : `HTTP ${status}`)
    this.status = status
    this.retryAfter = retryAfter
  }
}

async function readText(response: Response, hearer: Hearer): Promise<ExternalAnswer> {
  const said = new Said(hearer)
  for await (const piece of pieces(response)) {
    hearer.onAlive()
    said.add(piece)
  }
  return said.answer()
}

async function readEvents(response: Response, hearer: Hearer): Promise<ExternalAnswer> {
  const said = new Said(hearer)
  let rest = ''
  for await (const piece of pieces(response)) {
    hearer.onAlive()
    rest += piece
    const blocks = rest.split(/\r\n\r\n|\n\n|\r\r/)
    rest = blocks.pop()!
    if (rest.length > MOST_BYTES / 2) throw new BadAnswer('garbage', 'It sent an event without an end.')
    for (const block of blocks) if ((await takeEvent(block, said, hearer)) === 'done') return said.answer()
  }
  throw new BadAnswer('unreachable', 'The answer broke off before `done`.')
}

async function takeEvent(block: string, said: Said, hearer: Hearer): Promise<'more' | 'done'> {
  const fields = block.split(/\r\n|\n|\r/)
  const valuesOf = (name: string) =>
    fields.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ''))
  const event = valuesOf('event').at(-1) ?? 'message'
  const data = valuesOf('data').join('\n')
  if (event === 'done') return 'done'
  if (data === '') return 'more'
  if (event === 'delta') said.add(textOf(data))
  else if (event === 'message') said.whole(textOf(data))
  else if (event === 'memory') Object.assign(said.memory, checked(ExternalAnswer.shape.memory, parseJson(data)))
  else if (event === 'usage') said.usage = checked(ExternalUsage, parseJson(data))
  else if (event === 'handoff') said.handoff = checked(ExternalHandoff, parseJson(data))
  else if (event === 'tool') await hearer.tool(checked(FunctionCall, parseJson(data)))
  return 'more'
}

/** `{"text": "…"}`, or a JSON string. */
function textOf(data: string): string {
  const value = parseJson(data)
  const text = typeof value === 'object' && value !== null && 'text' in value ? value.text : value
  if (typeof text !== 'string') throw new BadAnswer('garbage', 'It sent an event without text.')
  return text
}

/** The words so far, within the length of a message. */
class Said {
  readonly memory: Record<string, JsonValue> = {}
  usage: ExternalAnswer['usage'] = null
  handoff: ExternalAnswer['handoff'] = null
  private text = ''
  /** Of the message whose pieces are coming. */
  private current = ''
  private readonly hearer: Hearer

  constructor(hearer: Hearer) {
    this.hearer = hearer
  }

  add(text: string): void {
    if (text === '') return
    const begins = this.current === '' && this.text !== ''
    const sound = wellFormed(begins ? `\n\n${text}` : text)
    const room = MOST_CHARS - 1 - this.text.length
    if (room <= 0) return
    const said = sound.length > room ? `${sound.slice(0, room).replace(/[\uD800-\uDBFF]$/, '')}…` : sound
    this.hearer.write(said)
    this.text += said
    this.current += said
  }

  /** A whole message; after pieces of the same words it is their end. */
  whole(text: string): void {
    if (this.current.trim() !== text.trim()) {
      this.current = ''
      this.add(text)
    }
    this.current = ''
  }

  answer(): ExternalAnswer {
    const messages = this.text.trim() === '' ? [] : [{ text: this.text.trim() }]
    return { messages, memory: this.memory, tools: [], handoff: this.handoff, usage: this.usage }
  }
}

async function* pieces(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw new BadAnswer('garbage', 'It sent more than 1 MB.')
    yield decoder.decode(chunk, { stream: true })
  }
  yield decoder.decode()
}

async function wholeBody(response: Response): Promise<string> {
  let body = ''
  for await (const piece of pieces(response)) body += piece
  return body
}

async function shortBody(response: Response): Promise<string> {
  try {
    return (await wholeBody(response)).replace(/<[^>]{0,500}>/g, ' ').slice(0, 300)
  } catch {
    return ''
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new BadAnswer('garbage', 'It sent what is no JSON.')
  }
}

function checked<T extends Parameters<typeof parse>[0]>(schema: T, value: unknown): ReturnType<typeof parse<T>> {
  try {
    return parse(schema, value)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const [issue] = (error.details.issues ?? []) as { path: (string | number)[]; message: string }[]
    throw new BadAnswer(
      'garbage',
      `Its answer is not as agreed: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    )
  }
}
