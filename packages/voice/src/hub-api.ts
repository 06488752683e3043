/**
 * What the control plane asks of the media hub, over HTTP with `Authorization: Bearer <hub secret>`:
 *
 * `PUT /v1/calls/:call` prepares a call (CallPlan → EngineCall); again with the same caller: nothing happens
 * `GET /v1/calls` (EngineCall[]), `GET /v1/calls/:call` (EngineCall, 404 `call.not_found`)
 * `POST /v1/calls/:call/commands` (Command → CommandReply); the same `opId` again gets the first reply
 * `POST /v1/calls/:call/legs/:leg` (LegReport) from the edge, or from whoever dials
 * `GET /v1/events?after=SEQ` newline-delimited HubEvent, kept open; those without `seq` are of the moment and not kept
 * `GET /v1/calls/:call/recording` the sound so far, two channels of μ-law interleaved, gaps filled with silence; `…/recording.json` (RecordingInfo)
 * `DELETE /v1/calls/:call/recording` once it is kept elsewhere
 * `GET /healthz`, `GET /metrics`
 *
 * Media: `WS /carrier` (Media Streams, from carriers and the edge; the token is a custom parameter), `WS /media?token=` (browsers, binary).
 * Every failure is `{ code, message }` with a status; `call.conflict` (409) carries `call: EngineCall`.
 */
import { z } from 'zod'
import { SpeakerName } from './floor.ts'

const Id = z.uuid()
export const CallId = Id
export const LegId = Id
const token = z.string().min(20).max(200)

/** What a leg is for. `human`: an operator who accepted from the queue; `external`: who the call was transferred to. */
export const LegRole = z.enum(['caller', 'ai', 'human', 'supervisor', 'listener', 'external'])
export type LegRole = z.infer<typeof LegRole>

export const Floor = z.discriminatedUnion('by', [
  z.object({ by: z.literal('ai') }),
  z.object({ by: z.literal('human'), leg: LegId }),
  /** A lease: whoever shows it within ten seconds of losing the socket goes on. */
  z.object({ by: z.literal('supervisor'), leg: LegId, lease: z.string() }),
  z.object({ by: z.literal('external'), leg: LegId }),
  /** Nobody speaks; the caller hears what is played. */
  z.object({ by: z.literal('hold') }),
])
export type Floor = z.infer<typeof Floor>

export const LegState = z.enum(['expected', 'ringing', 'live', 'lost', 'failed', 'left'])
export type LegState = z.infer<typeof LegState>
/** Why a leg is no more, or never was. The first three are of dialling. */
export const LegEnd = z.enum([
  'busy',
  'no_answer',
  'rejected',
  'failed',
  'hung_up',
  'dropped',
  'lost',
  'expired',
  'call_ended',
])
export type LegEnd = z.infer<typeof LegEnd>

/** How the agent's leg is reached. The hub dials it with Media Streams, twice again when it is lost (after 1 s and 3 s). */
export const AgentPlan = z.object({
  url: z.url({ protocol: /^wss?$/ }),
  /** The control socket of our own agents; left out for plain bots. */
  controlUrl: z.url({ protocol: /^wss?$/ }).optional(),
  headers: z.record(z.string(), z.string()).default({}),
  /** `customParameters` of its `start`. */
  params: z.record(z.string(), z.string()).default({}),
  /** Also send what the floor's holder says, as `track: outbound`, so that it can be written down. */
  outbound: z.boolean().default(false),
  /** It goes on hearing the caller while somebody else speaks. */
  listensOnHold: z.boolean().default(true),
})
export type AgentPlan = z.infer<typeof AgentPlan>

/** What the caller hears while nobody speaks: a clip that ships with the hub, or μ-law of our own making in base64. */
export const Sound = z.union([
  z.object({ clip: z.enum(['ringback', 'hold', 'tone']) }),
  z.object({ mulaw: z.base64().max(8_000_000), loop: z.boolean().default(false) }),
])
export type Sound = z.infer<typeof Sound>

export const CallPlan = z.object({
  call: CallId,
  workspace: Id,
  /** The leg of the contact, and the secret that binds a stream to it; single use, but for the same call after a carrier's reconnect. */
  caller: z.object({ leg: LegId, token, by: z.enum(['carrier', 'browser']), callSid: z.string().max(120).optional() }),
  /** How long the caller's stream may take to come, in milliseconds. */
  waitMs: z.int().min(1000).max(120_000).default(30_000),
  agent: AgentPlan.nullable(),
  floor: z.enum(['ai', 'hold']).default('ai'),
  record: z.boolean().default(true),
  /** Played to the caller before anybody speaks: the consent announcement. */
  announcement: Sound.nullable().default(null),
  /** Said when the agent's leg is lost, and when no way on is left. */
  apologies: z
    .object({ filler: Sound.nullable(), farewell: Sound.nullable() })
    .default({ filler: null, farewell: null }),
  /** The agent gets the floor back; `hold` when there was none. */
  limits: z
    .object({
      listeners: z.int().min(0).max(50).default(5),
      maxMinutes: z.int().min(1).max(720).default(240),
      /** A carrier that lost its stream may come again within this. */
      reconnectMs: z.int().min(0).max(60_000).default(10_000),
    })
    .default({ listeners: 5, maxMinutes: 240, reconnectMs: 10_000 }),
})
export type CallPlan = z.infer<typeof CallPlan>

