/** Does what the control plane asks of one call; each thing once, however often it is asked. */
import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Command, CommandOf, CommandReply, LegReport } from '@earshot/voice'
import { HubRefusal } from '../refusal.ts'
import { Player } from '../sound/player.ts'
import { endCall } from './end-call.ts'
import { changeFloor } from './floor.ts'
import { keep } from './keep.ts'
import { leave } from './leave.ts'
import { isLive, isOpen, newLeg } from './legs.ts'
import type { Call } from './state.ts'

const TICKET_MS = 60_000

export async function obey(call: Call, command: Command): Promise<CommandReply> {
  const known = call.replies.get(command.opId)
  if (known) return known
  if (call.state === 'ended' && command.t !== 'hangup') throw refuse(call, 409, 'call.ended', 'The call is over.')
  const begun = call.doing.get(command.opId) ?? doOnce(call, command)
  call.doing.set(command.opId, begun)
  return begun
}

async function doOnce(call: Call, command: Command): Promise<CommandReply> {
  try {
    const reply = await DOING[command.t](call, command as never)
    call.replies.set(command.opId, reply)
    keep(call)
    return reply
  } finally {
    call.doing.delete(command.opId)
  }
}

type Doing = { [T in Command['t']]: (call: Call, command: CommandOf<T>) => CommandReply | Promise<CommandReply> }

const DOING: Doing = {
  openAgent,
  attachHuman,
  expectLeg,
  setFloor,
  drop,
  toAgent,
  play(call, { sound }) {
    if (call.floor.by !== 'hold') throw conflict(call, `The floor is ${call.floor.by}'s, not on hold.`)
    call.player = sound && new Player(sound)
    call.decideBy = null
    return { seq: 0 }
  },
  record(call, { on }) {
    const before = call.seq
    if (!call.recorder) throw refuse(call, 409, 'call.not_live', 'The call has not begun.')
    call.recorder.set(on, call.tick)
    return { seq: call.seq === before ? 0 : call.seq }
  },
  async hangup(call, { reason }) {
    return { seq: await endCall(call, 'hangup', reason) }
  },
}

const refuse = (call: Call, status: number, code: string, message: string) =>
  new HubRefusal(status, code, message, call.snapshot())
const conflict = (call: Call, message: string) => refuse(call, 409, 'call.conflict', message)

async function openAgent(call: Call, { agent }: CommandOf<'openAgent'>): Promise<CommandReply> {
  if (call.state === 'waiting') throw refuse(call, 409, 'call.not_live', 'The call has not begun.')
  call.decideBy = null
  const leg = call.agent.open(agent)
  if (!(await call.agent.settled())) throw refuse(call, 409, 'agent.unreachable', 'The agent could not be reached.')
  return { seq: call.seq, leg: leg.id }
}

function attachHuman(call: Call, { leg: id, user, role }: CommandOf<'attachHuman'>): CommandReply {
  let leg = call.legs.get(id)
  const others = [...call.legs.values()].filter((other) => other.role === 'listener' && isOpen(other) && other !== leg)
  if (role === 'listener' && others.length >= call.plan.limits.listeners)
    throw refuse(call, 409, 'call.too_many_listeners', `${others.length} are listening already.`)
  if (leg && (leg.user !== user || leg.by !== 'browser')) throw conflict(call, 'The leg is somebody else’s.')
  if (!leg) {
    leg = newLeg({ id, role, by: 'browser', user })
    call.addLeg(leg)
  } else if (!isLive(leg)) leg.state = 'expected'
  leg.role = role
  const token = randomBytes(32).toString('base64url')
  const expiresAt = call.house.now() + TICKET_MS
  call.giveToken(leg, token, expiresAt)
  return { seq: 0, leg: id, token, expiresAt }
}

function expectLeg(call: Call, { leg: id, role, token, waitMs, user }: CommandOf<'expectLeg'>): CommandReply {
  if (call.legs.has(id)) throw conflict(call, 'There is such a leg already.')
  const tokenUntil = call.house.now() + waitMs
  call.addLeg(newLeg({ id, role, by: 'carrier', user: user ?? null, token, tokenUntil }))
  return { seq: 0, leg: id }
}

function setFloor(call: Call, { opId, floor, from, context, play }: CommandOf<'setFloor'>): CommandReply {
  if (call.state === 'waiting') throw refuse(call, 409, 'call.not_live', 'The call has not begun.')
  if (from !== undefined && call.floor.by !== from && !isDeepStrictEqual(call.floor, floor))
    throw conflict(call, `The floor is ${call.floor.by}'s.`)
  if (floor.by === 'ai' && !call.agent.isThere) throw refuse(call, 409, 'agent.gone', 'The call has no agent.')
  if ('leg' in floor) {
    const leg = call.legs.get(floor.leg)
    if (!isLive(leg)) throw refuse(call, 409, 'leg.not_live', 'Nobody is on that leg.')
    if (leg.role !== floor.by) throw conflict(call, `The leg is a ${leg.role}'s.`)
  }
  if (isDeepStrictEqual(call.floor, floor)) {
    if (play && floor.by === 'hold') call.player = new Player(play)
    call.decideBy = null
    return { seq: 0 }
  }
  if (floor.by === 'supervisor' && call.floor.by !== 'supervisor') call.returnTo = call.floor
  call.announcement = null
  return { seq: changeFloor(call, floor, { cause: 'command', opId, context, play }) }
}

function drop(call: Call, { leg: id, reason }: CommandOf<'drop'>): CommandReply {
  if (id === call.agent.leg?.id) {
    const before = call.seq
    call.agent.leave(reason, reason)
    if (call.floor.by === 'ai') changeFloor(call, { by: 'hold' }, { cause: 'agent_lost' })
    return { seq: call.seq === before ? 0 : call.seq }
  }
  const leg = call.legs.get(id)
  if (!leg) throw refuse(call, 404, 'leg.not_found', 'There is no such leg.')
  if (leg === call.caller) throw conflict(call, 'The caller is not dropped; hang up.')
  return { seq: isOpen(leg) ? leave(call, leg, reason) : 0 }
}

function toAgent(call: Call, { message }: CommandOf<'toAgent'>): CommandReply {
  const { agent } = call
  if (message.kind === 'context') return { seq: 0, delivered: agent.tell({ t: 'context', text: message.text }) }
  const delivered = agent.tell({ t: 'coach', id: message.id, text: message.text })
  return { seq: delivered ? call.fact({ t: 'coach.delivered', id: message.id }) : 0, delivered }
}

/** How dialling goes, as whoever dials says. */
export function report(call: Call, id: string, { opId, state, reason, detail }: LegReport): CommandReply {
  const known = call.replies.get(opId)
  if (known) return known
  const leg = call.legs.get(id)
  if (!leg) throw refuse(call, 404, 'leg.not_found', 'There is no such leg.')
  let seq = 0
  if (state === 'ringing' && leg.state === 'expected') {
    leg.state = 'ringing'
    seq = call.fact({ t: 'leg.ringing', leg: id, role: leg.role })
  } else if (state === 'failed' && (leg.state === 'expected' || leg.state === 'ringing')) {
    leg.state = 'failed'
    leg.end = reason ?? 'failed'
    call.dropToken(leg)
    seq = call.fact({ t: 'leg.failed', leg: id, role: leg.role, reason: leg.end, detail: detail ?? null })
  }
  const reply = { seq, leg: id }
  call.replies.set(opId, reply)
  keep(call)
  return reply
}
