/**
 * The socket beside an agent's media, for our own agents and others that want more than a bot of Media Streams gets (voice.md §5.2).
 * JSON text, one message a frame. All times are milliseconds of the recording's clock: the hub's tick × 20.
 */
import { z } from 'zod'

/** Where words came from: a speech recogniser, the speaker itself (an agent knows what it says), or a script (the demo). */
export const TextSource = z.enum(['recogniser', 'self', 'script'])
export type TextSource = z.infer<typeof TextSource>

/** Whose words. */
export const SpokenRole = z.enum(['caller', 'ai', 'supervisor', 'human', 'external'])
export type SpokenRole = z.infer<typeof SpokenRole>

/** Something that was said, or is being said. `utterance` stays the same from the first partial to the final one. */
export const SpokenText = z.object({
  utterance: z.string().min(1).max(100),
  role: SpokenRole,
  text: z.string().max(16_000),
  final: z.boolean(),
  startMs: z.int().nonnegative(),
  endMs: z.int().nonnegative(),
  source: TextSource,
  language: z.string().max(20).optional(),
  confidence: z.number().min(0).max(1).optional(),
})
export type SpokenText = z.infer<typeof SpokenText>

export const ToAgent = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), call: z.string(), nowMs: z.int() }),
  z.object({ t: z.literal('hold'), by: z.enum(['supervisor', 'human', 'external', 'hold']) }),
  /** It has the floor again; `context` says what was said meanwhile, and why it got it back. */
  z.object({ t: z.literal('resume'), context: z.string().optional() }),
  z.object({ t: z.literal('coach'), id: z.string(), text: z.string() }),
  z.object({ t: z.literal('context'), text: z.string() }),
  /** The sound before a mark was played, or dropped: how much of it the caller heard. */
  z.object({
    t: z.literal('played'),
    mark: z.string(),
    startMs: z.int().nullable(),
    endMs: z.int().nullable(),
    flushed: z.boolean(),
  }),
  z.object({ t: z.literal('dtmf'), digit: z.string() }),
  z.object({ t: z.literal('end'), reason: z.string() }),
])
export type ToAgent = z.infer<typeof ToAgent>

export const FromAgent = z.discriminatedUnion('t', [
  SpokenText.extend({ t: z.literal('text') }),
  /** `seen`: it was read. `applied`: what the agent says takes it into account. */
  z.object({ t: z.literal('coach.ack'), id: z.string(), state: z.enum(['seen', 'applied']) }),
  z.object({
    t: z.literal('tool'),
    id: z.string(),
    name: z.string(),
    parameters: z.unknown(),
    result: z.unknown().optional(),
    status: z.enum(['ok', 'error', 'running', 'refused']),
    durationMs: z.int().optional(),
  }),
  z.object({
    t: z.literal('request'),
    action: z.enum(['transfer', 'enqueue', 'end']),
    to: z.string().optional(),
    reason: z.string().max(500).optional(),
  }),
  z.object({
    t: z.literal('usage'),
    inputTokens: z.int().nonnegative().default(0),
    outputTokens: z.int().nonnegative().default(0),
    costUsd: z.number().nonnegative().optional(),
    audioMs: z.int().nonnegative().optional(),
  }),
])
export type FromAgent = z.infer<typeof FromAgent>