const op = { opId: Id }

/** Each is idempotent by `opId` and answers when the hub has done it, not when it was asked. */
export const Command = z.discriminatedUnion('t', [
  z.object({ ...op, t: z.literal('openAgent'), agent: AgentPlan }),
  /** Makes a one-use ticket of 60 seconds for a browser's socket. A listener's leg becomes the supervisor's without a new socket: name it. */
  z.object({
    ...op,
    t: z.literal('attachHuman'),
    leg: LegId,
    user: Id,
    role: z.enum(['listener', 'supervisor', 'human']),
  }),
  /** A leg that will come by `WS /carrier` with this token: an operator's own phone, or who the call is transferred to. */
  z.object({
    ...op,
    t: z.literal('expectLeg'),
    leg: LegId,
    role: z.enum(['human', 'external', 'supervisor', 'listener']),
    token,
    waitMs: z.int().min(1000).max(120_000),
    user: Id.optional(),
  }),
  /** One step in one tick: what the old speaker queued is dropped, its marks answered, `clear` sent, the agent told. */
  z.object({
    ...op,
    t: z.literal('setFloor'),
    floor: Floor,
    /** Refused with `call.conflict` when somebody else has the floor. */
    from: z.enum(['ai', 'human', 'supervisor', 'external', 'hold']).optional(),
    /** Told to the agent with `resume`. */
    context: z.string().max(4000).optional(),
    play: Sound.optional(),
  }),
  z.object({ ...op, t: z.literal('drop'), leg: LegId, reason: LegEnd }),
  z.object({
    ...op,
    t: z.literal('toAgent'),
    message: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('coach'), id: Id, text: z.string().max(4000) }),
      z.object({ kind: z.literal('context'), text: z.string().max(4000) }),
    ]),
  }),
  /** To the caller, only while the floor is `hold`; null stops. */
  z.object({ ...op, t: z.literal('play'), sound: Sound.nullable() }),
  /** Writes silence and a mark while sensitive things are said. */
  z.object({ ...op, t: z.literal('record'), on: z.boolean() }),
  z.object({ ...op, t: z.literal('hangup'), reason: z.string().max(100) }),
])
export type Command = z.infer<typeof Command>
export type CommandOf<T extends Command['t']> = Extract<Command, { t: T }>

export const CommandReply = z.object({
  /** The hub's sequence of the fact that the command is; 0 when nothing changed. */
  seq: z.int().nonnegative(),
  leg: LegId.optional(),
  /** For `attachHuman`. */
  token: z.string().optional(),
  expiresAt: z.number().optional(),
  /** For `toAgent`: a plain bot without a control socket cannot be told. */
  delivered: z.boolean().optional(),
})
export type CommandReply = z.infer<typeof CommandReply>

export const LegReport = z.object({
  opId: Id,
  state: z.enum(['ringing', 'answered', 'failed']),
  reason: LegEnd.optional(),
  /** The network's own words, for people who look into it: `486 Busy Here`. */
  detail: z.string().max(200).optional(),
})
export type LegReport = z.infer<typeof LegReport>

export const EngineLeg = z.object({
  leg: LegId,
  role: LegRole,
  state: LegState,
  user: Id.nullable(),
  end: LegEnd.nullable(),
  /** Sound that came from it, in frames; and what came although it may not speak. */
  framesIn: z.int(),
  refused: z.int(),
})
export type EngineLeg = z.infer<typeof EngineLeg>

export const EngineCall = z.object({
  call: CallId,
  workspace: Id,
  /** `waiting`: the caller's stream has not come yet. */
  state: z.enum(['waiting', 'live', 'reconnecting', 'ended']),
  floor: Floor,
  speaker: SpeakerName,
  legs: z.array(EngineLeg),
  /** Milliseconds of the recording's clock. */
  nowMs: z.int(),
  recording: z.enum(['on', 'off', 'paused', 'failed']),
  seq: z.int(),
})
export type EngineCall = z.infer<typeof EngineCall>

/** Who spoke when, by the recording's clock; `paused` is silence on purpose. */
export const RecordingInfo = z.object({
  call: CallId,
  bytes: z.int(),
  durationMs: z.int(),
  /** When tick 0 was, ms since 1970. */
  startedAt: z.number(),
  complete: z.boolean(),
  speakers: z.array(z.object({ fromMs: z.int(), toMs: z.int(), speaker: SpeakerName, user: Id.nullable() })),
  gaps: z.array(z.object({ fromMs: z.int(), toMs: z.int(), why: z.enum(['lost', 'paused', 'disk']) })),
})
export type RecordingInfo = z.infer<typeof RecordingInfo>
