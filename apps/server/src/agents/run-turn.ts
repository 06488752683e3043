/** One turn: read, answer, speak, store under the epoch it began with, and hand off when that is the answer. */
import type { FunctionCall, HandoffReason } from '@earshot/contracts'
import type { Bus } from '../platform/bus.ts'
import { asSystem, type Context, type Services } from '../platform/context.ts'
import type { Answer, Handoff } from './answer.ts'
import type { Voice } from './answer-with-model.ts'
import type { Breaker } from './breaker.ts'
import { DraftStream } from './draft-stream.ts'
import { rememberUnder } from './external/remember.ts'
import { playbookOf } from './flows/playbook.ts'
import { type Effects, tellCall } from './functions/effects.ts'
import { tellFallback, tellTrouble } from './give-up.ts'
import { leave } from './leave.ts'
import type { TurnLimits } from './limits.ts'
import { makeAnswer } from './make-answer.ts'
import { noteAsked } from './note-asked.ts'
import { countSpend, withinBudget } from './over-budget.ts'
import type { say } from './own-words.ts'
import type { AgentRow } from './queries.ts'
import type { Claim } from './queries-turns.ts'
import { type OpenTurn, readTurn, turnKey } from './read-turn.ts'
import type { Cost, ToAnswer } from './to-answer.ts'
import { announced } from './triggers/call-person.ts'

/** Why a running turn was called off. */
export class TurnOver extends Error {
  override name = 'TurnOver'
  readonly why: 'control' | 'restart' | 'shutdown' | 'lease' | 'waiting'

  constructor(why: TurnOver['why']) {
    super(`the turn was called off: ${why}`)
    this.why = why
  }
}

export interface RunningTurn {
  claim: Claim
  abort: AbortController
  epoch: number | null
  through: number
  draft: DraftStream | null
  /** Waits for somebody else, and takes no place among the turns at once. */
  resting: boolean
  /** Called when something happened in the conversation. */
  listeners: Set<() => void>
}

export interface TurnParts {
  services: Services
  bus: Bus
  breaker: Breaker
  limits: TurnLimits
}

/** Answers, or finds that nobody waits any more. Throws `TurnOver` when it was called off. */
export async function runTurn(parts: TurnParts, running: RunningTurn): Promise<void> {
  const { claim } = running
  const system = asSystem(parts.services, claim.workspaceId)
  const state = await readTurn(system, claim)
  if (state.kind === 'over') return
  if (state.kind === 'nobody') {
    return leave(system, claim.conversationId, state.epoch, { handoff: state.handoff })
  }
  const { turn } = state
  const ctx = actAs(parts.services, turn.agent)
  running.epoch = turn.epoch
  running.through = turn.through
  running.abort.signal.throwIfAborted()
  if (turn.stored) return finishStored(ctx, claim, turn)
  if (claim.attempts > parts.limits.starts)
    return giveUp(ctx, claim, turn, {
      reason: 'agent_failed',
      detail: 'The answer could not be made after several starts.',
    })
  const draft = new DraftStream(parts.bus, {
    workspaceId: claim.workspaceId,
    conversationId: claim.conversationId,
    epoch: turn.epoch,
    agent: { id: turn.agent.id, name: turn.agent.name },
  })
  running.draft = draft
  draft.think()
  const patience = hurry(running, turn, draft)
  try {
    return await answerAndStore(parts, ctx, running, turn, draft)
  } catch (error) {
    if (error instanceof TurnOver && error.why === 'waiting') {
      draft.cancel()
      return leave(ctx, claim.conversationId, turn.epoch, { handoff: called(turn, 'waiting', 'handoffAsked') })
    }
    // A restart's own draft takes this one's place on screens; whatever was shown otherwise is taken back.
    if (error instanceof TurnOver && error.why === 'restart' && !draft.hasSpoken) draft.drop()
    else draft.cancel()
    throw error
  } finally {
    clearTimeout(patience)
  }
}

/** A contact who has waited as long as the agent's document allows gets a person, unless the answer is being said already. */
function hurry({ abort }: RunningTurn, { patienceMs }: OpenTurn, draft: DraftStream): NodeJS.Timeout | undefined {
  if (patienceMs === null) return undefined
  return setTimeout(() => {
    if (!draft.hasSpoken) abort.abort(new TurnOver('waiting'))
  }, patienceMs)
}

const called = (turn: OpenTurn, reason: HandoffReason, words: Parameters<typeof say>[1]): Handoff => ({
  reason,
  by: 'rule',
  ...announced(turn.question, words),
})

async function answerAndStore(
  parts: TurnParts,
  ctx: Context,
  running: RunningTurn,
  turn: OpenTurn,
  draft: DraftStream,
): Promise<void> {
  const { claim, abort } = running
  const { agent, question, brief } = turn
  const place = { conversationId: claim.conversationId, epoch: turn.epoch, through: turn.through }
  const asked: ToAnswer = {
    agent,
    question,
    brief,
    limits: parts.limits,
    breaker: parts.breaker,
    turn: { ...place, turnId: () => draft.turnId },
    ...(turn.acting && { acting: turn.acting }),
  }
  const allowed = await withinBudget(ctx, claim.conversationId, turn, asked)
  if (!allowed) {
    draft.cancel()
    return leave(ctx, claim.conversationId, turn.epoch, { handoff: called(turn, 'budget', 'handoffAsked') })
  }
  const made = await makeAnswer(ctx, allowed, voiceOf(ctx, running, turn, draft))
  if (made.kind !== 'stored') await countSpend(ctx, agent.id, made.usage)
  abort.signal.throwIfAborted()
  if (made.kind === 'stored') return draft.done()
  if (made.kind === 'failed') {
    draft.cancel()
    return giveUp(ctx, claim, turn, made)
  }
  const { answer, usage } = made
  if (answer.text === null) {
    draft.cancel()
    await noteAsked(ctx, claim.conversationId, turn, answer)
    if (usage) await tellUsage(ctx, claim, turn, usage)
  } else if (!(await store(ctx, claim, turn, answer, usage, draft))) return
  if (made.fellBack) await tellFallback(ctx, claim.conversationId, turnKey(turn.through), made.fellBack)
  if (made.memory) await rememberUnder(ctx, place, made.memory)
  await leave(ctx, claim.conversationId, turn.epoch, { handoff: answer.handoff, ends: answer.end !== undefined })
}

