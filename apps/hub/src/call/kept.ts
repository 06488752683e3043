/** What of a call is on the disk, so that a hub that was killed knows it again: its plan, its clock, its floor and its legs. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AgentPlan, CallPlan, CommandReply, Floor, LegEnd, LegRole, LegState } from '@earshot/voice'
import { z } from 'zod'
import { readJson, replaceFile } from '../files.ts'
import { Call } from './call.ts'
import { changeFloor } from './floor.ts'
import type { House } from './house.ts'
import { newLeg } from './legs.ts'

const KeptLeg = z.object({
  id: z.string(),
  role: LegRole,
  by: z.enum(['carrier', 'browser', 'agent']),
  user: z.string().nullable(),
  state: LegState,
  end: LegEnd.nullable(),
  token: z.string().nullable(),
  tokenUntil: z.number().nullable(),
  wasUsed: z.boolean(),
  callSid: z.string().nullable(),
})

const Kept = z.object({
  state: z.enum(['waiting', 'live', 'reconnecting', 'ended']),
  ending: z.object({ reason: z.string(), detail: z.string().nullable() }).nullable(),
  preparedAt: z.number(),
  startedAt: z.number(),
  floor: Floor,
  seq: z.int(),
  legs: z.array(KeptLeg),
  /** Who answers the call when it is not who the plan says. */
  agent: AgentPlan.nullable(),
  isRecorded: z.boolean(),
  isPaused: z.boolean(),
  replies: z.array(z.tuple([z.string(), CommandReply])),
})

const MOST_REPLIES = 200

const folderOf = (house: House): string => join(house.dataDir, 'hub', 'calls')
const planPath = (house: House, id: string): string => join(folderOf(house), `${id}.plan.json`)
const statePath = (house: House, id: string): string => join(folderOf(house), `${id}.json`)

export function keepPlan(call: Call): void {
  trying(call.house, () => replaceFile(planPath(call.house, call.id), JSON.stringify(call.plan)))
  keep(call)
}

/** A few hundred bytes at every change; a full disk is a pity, and no reason to stop a call. */
export function keep(call: Call, ending: { reason: string; detail: string | null } | null = null): void {
  if (call.state === 'ended' && !ending) return
  const kept: z.input<typeof Kept> = {
    state: call.state,
    ending,
    preparedAt: call.preparedAt,
    startedAt: call.startedAt,
    floor: call.floor,
    seq: call.seq,
    legs: [...call.legs.values()],
    agent: call.agent.isThere ? call.agent.plan : null,
    isRecorded: call.recorder ? call.recorder.state !== 'off' : call.plan.record,
    isPaused: call.recorder?.state === 'paused',
    replies: [...call.replies].slice(-MOST_REPLIES),
  }
  trying(call.house, () => replaceFile(statePath(call.house, call.id), JSON.stringify(Kept.parse(kept))))
}

export function forget(call: Call): void {
  for (const path of [statePath(call.house, call.id), planPath(call.house, call.id)]) rmSync(path, { force: true })
}

/** The calls of the hub before this one. Carriers and browsers come again by themselves; nobody else speaks meanwhile. */
export function recall(house: House): Call[] {
  const folder = folderOf(house)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const over = new Set(house.journal.kept('call.ended').map((fact) => fact.call))
  const calls: Call[] = []
  for (const name of readdirSync(folder)) {
    const id = /^([0-9a-f-]{36})\.plan\.json$/.exec(name)?.[1]
    if (id === undefined) continue
    const plan = CallPlan.safeParse(readJson(planPath(house, id)))
    const kept = Kept.safeParse(readJson(statePath(house, id)))
    if (!plan.success || over.has(id)) {
      rmSync(planPath(house, id), { force: true })
      if (existsSync(statePath(house, id))) rmSync(statePath(house, id), { force: true })
      continue
    }
    const call = new Call(plan.data, house)
    if (kept.success) restore(call, kept.data)
    if (call.state !== 'ended') calls.push(call)
  }
  return calls
}

function restore(call: Call, kept: z.infer<typeof Kept>): void {
  const now = call.house.now()
  for (const [opId, reply] of kept.replies) call.replies.set(opId, reply)
  call.preparedAt = Math.max(kept.preparedAt, now - call.plan.waitMs / 2)
  call.seq = kept.seq
  for (const leg of kept.legs) restoreLeg(call, leg, now)
  if (kept.state === 'waiting') return
  call.resumeClock(kept.startedAt)
  call.state = 'reconnecting'
  call.reconnectBy = now + Math.max(call.plan.limits.reconnectMs, 5000)
  call.openRecorder(kept.isRecorded)
  if (kept.isPaused) call.recorder?.set(false, call.tick)
  if (kept.ending) {
    void call.end(kept.ending.reason as Parameters<Call['end']>[0], kept.ending.detail)
    return
  }
  call.fact({ t: 'call.reconnecting' })
  restoreFloor(call, kept)
}

/** A supervisor's lease ends with the hub; an outside party's carrier comes again like the caller's. */
function restoreFloor(call: Call, { floor, agent }: z.infer<typeof Kept>): void {
  if (agent) call.agent.open(agent)
  const holder = 'leg' in floor ? call.legs.get(floor.leg) : undefined
  if (floor.by === 'supervisor') changeFloor(call, agent ? { by: 'ai' } : { by: 'hold' }, { cause: 'supervisor_lost' })
  else if (floor.by === 'human' && holder?.by === 'browser') changeFloor(call, { by: 'hold' }, { cause: 'human_lost' })
  else if (floor.by === 'ai' && !agent) changeFloor(call, { by: 'hold' }, { cause: 'agent_lost' })
  else changeFloor(call, floor, { cause: 'start' })
}

function restoreLeg(call: Call, leg: z.infer<typeof KeptLeg>, now: number): void {
  const known = leg.id === call.caller.id ? call.caller : newLeg(leg)
  Object.assign(known, leg)
  if (known === call.caller) {
    if (known.state === 'live') known.state = 'lost'
    return
  }
  call.addLeg(known)
  if (known.state !== 'live' && known.state !== 'lost') return
  known.state = 'lost'
  known.lostAt = now
  call.fact({ t: 'leg.lost', leg: known.id, role: known.role, user: known.user })
}

function trying(house: House, write: () => void): void {
  try {
    write()
  } catch (error) {
    house.log.error({ error: String(error) }, 'A call could not be kept on the disk; it goes on.')
  }
}
