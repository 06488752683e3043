/** Words of a caller that come with the sound, from a script or a line that was clicked: a call needs no recogniser for them. */
import { randomUUID } from 'node:crypto'
import type { Services } from '../platform/context.ts'
import { hear } from './hear.ts'

export interface ScriptLine {
  /** The recording's clock; left out: now. */
  startMs?: number
  endMs?: number
  /** Names the line, so that a repeat is heard once. */
  utterance?: string
}

export async function sayAsCaller(
  services: Services,
  callId: string,
  text: string,
  { startMs, endMs, utterance = `s${randomUUID()}` }: ScriptLine = {},
): Promise<void> {
  const nowMs = endMs ?? (await services.calls.engine.snapshot(callId))?.nowMs ?? 0
  await hear(services, callId, {
    utterance,
    role: 'caller',
    text,
    final: true,
    startMs: Math.max(0, startMs ?? nowMs),
    endMs: nowMs,
    source: 'script',
  })
}