function voiceOf(ctx: Context, running: RunningTurn, turn: OpenTurn, draft: DraftStream): Voice {
  const { claim, abort } = running
  let calls = 0
  return {
    signal: abort.signal,
    get hasSpoken() {
      return draft.hasSpoken
    },
    write: (text) => draft.write(text),
    restart: () => draft.restart(),
    async rest(work) {
      running.resting = true
      try {
        return await work
      } finally {
        running.resting = false
      }
    },
    news: () => new Promise((resolve) => void running.listeners.add(resolve)),
    lost: lostOf(abort.signal),
    async record(call) {
      abort.signal.throwIfAborted()
      await tell(call)
      abort.signal.throwIfAborted()
    },
    tell,
    playbook: playbookOf(ctx, { conversationId: claim.conversationId, epoch: turn.epoch, agent: turn.agent }, () =>
      abort.abort(new TurnOver('control')),
    ),
  }

  /** Also when the answer is begun anew: what was called was called. */
  async function tell(call: FunctionCall, effects: Effects = {}): Promise<FunctionCall> {
    const clientKey = `${turnKey(turn.through)}:${claim.attempts}:call:${calls++}`
    const place = { conversationId: claim.conversationId, epoch: turn.epoch, clientKey }
    const told = await tellCall(ctx, place, call, effects)
    if (told.outcome === 'stale') abort.abort(new TurnOver('control'))
    return told.call
  }
}

/** A restart and a shutdown leave the floor to the agent; what it had begun outside may end. */
function lostOf(signal: AbortSignal): AbortSignal {
  const lost = new AbortController()
  const look = () => {
    const { reason } = signal
    if (!(reason instanceof TurnOver) || (reason.why !== 'restart' && reason.why !== 'shutdown')) lost.abort(reason)
  }
  if (signal.aborted) look()
  else signal.addEventListener('abort', look, { once: true })
  return lost.signal
}

/** Stores the answer under the epoch the turn began with; false when somebody else has the floor by now. */
async function store(
  ctx: Context,
  claim: Claim,
  turn: OpenTurn,
  answer: Answer,
  usage: Cost | null,
  draft: DraftStream,
): Promise<boolean> {
  const { citations, note, handoff, end } = answer
  const { outcome } = await ctx.append({
    ...entryOf(ctx, claim, turn),
    kind: 'message',
    text: answer.text,
    data: {
      turnId: draft.turnId,
      agentVersion: turn.agent.currentVersion,
      ...(citations.length > 0 && { citations }),
      ...(note && { answer: note }),
      ...(handoff && { handoff }),
      ...(end && { ends: true }),
    },
    clientKey: turnKey(turn.through),
    usage,
  })
  const isStored = outcome === 'appended' || outcome === 'duplicate' || outcome === 'conflict'
  // Another node's answer of this turn was first: its draft is the one on screens.
  if (outcome === 'appended') draft.done()
  else draft.cancel()
  if (outcome === 'appended' || outcome === 'duplicate') await noteAsked(ctx, claim.conversationId, turn, answer)
  return isStored
}

/** A node crashed between the answer and the handoff or the end that belongs to it. */
async function finishStored(ctx: Context, claim: Claim, turn: OpenTurn): Promise<void> {
  const handoff = turn.stored?.data?.handoff
  await leave(ctx, claim.conversationId, turn.epoch, {
    handoff: handoff ?? null,
    ends: turn.stored?.data?.ends === true,
  })
}

async function giveUp(
  ctx: Context,
  claim: Claim,
  turn: OpenTurn,
  trouble: { reason: string; detail: string; usage?: Cost | null },
): Promise<void> {
  await tellTrouble(ctx, claim.conversationId, { key: turnKey(turn.through), ...trouble })
  const broken = announced(turn.question, 'handoffBroken')
  const handoff = { reason: trouble.reason, by: 'rule', ...broken } as const
  await leave(ctx, claim.conversationId, turn.epoch, { handoff })
}

/** Tokens of an answer that was nothing but a handoff. */
async function tellUsage(ctx: Context, claim: Claim, turn: OpenTurn, usage: Cost): Promise<void> {
  const { workspaceId } = ctx
  const data = { type: 'agent_handed_off', turn: turn.through }
  await ctx.append({
    workspaceId,
    conversationId: claim.conversationId,
    kind: 'activity',
    author: { kind: 'system', id: null, name: null },
    text: 'The agent asked for a person.',
    data,
    clientKey: `${turnKey(turn.through)}:usage`,
    usage,
  })
}

function entryOf(ctx: Context, claim: Claim, turn: OpenTurn) {
  const { id, name } = turn.agent
  return {
    workspaceId: ctx.workspaceId,
    conversationId: claim.conversationId,
    author: { kind: 'agent', id, name } as const,
    epoch: turn.epoch,
  }
}

const actAs = (services: Services, agent: AgentRow): Context => ({
  ...services,
  workspaceId: agent.workspaceId,
  actor: { kind: 'agent', id: agent.id, name: agent.name, role: 'operator', scopes: [] },
})
