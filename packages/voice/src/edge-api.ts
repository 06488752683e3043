/**
 * The SIP edge: a process that owns SIP dialogues and RTP and turns each leg into a Media Streams socket to the hub.
 *
 * From the server, `Authorization: Bearer <hub secret>`: `PUT /v1/trunks` (Trunk[], the whole set), `POST /v1/dial` (Dial → 202),
 * `DELETE /v1/dial/:leg` (CANCEL or BYE), `POST /v1/trunks/:id/test` (TrunkTest), `GET /healthz`, `/metrics`.
 * To the server: `POST /internal/voice/incoming` (IncomingCall → IncomingAnswer), `POST /internal/voice/gone` (GoneCall), `GET /internal/voice/trunks` at its start.
 * To the hub: `POST /v1/calls/:call/legs/:leg` (LegReport) while it rings, `WS /carrier` once it is answered.
 */
import { z } from 'zod'
import { CallId, LegId } from './hub-api.ts'

export const Trunk = z.object({
  id: z.uuid(),
  workspace: z.uuid(),
  name: z.string(),
  /** Where INVITEs go: host, port, transport. */
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65535).default(5060),
  transport: z.enum(['udp', 'tcp']).default('udp'),
  user: z.string().max(200).optional(),
  password: z.string().max(200).optional(),
  /** Networks INVITEs may come from without credentials, in CIDR; the host's own addresses always. */
  from: z.array(z.string()).max(50).default([]),
  codecs: z
    .array(z.enum(['PCMU', 'PCMA']))
    .min(1)
    .default(['PCMU', 'PCMA']),
  register: z.boolean().default(false),
})
export type Trunk = z.infer<typeof Trunk>

export const IncomingCall = z.object({
  /** The dialogue's Call-ID: the same INVITE again asks for the same call. */
  sipCallId: z.string().max(250),
  /** Whose it may be: every trunk it came from by address, or whose password it knew. Several may share a provider. */
  trunks: z.array(z.uuid()).min(1).max(50),
  /** Empty: withheld. */
  from: z.string().max(200),
  fromName: z.string().max(200).nullable(),
  to: z.string().max(200),
})
export type IncomingCall = z.infer<typeof IncomingCall>

export const IncomingAnswer = z.union([
  z.object({
    accept: z.literal(true),
    call: CallId,
    leg: LegId,
    token: z.string(),
    mediaUrl: z.string(),
  }),
  z.object({ accept: z.literal(false), status: z.int().min(400).max(699), reason: z.string() }),
])
export type IncomingAnswer = z.infer<typeof IncomingAnswer>

/** An accepted call whose stream never came: the caller hung up while it rang, or could not be connected. */
export const GoneCall = z.object({ call: CallId, why: z.enum(['hung_up', 'failed']) })
export type GoneCall = z.infer<typeof GoneCall>

export const Dial = z.object({
  opId: z.uuid(),
  call: CallId,
  leg: LegId,
  token: z.string(),
  /** `WS …/carrier` of the hub, and its HTTP address for reports. */
  mediaUrl: z.string(),
  hubUrl: z.string(),
  trunk: z.uuid(),
  to: z.string().max(200),
  callerId: z.string().max(100),
  timeoutMs: z.int().min(1000).max(120_000).default(25_000),
  headers: z.record(z.string(), z.string()).default({}),
})
export type Dial = z.infer<typeof Dial>

export const TrunkTest = z.object({
  ok: z.boolean(),
  /** What a person can do something with: `answered OPTIONS in 21 ms`, `no answer within 4 s`, `asked for a password and refused ours`. */
  detail: z.string(),
  tookMs: z.int(),
})
export type TrunkTest = z.infer<typeof TrunkTest>
