/** One call of the demo, from the first ring to hanging up: a synthesized caller who lets the other side finish. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { CarrierLeg, sayAsCaller, soundOf, startCall } from '../../calls/index.ts'
import type { Context } from '../../platform/context.ts'
import type { CallScript } from './scripts.ts'

export interface CallParts {
  ctx: Context
  channelId: string
  signal: AbortSignal
}

/** The other side is done when it has been silent for so long; when nothing comes at all, the caller goes on. */
const TURN_MS = 1400
const PATIENCE_MS = 25_000
/** How long somebody stays in the queue, and with a person who took the call. */
const QUEUE_MS = 100_000
const LOOK_MS = 100

export async function makeCall(script: CallScript, { ctx, channelId, signal }: CallParts): Promise<void> {
  // All of it beforehand: nobody waits for a synthesizer in the middle of a sentence.
  const sounds: Uint8Array[] = []
  for (const text of script.lines)
    sounds.push(await soundOf(ctx, ctx.workspaceId, { text, voice: script.voice, speed: script.speed, offline: true }))
  signal.throwIfAborted()
  // Without a hub nobody rings: a call that nobody carries would only stand in the list.
  await ctx.calls.engine.identify()
  const key = `demo-${randomUUID()}`
  const begun = await startCall(ctx, {
    workspaceId: ctx.workspaceId,
    channelId,
    way: 'demo',
    direction: 'inbound',
    key,
    from: { name: script.name, number: script.number },
    caller: { by: 'carrier', callSid: key },
    demo: true,
  })
  const leg = new CarrierLeg({ carrierUrl: begun.hub.carrierUrl, callSid: key, token: begun.token })
  const over = AbortSignal.any([signal, leg.over])
  try {
    await talk(ctx, begun.call.id, leg, { script, sounds, over })
    if (script.waits) await sleep(QUEUE_MS, undefined, { signal: over })
  } catch (error) {
    if (!over.aborted) throw error
  } finally {
    await leg.hangUp()
  }
}

interface Talk {
  script: CallScript
  sounds: Uint8Array[]
  over: AbortSignal
}

async function talk(ctx: Context, callId: string, leg: CarrierLeg, { script, sounds, over }: Talk): Promise<void> {
  for (const [i, text] of script.lines.entries()) {
    await untilAnswered(leg, over)
    const sound = sounds[i]!
    await leg.say(sound)
    over.throwIfAborted()
    const endMs = (await ctx.calls.engine.snapshot(callId))?.nowMs ?? 0
    const startMs = Math.max(0, endMs - Math.round(sound.length / 8))
    await sayAsCaller(ctx, callId, text, { utterance: `line-${i}`, startMs, endMs })
  }
  await untilAnswered(leg, over)
}

/** Somebody spoke, and has finished. */
async function untilAnswered(leg: CarrierLeg, over: AbortSignal): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS
  let heard = false
  while (performance.now() < giveUpAt) {
    await sleep(LOOK_MS, undefined, { signal: over })
    if (!leg.isQuietFor(LOOK_MS * 2)) heard = true
    if (heard && leg.isQuietFor(TURN_MS)) return
  }
}
