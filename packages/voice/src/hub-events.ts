/** What the hub tells: facts with a sequence, kept on its disk until the control plane has them, and moments that are not kept. */
import { z } from 'zod'
import { FromAgent, SpokenRole } from './agent-control.ts'
import { CallId, Floor, LegEnd, LegId, LegRole } from './hub-api.ts'

const fact = {
  /** Over all calls of one hub, dense, never used twice, also after `kill -9`. */
  seq: z.int().positive(),
  call: CallId,
  /** Milliseconds since 1970. */
  at: z.number(),
  /** The recording's clock. */
  ms: z.int().nonnegative(),
}

export const HubFact = z.discriminatedUnion('t', [
  z.object({ ...fact, t: z.literal('call.started'), callSid: z.string().nullable() }),
  /** The carrier's stream is gone or back; the call goes on until `reconnectMs` is over. */
  z.object({ ...fact, t: z.literal('call.reconnecting') }),
  z.object({ ...fact, t: z.literal('call.resumed') }),
  /**
   * Nothing follows. `caller_hung_up`, `hangup` (a command; `detail` is its reason), `external_hung_up`, `agent_lost`, `never_came`,
   * `caller_lost`, `too_long`.
   */
  z.object({
    ...fact,
    t: z.literal('call.ended'),
    reason: z.enum([
      'caller_hung_up',
      'hangup',
      'external_hung_up',
      'agent_ended',
      'agent_lost',
      'never_came',
      'caller_lost',
      'too_long',
    ]),
    detail: z.string().nullable(),
  }),
  z.object({ ...fact, t: z.literal('leg.ringing'), leg: LegId, role: LegRole }),
  z.object({ ...fact, t: z.literal('leg.answered'), leg: LegId, role: LegRole, user: z.uuid().nullable() }),
  z.object({
    ...fact,
    t: z.literal('leg.failed'),
    leg: LegId,
    role: LegRole,
    reason: LegEnd,
    detail: z.string().nullable(),
  }),
  /** Not coming back by itself: `ai` after its redials. */
  z.object({ ...fact, t: z.literal('leg.lost'), leg: LegId, role: LegRole, user: z.uuid().nullable() }),
  z.object({ ...fact, t: z.literal('leg.left'), leg: LegId, role: LegRole, user: z.uuid().nullable(), reason: LegEnd }),
  /** `cause`: the command that did it, or what made the hub do it by itself. */
  z.object({
    ...fact,
    t: z.literal('floor.changed'),
    floor: Floor,
    cause: z.enum([
      'command',
      'start',
      'supervisor_lost',
      'supervisor_silent',
      'human_lost',
      'agent_lost',
      'external_left',
    ]),
    opId: z.uuid().nullable(),
  }),
  z.object({ ...fact, t: z.literal('dtmf'), role: LegRole, digit: z.string() }),
  /** A stretch of one voice, found by its loudness. */
  z.object({
    ...fact,
    t: z.literal('spoke'),
    role: SpokenRole,
    user: z.uuid().nullable(),
    startMs: z.int(),
    endMs: z.int(),
  }),
  /** Final words, functions, wishes and use, as the agent's control socket said them. */
  z.object({ ...fact, t: z.literal('agent.said'), message: FromAgent }),
  z.object({ ...fact, t: z.literal('coach.delivered'), id: z.uuid() }),
  z.object({ ...fact, t: z.literal('recording.changed'), state: z.enum(['on', 'off', 'paused', 'failed']) }),
])
export type HubFact = z.infer<typeof HubFact>
export type HubFactOf<T extends HubFact['t']> = Extract<HubFact, { t: T }>

const moment = { call: CallId, ms: z.int().nonnegative() }

export const HubMoment = z.discriminatedUnion('t', [
  /** Five times a second while a call is live: loudest of each since the last, 0…1. */
  z.object({ ...moment, t: z.literal('levels'), caller: z.number(), speaker: z.number(), by: SpokenRole.nullable() }),
  z.object({ ...moment, t: z.literal('speaking'), role: SpokenRole, on: z.boolean() }),
  /** Words that may still change. */
  z.object({ ...moment, t: z.literal('partial'), message: FromAgent }),
])
export type HubMoment = z.infer<typeof HubMoment>

/** Without `seq`: a moment. The first line of a stream is `{ "t": "hello", "hub": id, "seq": last }`. */
export const HubHello = z.object({ t: z.literal('hello'), hub: z.uuid(), seq: z.int().nonnegative() })
export type HubHello = z.infer<typeof HubHello>
