/** What the state machine of a call knows and decides. Pure: rows in, decisions out; no database, no engine, no clock. */
import type { CallAction, CallEnd } from '@earshot/contracts'
import type { Floor, HubFact, Sound } from '@earshot/voice'
import type { CallRow, LegRow, ReturnTo } from '../queries.ts'

export type LegView = Pick<LegRow, 'id' | 'role' | 'memberId' | 'by' | 'state' | 'label'>

/** A call as the machine sees it. */
export type Model = Pick<
  CallRow,
  | 'state'
  | 'floor'
  | 'floorLeg'
  | 'holderId'
  | 'lease'
  | 'returnTo'
  | 'transfer'
  | 'queueSince'
  | 'queueStep'
  | 'agentId'
  | 'recording'
  | 'callerLeg'
  | 'answeredAt'
  | 'endedAt'
  | 'endReason'
> & { legs: LegView[] }

export type CallChange = Partial<Omit<Model, 'legs' | 'callerLeg'>>
export interface LegChange {
  id: string
  /** A new one. */
  add?: { role: LegView['role']; memberId: string | null; label: string | null; by: LegView['by'] }
  role?: LegView['role']
  state?: LegView['state']
  reason?: string | null
  detail?: string | null
}

/** What is asked of the engine, or of the way, after the change is committed. */
export type Step =
  /** `soft`: without it the change stands all the same. */
  | { do: 'attach'; leg: string; user: string; role: 'listener' | 'supervisor' | 'human'; soft?: true }
  | { do: 'floor'; floor: Floor; from?: Floor['by']; context?: string; play?: Sound }
  | { do: 'expect'; leg: string; role: 'human' | 'external' | 'supervisor'; user?: string; waitMs: number }
  | ({ do: 'dial'; leg: string } & DialTo)
  | { do: 'cancelDial'; leg: string }
  | { do: 'drop'; leg: string; reason: 'dropped' | 'call_ended' }
  | { do: 'openAgent' }
  | { do: 'coach'; id: string; text: string }
  | { do: 'tell'; text: string }
  | { do: 'play'; sound: Sound | null }
  | { do: 'record'; on: boolean }
  | { do: 'hangup'; reason: string }

/** What becomes of the conversation in the same transaction. */
export type Talk =
  | { to: 'operator'; memberId: string }
  | { to: 'agent'; note: string | null }
  | { to: 'queue'; reason: string; by: 'agent' | 'operator' | 'rule'; skills?: string[] }
  | { to: 'paused' }
  | { to: 'over'; reason: CallEnd; wasTransferred: boolean; leftQueue: boolean }

/** A line of the conversation's log, for the team. */
export type CallEvent = { type: string; [key: string]: unknown }

export interface Change {
  kind: 'change'
  call: CallChange
  legs: LegChange[]
  steps: Step[]
  talk: Talk | null
  events: CallEvent[]
}
export type RefusalCode = 'call.not_now' | 'call.taken' | 'call.not_yours' | 'call.too_many_listeners'
export type Decision = Change | { kind: 'nothing' } | { kind: 'refused'; code: RefusalCode; why?: string }

interface Who {
  memberId: string
  name: string | null
}
export interface DialTo {
  to: string
  way: CallRow['way']
  callerId: string
  lineId: string | null
  timeoutMs: number
}

export type CommandInput =
  | (Who & { t: 'listen'; leg: string; most: number })
  | (Who & { t: 'takeover'; leg: string; lease: string; phone: DialTo | null })
  | (Who & { t: 'release'; force: boolean; note: string | null })
  | (Who & { t: 'transfer'; leg: string; label: string | null; dial: DialTo })
  | (Who & { t: 'cancelTransfer' })
  | (Who & { t: 'enqueue'; reason: string; skills: string[] })
  | (Who & { t: 'answer'; leg: string; claimed: boolean; phone: DialTo | null })
  | (Who & { t: 'end'; may: boolean })
  | (Who & { t: 'coach'; id: string; text: string })
  | (Who & { t: 'record'; on: boolean; may: boolean })

/** What the agent asks for itself. */
export type WishInput =
  | { t: 'agentTransfer'; leg: string; label: string | null; dial: DialTo }
  | { t: 'agentEnqueue'; reason: string }
  | { t: 'agentEnd' }

export type OtherInput =
  | { t: 'fact'; fact: HubFact }
  /** The conversation as it is: somebody may have changed it by another door. */
  | { t: 'control'; control: 'agent' | 'queue' | 'operator' | 'paused'; open: boolean }
  /** The engine will not do what was asked. */
  | { t: 'failed'; action: CallAction | 'cancelTransfer' | 'agent'; leg: string | null; code: string }
  /** Nobody answered in the queue. */
  | { t: 'queueOver'; fallback: 'agent' | 'voicemail' | 'callback' }
  | { t: 'unanswered' }
  /** The hub knows the call no more: only its contact may come back. */
  | { t: 'mediaLost' }
  /** Whose sound the hub passes on, when it is not whose it should be. */
  | { t: 'floorIs'; by: Floor['by'] }
  /** No hub has known it for too long. */
  | { t: 'silent' }

/** `assigneeId`: who has the conversation, if an operator has. */
export interface Now {
  at: Date
  assigneeId: string | null
}
export type Input = (CommandInput | WishInput | OtherInput) & Now

export const NOTHING = { kind: 'nothing' } as const
export const refused = (code: RefusalCode, why?: string): Decision => ({ kind: 'refused', code, ...(why && { why }) })

export const change = (given: Partial<Omit<Change, 'kind'>>): Change => ({
  kind: 'change',
  call: {},
  legs: [],
  steps: [],
  talk: null,
  events: [],
  ...given,
})

/** One after the other: later values win, lists are joined. */
export const join = (a: Change, b: Change): Change => ({
  kind: 'change',
  call: { ...a.call, ...b.call },
  legs: [...a.legs, ...b.legs],
  steps: [...a.steps, ...b.steps],
  talk: b.talk ?? a.talk,
  events: [...a.events, ...b.events],
})

const HERE = new Set(['expected', 'ringing', 'live'])
export const isHere = (leg: LegView): boolean => HERE.has(leg.state)

export const legOf = (model: Model, id: string): LegView | undefined => model.legs.find((leg) => leg.id === id)
export const hereIn = (model: Model, ...roles: LegView['role'][]): LegView[] =>
  model.legs.filter((leg) => roles.includes(leg.role) && isHere(leg))

/** The agent can be given the floor: its leg is there, or is being dialled. */
export const agentIsHere = (model: Model): boolean => hereIn(model, 'ai').length > 0

export type { ReturnTo }

/** What the state lets anybody do. Rights are asked besides. */
export function allowedIn(model: Pick<Model, 'state'>): CallAction[] {
  switch (model.state) {
    case 'ai':
      return ['listen', 'takeover', 'transfer', 'enqueue', 'end', 'coach', 'record']
    case 'takeover':
      return ['listen', 'release', 'transfer', 'enqueue', 'end', 'coach', 'record', 'answer']
    case 'transferring':
      return ['listen', 'transfer', 'end', 'record']
    case 'queued':
      return ['answer', 'end']
    case 'human':
      return ['answer', 'enqueue', 'end', 'record']
    case 'ringing':
    case 'transferred':
      return ['end']
    case 'ended':
      return []
  }
}
