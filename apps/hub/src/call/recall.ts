/** A hub that was killed knows its calls again: from the disk, as they were but for who was on the line by a socket. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { CallPlan } from '@earshot/voice'
import type { z } from 'zod'
import { readJson } from '../files.ts'
import { endCall } from './end-call.ts'
import { changeFloor } from './floor.ts'
import { folderOf, Kept, type KeptLeg, planPath, statePath } from './keep.ts'
import { newLeg } from './legs.ts'
import { openCall, openRecorder } from './open-call.ts'
import type { Call, EndReason, House } from './state.ts'

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
      rmSync(statePath(house, id), { force: true })
      continue
    }
    const call = openCall(plan.data, house)
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
  openRecorder(call, kept.isRecorded)
  if (kept.isPaused) call.recorder?.set(false, call.tick)
  if (kept.ending) {
    void endCall(call, kept.ending.reason as EndReason, kept.ending.detail)
    return
  }
  call.fact({ t: 'call.reconnecting' })
  restoreFloor(call, kept)
}

/** A supervisor's lease ends with the hub; an outside party's carrier comes again like the caller's. */
function restoreFloor(call: Call, { floor, agent, agentLeg }: z.infer<typeof Kept>): void {
  if (agent) call.agent.open(agent, agentLeg ?? undefined)
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
