/** Makes a call of a plan, starts it when the contact is there, and moves it on tick by tick. */
import { join } from 'node:path'
import type { CallPlan } from '@earshot/voice'
import { Recorder } from '../recording/recorder.ts'
import { PacedQueue } from '../sound/paced-queue.ts'
import { Player } from '../sound/player.ts'
import { Agent } from './agent.ts'
import { changeFloor } from './floor.ts'
import { keep } from './keep.ts'
import { passSound } from './pass-sound.ts'
import { Call, type House } from './state.ts'
import { Voices } from './voices.ts'
import { watch } from './watch.ts'

/** Ticks between two looks at what has waited too long. */
const WATCH_TICKS = 5

export function openCall(plan: CallPlan, house: House): Call {
  const call = new Call(plan, house)
  const agent = new Agent(call)
  call.agent = agent
  call.voices = new Voices(call)
  call.agentSound = new PacedQueue((played) => agent.played(played))
  return call
}

/** The contact's stream is there for the first time. */
export function startCall(call: Call): void {
  call.startClock()
  call.state = 'live'
  call.fact({ t: 'call.started', callSid: call.caller.callSid })
  call.fact({ t: 'leg.answered', leg: call.caller.id, role: 'caller', user: null })
  openRecorder(call, call.plan.record)
  if (call.plan.announcement) call.announcement = new Player(call.plan.announcement)
  const { agent, floor } = call.plan
  changeFloor(call, agent && floor === 'ai' ? { by: 'ai' } : { by: 'hold' }, { cause: 'start', quiet: true })
  if (agent) call.agent.open(agent)
}

export function openRecorder(call: Call, on: boolean): void {
  call.recorder = new Recorder({
    folder: join(call.house.dataDir, 'recordings', call.plan.workspace, call.id),
    call: call.id,
    startedAt: call.startedAt,
    tick: call.tick,
    on,
    onState(state) {
      call.fact({ t: 'recording.changed', state })
      keep(call)
    },
  })
  if (on) call.fact({ t: 'recording.changed', state: 'on' })
}

/** The hub's tick `number` is now. */
export function stepCall(call: Call, number: number, now: number): void {
  if (call.state === 'ended') return
  if (call.state !== 'waiting') {
    call.moveClock(number)
    passSound(call, now)
  }
  if (number % WATCH_TICKS === 0) watch(call, now)
}
