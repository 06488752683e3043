/** One try of a model: streams its words, runs its functions, keeps to the bounds, and refuses garbage. */
import { isStepCount, type LanguageModel, type ModelMessage, streamText } from 'ai'
import { BadAnswer } from './model-failure.ts'
import type { makeTools } from './model-tools.ts'

export interface Try {
  model: LanguageModel
  instructions: string
  messages: ModelMessage[]
  tools: ReturnType<typeof makeTools>
  temperature: number | null
  maxOutputTokens: number
  /** Rounds of function calls. */
  steps: number
  firstWordMs: number
  wholeMs: number
  signal: AbortSignal
  write(text: string): void
  /** The model called something that does not exist, or garbled it. */
  onInvalidCall(name: string, input: unknown): Promise<void>
  /** A person was called: nothing is said after that. */
  isOver(): boolean
  /** Called as tokens become known, also when the try fails later. */
  onUsage(input: number, output: number): void
}

const MOST_CHARS = 16_000
/** No language needs more letters a token: a model that sends more ignores its limit. */
const MOST_CHARS_A_TOKEN = 12

/** The whole text; empty when the model did nothing but call a person. */
export async function generate(given: Try): Promise<string> {
  const clock = new AbortController()
  const first = setTimeout(
    () => clock.abort(new BadAnswer('slow', 'The model did not begin to answer in time.')),
    given.firstWordMs,
  )
  const whole = setTimeout(
    () => clock.abort(new BadAnswer('slow', 'The model did not finish its answer in time.')),
    given.wholeMs,
  )
  const signal = AbortSignal.any([given.signal, clock.signal])
  try {
    return await read(given, signal, () => clearTimeout(first))
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw error
  } finally {
    clearTimeout(first)
    clearTimeout(whole)
    clock.abort()
  }
}

async function read(given: Try, signal: AbortSignal, onAlive: () => void): Promise<string> {
  const { model, instructions, messages, tools, maxOutputTokens, temperature } = given
  const result = streamText({
    model,
    instructions,
    messages,
    tools,
    maxOutputTokens,
    ...(temperature === null ? {} : { temperature }),
    stopWhen: [isStepCount(given.steps), given.isOver],
    maxRetries: 0,
    abortSignal: signal,
    onError: () => {},
  })
  const answer = new AnswerText(maxOutputTokens * given.steps, given.write)
  let ended: { reason: string; raw: string | undefined } | undefined
  for await (const part of result.stream) {
    signal.throwIfAborted()
    if (part.type === 'error') throw part.error
    if (part.type === 'abort') throw signal.reason ?? new BadAnswer('unreachable', 'The model stopped.')
    if (/^(?:text-delta|reasoning-delta|tool-)/.test(part.type)) onAlive()
    if (part.type === 'text-start') answer.paragraph()
    if (part.type === 'text-delta') answer.add(part.text)
    if (part.type === 'tool-call' && part.invalid) await given.onInvalidCall(part.toolName, part.input)
    if (part.type === 'tool-error' && signal.aborted) throw signal.reason
    if (part.type === 'finish-step') {
      given.onUsage(part.usage.inputTokens ?? 0, part.usage.outputTokens ?? 0)
      ended = { reason: part.finishReason, raw: part.rawFinishReason }
    }
  }
  return answer.settle(ended, given.isOver())
}

/** The text so far, and whether it is one that may be said. */
class AnswerText {
  private text = ''
  private received = 0
  private readonly most: number
  private readonly write: (text: string) => void

  constructor(tokens: number, write: (text: string) => void) {
    this.most = (tokens + 800) * MOST_CHARS_A_TOKEN
    this.write = write
  }

  /** Text before and after a function call are two paragraphs. */
  paragraph(): void {
    if (this.text.trim() !== '') this.add('\n\n')
  }

  add(text: string): void {
    if (text.includes('\0')) throw new BadAnswer('garbage', 'The model sent characters that are no text.')
    this.received += text.length
    if (this.received > this.most) throw new BadAnswer('garbage', 'The model sent far more than it was allowed.')
    if (this.text.length >= MOST_CHARS - 1) return
    const room = MOST_CHARS - 1 - this.text.length
    const said = text.length > room ? `${text.slice(0, room).replace(/[\uD800-\uDBFF]$/, '')}…` : text
    // Blanks before the first word are not shown.
    this.write(this.text.trim() === '' ? said.trimStart() : said)
    this.text += said
  }

  settle(ended: { reason: string; raw: string | undefined } | undefined, handedOff: boolean): string {
    const text = this.text.trim()
    if (!text.isWellFormed()) throw new BadAnswer('garbage', 'The model sent characters that are no text.')
    if (ended?.reason === 'content-filter') throw new BadAnswer('filtered', 'The provider’s filter stopped the answer.')
    if (!ended || ended.reason === 'error' || (ended.raw === undefined && !handedOff))
      throw new BadAnswer('unreachable', 'The answer broke off.')
    if (text === '' && !handedOff) throw new BadAnswer('garbage', 'The model answered nothing.')
    return ended.reason === 'length' && text !== '' ? `${text}…` : text
  }
}
