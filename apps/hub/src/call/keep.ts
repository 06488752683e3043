/** What of a call is on the disk, so that a hub that was killed knows it again (`recall.ts`): its plan, its clock, its floor, its legs. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { AgentPlan, CommandReply, Floor, LegEnd, LegRole, LegState } from '@earshot/voice'
import { z } from 'zod'
import { replaceFile } from '../files.ts'
import type { Call, House } from './state.ts'

export const KeptLeg = z.object({
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

export const Kept = z.object({
  state: z.enum(['waiting', 'live', 'reconnecting', 'ended']),
  ending: z.object({ reason: z.string(), detail: z.string().nullable() }).nullable(),
  preparedAt: z.number(),
  startedAt: z.number(),
  floor: Floor,
  seq: z.int(),
  legs: z.array(KeptLeg),
  /** Who answers the call when it is not who the plan says. */
  agent: AgentPlan.nullable(),
  /** Its leg stays the same one: who follows the facts knows no gap between the old and the new. */
  agentLeg: z.string().nullable().default(null),
  isRecorded: z.boolean(),
  isPaused: z.boolean(),
  replies: z.array(z.tuple([z.string(), CommandReply])),
})

const MOST_REPLIES = 200

export const folderOf = (house: House): string => join(house.dataDir, 'hub', 'calls')
export const planPath = (house: House, id: string): string => join(folderOf(house), `${id}.plan.json`)
export const statePath = (house: House, id: string): string => join(folderOf(house), `${id}.json`)

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
    agentLeg: call.agent.leg?.id ?? null,
    isRecorded: call.recorder ? call.recorder.state !== 'off' : call.plan.record,
    isPaused: call.recorder?.state === 'paused',
    replies: [...call.replies].slice(-MOST_REPLIES),
  }
  trying(call.house, () => replaceFile(statePath(call.house, call.id), JSON.stringify(Kept.parse(kept))))
}

export function forget(call: Call): void {
  for (const path of [statePath(call.house, call.id), planPath(call.house, call.id)]) rmSync(path, { force: true })
}

function trying(house: House, write: () => void): void {
  try {
    write()
  } catch (error) {
    house.log.error({ error: String(error) }, 'A call could not be kept on the disk; it goes on.')
  }
}
