/** A server whose calls are carried by an engine without sound, with people of every role and a caller. */
import { randomUUID } from 'node:crypto'
import type { Call } from '@earshot/contracts'
import { type Person, startTestApp, type TestApp, type TestAppOptions, type TestWorkspace } from '../test/app.ts'
import type { Answer } from '../test/caller.ts'
import { until } from '../test/until.ts'
import { FakeEngine } from './fake-engine.fixture.ts'
import { startCall } from './start-call.ts'

export interface CallParts {
  app: TestApp
  engine: FakeEngine
}
export interface CallApp extends CallParts {
  /** Two supervisors, an operator, somebody who only looks. */
  people: { owner: Person; ana: Person; ben: Person; viewer: Person }
  dialled: string[]
  stop(): Promise<void>
}

export async function startCallApp(options: TestAppOptions = {}): Promise<CallApp> {
  const app = await startTestApp(options)
  const engine = new FakeEngine()
  const dialled: string[] = []
  equip(app, engine, dialled)
  const { people } = app.north
  await app.north.people.owner.caller.patch(`/api/v1/members/${people.ana.memberId}`, { role: 'supervisor' })
  return { app, engine, people, dialled, stop: () => app.stop() }
}

/** The services of a node are one object for all that use them. */
export function equip({ app }: Pick<TestApp, 'app'>, engine: FakeEngine, dialled: string[] = []): void {
  const { calls } = app.node.services
  calls.engine = engine
  calls.hub = () => ({ carrierUrl: 'ws://hub.test/carrier', httpUrl: 'http://hub.test' })
  calls.agentPlanOf = async () => ({
    url: 'wss://agent.test/',
    headers: {},
    params: {},
    outbound: false,
    listensOnHold: true,
  })
  calls.ways.sip = {
    dial: async (_services, _call, leg) => void dialled.push(`dial ${leg.id}`),
    cancelDial: async (_services, _call, leg) => void dialled.push(`cancel ${leg.id}`),
  }
  const dial = { to: '+4915112345678', way: 'sip', callerId: '+4930123', lineId: null, timeoutMs: 25_000 } as const
  calls.targetOf = async (_tx, _ctx, _call, { to }) => ({ dial: { ...dial, to: to ?? dial.to }, label: null })
  calls.ownPhoneOf = async () => dial
}

export class TestCall {
  readonly id: string
  readonly conversationId: string
  readonly callerLeg: string
  private readonly given: CallParts
  private readonly owner: Person

  private constructor(
    given: CallParts,
    owner: Person,
    call: { id: string; conversationId: string; callerLeg: string },
  ) {
    this.given = given
    this.owner = owner
    this.id = call.id
    this.conversationId = call.conversationId
    this.callerLeg = call.callerLeg
  }

  /** The agent speaks with the caller. */
  static async begin(given: CallParts, { id, people }: TestWorkspace = given.app.north): Promise<TestCall> {
    const { app, engine } = given
    const { services } = app.app.node
    const { items } = (await people.owner.caller.get('/api/v1/channels')).body
    const { call } = await startCall(services, {
      workspaceId: id,
      channelId: items[0].id,
      way: 'web',
      direction: 'inbound',
      key: randomUUID(),
      from: { number: `+49151${Math.floor(Math.random() * 1e8)}`, name: 'Carla' },
      caller: { by: 'browser' },
    })
    const made = new TestCall(given, people.owner, call)
    engine.comes(call.id)
    await made.until('ai')
    await until(async () => (await made.read()).participants.some(({ role }) => role === 'ai'), 'the agent is there')
    return made
  }

  async read(): Promise<Call> {
    return (await this.owner.caller.get(`/api/v1/conversations/${this.conversationId}/call`)).body
  }

  async until(state: Call['state']): Promise<Call> {
    let call = await this.read()
    await until(async () => {
      call = await this.read()
      return call.state === state
    }, `the call is ${state}`)
    return call
  }

  async control(): Promise<{
    control: string
    status: string
    assignee: { id: string } | null
    outcome: string | null
    endReason: string | null
  }> {
    return (await this.owner.caller.get(`/api/v1/conversations/${this.conversationId}`)).body
  }

  /** A command on the call as it is now, unless something else is said. */
  async ask(person: Person, action: string, body: object = {}): Promise<Answer> {
    const given = { opId: randomUUID(), version: (await this.read()).version, ...body }
    return person.caller.post(`/api/v1/conversations/${this.conversationId}/call/${action}`, given)
  }

  /** Listens with a socket that is there. */
  async listens(person: Person): Promise<string> {
    const { body } = await this.ask(person, 'listen')
    const { leg } = body.ticket
    this.given.engine.answers(this.id, leg)
    await until(
      async () => (await this.read()).participants.some((one) => one.leg === leg && one.state === 'live'),
      'they hear',
    )
    return leg
  }

  async takes(person: Person): Promise<string> {
    const leg = await this.listens(person)
    const answer = await this.ask(person, 'takeover', { leg })
    if (answer.status !== 200) throw new Error(`not taken over: ${JSON.stringify(answer.body)}`)
    return leg
  }
}
