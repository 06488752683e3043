/** Runs the functions of one turn: one after the other, bounded in number, checked, told in the log, and never twice with the same wish. */
import { createHash } from 'node:crypto'
import type { FunctionCall, JsonValue } from '@earshot/contracts'
import { AppError } from '../../platform/errors.ts'
import type { TrialRules } from '../to-answer.ts'
import { runBuiltIn } from './built-in.ts'
import { callHttp, secretsIn } from './call-http.ts'
import type { Effects } from './effects.ts'
import { BadParameter, type Parameters } from './fill-template.ts'
import { refusedCall, short } from './log-line.ts'
import { effectsOf } from './map-result.ts'
import { callTool } from './mcp/call-tool.ts'
import type { Offered } from './offered.ts'
import type { Outcome, Ran } from './outcome.ts'
import { checkParameters } from './parameters.ts'
import { wishOf } from './wish.ts'
import type { World } from './world.ts'

/** In one answer. A model that wants more is lost in a loop, or led by somebody. */
const MOST_CALLS = 12
const MOST_FOR_MODEL = 6000
const UNRECORDED = 'Not called, because this is a replay and the record holds no such call.'
const TRIAL = 'Not called, because this is a trial and the function may change something.'

export class FunctionRunner {
  readonly offered: Offered[]
  private readonly world: World
  /** Calls since the contact was last answered, by a turn that ended early. */
  private readonly earlier: Map<string, FunctionCall>
  private queue: Promise<unknown> = Promise.resolve()
  private calls = 0

  constructor(offered: Offered[], world: World, earlier: FunctionCall[] = []) {
    this.offered = offered
    this.world = world
    this.earlier = new Map(
      earlier.filter(({ status }) => status === 'ok').map((call) => [wishOf(call.name, call.parameters), call]),
    )
  }

  /** Throws what called the turn off. */
  call(name: string, given: unknown, signal: AbortSignal): Promise<Ran> {
    const run = this.queue.then(() => this.callNow(name, given, signal))
    this.queue = run.catch(() => {})
    return run
  }

  /** Calls that succeeded, for a runner that goes on with the same answer. */
  get done(): FunctionCall[] {
    return [...this.earlier.values()]
  }

  /** Resolves when nothing runs any more: a turn is not given back before. */
  async settled(): Promise<void> {
    await this.queue
  }

  private async callNow(name: string, given: unknown, signal: AbortSignal): Promise<Ran> {
    signal.throwIfAborted()
    const offer = this.offered.find((one) => one.name === name)
    if (!offer) return this.refuse(name, given, 'There is no such function.')
    const checked = checkParameters(offer.parameters, given)
    if (!checked.ok) return this.refuse(name, given, checked.problem)
    if (++this.calls > MOST_CALLS) return nothing('No more functions can be called in this answer.')
    const before = this.earlier.get(wishOf(name, checked.value))
    if (before && !isRead(offer)) return nothing(`This was done already. ${write(before.result)}`)
    const startedAt = performance.now()
    const outcome = await this.run(offer, checked.value, signal)
    const call: FunctionCall = {
      name,
      parameters: short(checked.value),
      result: short(outcome.result),
      status: outcome.status,
      durationMs: Math.round(performance.now() - startedAt),
    }
    const told = await this.tell(call, outcome.effects)
    signal.throwIfAborted()
    if (told.status === 'ok') this.earlier.set(wishOf(name, checked.value), told)
    const isAsIs = told.status === call.status
    return {
      text: (isAsIs ? (outcome.text ?? write(outcome.result)) : write(told.result)).slice(0, MOST_FOR_MODEL),
      passages: outcome.passages ?? null,
      after: isAsIs && outcome.status === 'ok' ? (outcome.after ?? null) : null,
    }
  }

  private async run(offer: Offered, parameters: Parameters, signal: AbortSignal): Promise<Outcome> {
    try {
      if (offer.kind === 'own') return await offer.run(parameters as Record<string, JsonValue>)
      if (offer.kind === 'builtin') return await runBuiltIn(offer.builtin, parameters, this.world)
      return await this.callOutside(offer, parameters, isRead(offer) ? signal : this.world.lost)
    } catch (error) {
      if (error instanceof BadParameter) return { status: 'refused', result: error.message, effects: {} }
      // A call that was given up is told under the turn's epoch: where somebody else has the floor, it is kept unsaid.
      if (signal.aborted || this.world.lost.aborted)
        return { status: 'error', result: 'Called off before it ended.', effects: {} }
      throw error
    }
  }

  private async callOutside(offer: Outside, parameters: Parameters, signal: AbortSignal): Promise<Outcome> {
    const { world } = this
    const instead = world.trial && insteadOf(world.trial, offer, parameters)
    if (instead) return { ...instead, effects: {} }
    const { url, headers } = offer.kind === 'mcp' ? offer.server : offer.settings
    const secrets = await world.secrets(secretsIn(headers), url)
    const key = createHash('sha256')
      .update(`${world.key} ${wishOf(offer.name, parameters)}`)
      .digest('base64url')
    const parts = { outbound: world.outbound, secrets, signal, key }
    const { ok, result } =
      offer.kind === 'mcp'
        ? await callTool(offer.server, offer.settings, parameters, parts)
        : await callHttp(offer.settings, parameters, parts)
    if (!ok) return { status: 'error', result, effects: {} }
    return { status: 'ok', result, effects: effectsOf(offer.settings.mappings, result, world.fields) }
  }

  /** What cannot be changed is told to the model with the reason. */
  private async tell(call: FunctionCall, effects: Effects): Promise<FunctionCall> {
    try {
      return await this.world.tell(call, effects)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return this.world.tell({ ...call, status: 'refused', result: error.message }, {})
    }
  }

  private async refuse(name: string, given: unknown, reason: string): Promise<Ran> {
    if (++this.calls <= MOST_CALLS) await this.tell(refusedCall(name, given, reason), {})
    return nothing(`Refused: ${reason}`)
  }
}

/** What a trial answers in place of a call; undefined when it is to be called. */
function insteadOf({ confirmed, recorded }: TrialRules, offer: Outside, parameters: Parameters) {
  const known = recorded?.(offer.name, parameters)
  if (known) return { status: known.status, result: known.result ?? '' }
  const mayCall = !recorded && (isRead(offer) || confirmed.includes(offer.name))
  return mayCall ? undefined : { status: 'refused' as const, result: recorded ? UNRECORDED : TRIAL }
}

/** What leaves the house. */
type Outside = Extract<Offered, { kind: 'http' | 'mcp' }>

const nothing = (text: string): Ran => ({ text, passages: null, after: null })
function isRead(offer: Offered): boolean {
  if (offer.kind === 'mcp') return offer.settings.reads
  if (offer.kind === 'http') return offer.settings.method === 'GET'
  return offer.kind === 'builtin' && offer.builtin === 'search_knowledge'
}
const write = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value))
