/** The media hub as an engine: packages/voice/src/hub-api.ts over HTTP. What may be asked twice is asked again when the hub was away. */
import { setTimeout as pause } from 'node:timers/promises'
import {
  type CallEngine,
  type Command,
  CommandReply,
  EngineCall,
  EngineRefusal,
  HubFact,
  HubHello,
  HubMoment,
  RecordingInfo,
} from '@earshot/voice'
import { z } from 'zod'
import { linesOf } from './lines-of.ts'

export interface HubEngineOptions {
  /** Where the hub is; no slash at its end. */
  url: string
  secret: string
  /** Dials a leg the hub expects already; what dials is a way's business. Left out: this engine calls nobody. */
  dial?: (call: string, leg: Parameters<CallEngine['dial']>[1] & { token: string }, opId: string) => Promise<void>
  tokenOf?: (call: string, leg: string) => string
}

const Refused = z.object({ code: z.string(), message: z.string(), call: EngineCall.optional() })

/** A hub that restarts is back within a second or two. */
const AGAIN_MS = [150, 400, 900, 1500]
const ANSWER_MS = 15_000
/** The stream is opened anew after this, which tells the hub what it may forget. */
const STREAM_MS = 10 * 60_000

type Bare<T> = T extends Command ? Omit<T, 'opId'> : never

export function createHubEngine({ url, secret, dial, tokenOf }: HubEngineOptions): CallEngine {
  const ask = asker(url, secret)
  const command = async (call: string, body: Bare<Command>, opId: string) =>
    CommandReply.parse(await ask('POST', `/v1/calls/${call}/commands`, { ...body, opId }))
  const mediaUrl = `${url.replace(/^http/, 'ws')}/media`
  return {
    identify: () => hello(url, secret),
    prepare: async (plan) => EngineCall.parse(await ask('PUT', `/v1/calls/${plan.call}`, plan)),
    async openAgent(call, agent, opId) {
      const { leg } = await command(call, { t: 'openAgent', agent }, opId)
      return { leg: leg as string }
    },
    async attachHuman(call, { leg, userId, role }, opId) {
      const { token, expiresAt } = await command(call, { t: 'attachHuman', leg, user: userId, role }, opId)
      return { leg, mediaUrl: `${mediaUrl}?token=${token}`, expiresAt: expiresAt as number }
    },
    async setFloor(call, to, opId) {
      const { seq } = await command(call, { t: 'setFloor', ...to }, opId)
      return { seq }
    },
    async expectLeg(call, leg, opId) {
      await command(call, { t: 'expectLeg', ...leg }, opId)
    },
    async dial(call, leg, opId) {
      if (!dial || !tokenOf) throw new EngineRefusal('engine.cannot_dial', 'This engine calls nobody.')
      const token = tokenOf(call, leg.leg)
      const waitMs = Math.min(120_000, leg.timeoutMs + 5000)
      await command(call, { t: 'expectLeg', leg: leg.leg, role: leg.role, token, waitMs }, opId)
      await dial(call, { ...leg, token }, opId)
    },
    drop: async (call, leg, reason, opId) => void (await command(call, { t: 'drop', leg, reason }, opId)),
    async toAgent(call, message, opId) {
      const { delivered } = await command(call, { t: 'toAgent', message }, opId)
      return { delivered: delivered ?? false }
    },
    play: async (call, sound, opId) => void (await command(call, { t: 'play', sound }, opId)),
    record: async (call, on, opId) => void (await command(call, { t: 'record', on }, opId)),
    hangup: async (call, reason, opId) => void (await command(call, { t: 'hangup', reason }, opId)),
    snapshot: async (call) =>
      orNull('call.not_found', async () => EngineCall.parse(await ask('GET', `/v1/calls/${call}`))),
    list: async () => z.array(EngineCall).parse(await ask('GET', '/v1/calls')),
    events: (after, signal) => events(url, secret, after, signal),
    recording: (call) => orNull('recording.not_found', () => recording(url, secret, call)),
    forgetRecording: async (call) => void (await ask('DELETE', `/v1/calls/${call}/recording`)),
  }
}

const authorized = (secret: string) => ({ authorization: `Bearer ${secret}` })

/** Every request of ours may be repeated: commands carry their own name. */
function asker(url: string, secret: string) {
  return async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    for (let tries = 0; ; tries++) {
      try {
        return await once(method, path, body)
      } catch (error) {
        const wait = AGAIN_MS[tries]
        if (error instanceof EngineRefusal || wait === undefined) throw error
        await pause(wait)
      }
    }
  }

  async function once(method: string, path: string, body: unknown): Promise<unknown> {
    const response = await fetch(url + path, {
      method,
      headers: { ...authorized(secret), 'content-type': 'application/json' },
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (response.status === 204) return undefined
    const answer: unknown = await response.json()
    if (response.ok) return answer
    throw refusalOf(response.status, answer)
  }
}

function refusalOf(status: number, answer: unknown): Error {
  const read = Refused.safeParse(answer)
  if (!read.success || status >= 500) return new Error(`the hub answered ${status}`)
  const { code, message, call } = read.data
  return new EngineRefusal(code, message, call)
}

async function orNull<T>(code: string, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof EngineRefusal && error.code === code) return null
    throw error
  }
}

async function open(url: string, secret: string, path: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url + path, { headers: authorized(secret), signal })
  if (!response.ok || !response.body) throw refusalOf(response.status, await response.json().catch(() => null))
  return response
}

async function hello(url: string, secret: string): Promise<{ hub: string; seq: number }> {
  const leaving = new AbortController()
  const waiting = setTimeout(() => leaving.abort(), ANSWER_MS)
  try {
    // After a fact that never will be: nothing but the greeting is wanted.
    const { body } = await open(url, secret, `/v1/events?after=${Number.MAX_SAFE_INTEGER}`, leaving.signal)
    for await (const line of linesOf(body as ReadableStream<Uint8Array>)) {
      const { hub, seq } = HubHello.parse(JSON.parse(line))
      return { hub, seq }
    }
    throw new Error('the hub said nothing')
  } finally {
    clearTimeout(waiting)
    leaving.abort()
  }
}

async function* events(
  url: string,
  secret: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<HubFact | HubMoment, void> {
  let applied = after
  while (!signal.aborted) {
    const turn = AbortSignal.any([signal, AbortSignal.timeout(STREAM_MS)])
    try {
      const { body } = await open(url, secret, `/v1/events?after=${applied}`, turn)
      for await (const line of linesOf(body as ReadableStream<Uint8Array>)) {
        if (line === '' || line.startsWith('{"t":"hello"')) continue
        const value: unknown = JSON.parse(line)
        const isFact = typeof value === 'object' && value !== null && 'seq' in value
        const read = isFact ? HubFact.parse(value) : HubMoment.parse(value)
        yield read
        // Asked for the next one: this one is applied.
        if ('seq' in read) applied = read.seq
      }
      return
    } catch (error) {
      if (signal.aborted) return
      if (!turn.aborted) throw error
    }
  }
}

async function recording(url: string, secret: string, call: string) {
  const path = `/v1/calls/${call}/recording`
  const signal = AbortSignal.timeout(10 * 60_000)
  const described = await open(url, secret, `${path}.json`, signal)
  const info = RecordingInfo.parse(await described.json())
  const { body } = await open(url, secret, path, signal)
  return { info, sound: body as AsyncIterable<Uint8Array> }
}
