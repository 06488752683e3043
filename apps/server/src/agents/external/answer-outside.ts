/** Asks an agent that lives elsewhere: signed, within bounds, again when that may help; and waits when it promises to answer later. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ExternalAnswer } from '@earshot/contracts'
import type { Context } from '../../platform/context.ts'
import { signedHeaders } from '../../platform/webhook-signature.ts'
import type { Voice } from '../answer-with-model.ts'
import { languageOf } from '../contact-language.ts'
import { BadAnswer, type Failure, readFailure } from '../model-failure.ts'
import { say } from '../own-words.ts'
import type { Made, Stored, ToAnswer } from '../to-answer.ts'
import { handoffOf, textOf, usageOf } from './answer-parts.ts'
import { closeCall, type OpenCall, openCall, waitForAnswer } from './calls.ts'
import { writeEvent } from './event.ts'
import { HttpRefusal, type Reply, readReply } from './read-reply.ts'
import { openSecrets } from './secret.ts'

export interface External {
  url: string
  timeoutMs: number
  retries: number
}

export const NO_SECRET =
  'There is no signing secret, or EARSHOT_SECRET has changed since. Make a new one in the settings of this agent.'
const LATE = 'It promised an answer (202) and did not give it in time.'

/** Throws the signal's reason when the answer was called off. */
export async function answerOutside(
  ctx: Context,
  asked: ToAnswer,
  external: External,
  voice: Voice,
): Promise<Made | Stored> {
  const secrets = await openSecrets(ctx, asked.agent.id)
  if (secrets.length === 0) return failed(NO_SECRET)
  const call = asked.turn ? await openCall(ctx, asked, external.timeoutMs * (external.retries + 2)) : null
  try {
    const body = await writeEvent(ctx, asked, call?.replyUrl ?? null)
    const made = await askUntil(ctx, asked, { external, secrets, body, call }, voice)
    if (call && made.kind !== 'stored' && (await closeCall(ctx, call)) === 'answered') return { kind: 'stored' }
    return made
  } catch (error) {
    if (call) await closeCall(ctx, call).catch(() => undefined)
    throw error
  }
}

interface Asking {
  external: External
  secrets: string[]
  body: string
  call: OpenCall | null
}

async function askUntil(ctx: Context, asked: ToAnswer, asking: Asking, voice: Voice): Promise<Made | Stored> {
  // A repeat is the same message to its receiver.
  const id = `msg_${randomUUID()}`
  for (let retry = 0; ; retry++) {
    const startedAt = performance.now()
    try {
      const reply = await askExternal(ctx, asking, id, asked.limits.wholeMs, voice)
      note(voice, asking, startedAt, null)
      if (reply.kind === 'now') return made(asked, reply.answer, voice)
      if (!asking.call) return failed('It answers later (202), which only a conversation can wait for.')
      const isThere = await (voice.rest ?? ((work) => work))(
        waitForAnswer(ctx, asking.call, { limitMs: asked.limits.callbackMs, signal: voice.signal, news: voice.news }),
      )
      return isThere ? { kind: 'stored' } : failed(LATE)
    } catch (error) {
      voice.signal.throwIfAborted()
      const failure = failureOf(error, asking.secrets)
      note(voice, asking, startedAt, failure.detail)
      if (!failure.retryable || retry >= asking.external.retries) return failed(failure.detail)
      if (voice.hasSpoken) voice.restart()
      const pauseMs = Math.min(20_000, Math.max(failure.retryAfterMs ?? 0, asked.limits.backOffMs * 2 ** retry))
      await sleep(pauseMs, undefined, { signal: voice.signal }).catch(() => voice.signal.throwIfAborted())
    }
  }
}

export async function askExternal(
  ctx: Context,
  { external, secrets, body }: Asking,
  id: string,
  wholeMs: number,
  voice: Voice,
): Promise<Reply> {
  const clock = new AbortController()
  const slow = () => clock.abort(new BadAnswer('slow', 'It did not answer in time.'))
  let quiet = setTimeout(slow, external.timeoutMs)
  const whole = setTimeout(slow, Math.max(wholeMs, external.timeoutMs))
  const signal = AbortSignal.any([voice.signal, clock.signal])
  try {
    const response = await ctx.agents.fetch(external.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream, text/plain',
        ...signedHeaders(secrets, id, body),
      },
      body,
      signal,
    })
    return await readReply(response, {
      write: (text) => {
        signal.throwIfAborted()
        voice.write(text)
      },
      tool: voice.record,
      onAlive: () => {
        clearTimeout(quiet)
        quiet = setTimeout(slow, external.timeoutMs)
      },
    })
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw error
  } finally {
    clearTimeout(quiet)
    clearTimeout(whole)
    clock.abort()
  }
}

function made(asked: ToAnswer, answer: ExternalAnswer, voice: Voice): Made {
  const text = textOf(answer)
  if (text === '' && !answer.handoff) return failed('It answered nothing.')
  if (text !== '' && !voice.hasSpoken) voice.write(text)
  const handoff = answer.handoff ? handoffOf(say(languageOf(asked.question), 'handoffAsked')) : null
  const said = { text: text === '' ? null : text, citations: [], note: null, handoff }
  return { kind: 'answer', answer: said, usage: usageOf(answer), memory: answer.memory }
}

const failed = (detail: string): Made => ({ kind: 'failed', reason: 'agent_failed', detail, usage: null })

const MAY_PASS = new Set([408, 425, 429])

export function failureOf(error: unknown, secrets: string[]): Failure {
  if (!(error instanceof HttpRefusal)) return readFailure(error, secrets)
  const { status, retryAfter } = error
  const seconds = Number(retryAfter ?? Number.NaN)
  return {
    kind: status >= 500 ? 'overloaded' : 'refused',
    detail: readFailure(error, secrets).detail,
    retryable: status >= 500 || MAY_PASS.has(status),
    retryAfterMs: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null,
  }
}

function note(voice: Voice, { external }: Asking, startedAt: number, error: string | null): void {
  const durationMs = Math.round(performance.now() - startedAt)
  voice.note?.({ kind: 'external', host: new URL(external.url).host, durationMs, error })
}
