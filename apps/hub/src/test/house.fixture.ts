/** A hub without sockets and without real time: ticks are made by hand, wires write down what goes over them. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CallPlan, type Command, FRAME_BYTES, type HubFact, type HubMoment, upFrame } from '@earshot/voice'
import { pino } from 'pino'
import type { WireEvents } from '../call/agent-line.ts'
import { BrowserLine, findForBrowser } from '../call/browser-line.ts'
import { CarrierLine } from '../call/carrier-line.ts'
import { obey } from '../call/commands.ts'
import type { Call, House } from '../call/state.ts'
import type { Wire } from '../call/wire.ts'
import { Calls } from '../calls.ts'
import { Journal } from '../journal.ts'

export class FakeWire implements Wire {
  isOpen = true
  unsent = 0
  sent: (string | Uint8Array)[] = []
  closedWith: number | null = null
  send(message: string | Uint8Array): void {
    this.sent.push(message)
  }
  close(code: number): void {
    this.isOpen = false
    this.closedWith ??= code
  }
  cut(): void {
    this.isOpen = false
  }
  /** The texts with this event or kind. */
  texts(kind: string): Record<string, unknown>[] {
    const texts = this.sent.filter((message) => typeof message === 'string').map((text) => JSON.parse(text))
    return texts.filter((message) => message.event === kind || message.t === kind)
  }
  /** First bytes of the sounds, in order: which frame it was. */
  heard(): number[] {
    return this.texts('media').map(
      ({ media }) => Buffer.from((media as { payload: string }).payload, 'base64')[0] as number,
    )
  }
}

export interface FakeAgent extends WireEvents {
  url: string
  wire: FakeWire
}

/** A frame that is told from others by its byte. */
export const sound = (byte: number, frames = 1): string => Buffer.alloc(FRAME_BYTES * frames, byte).toString('base64')
export const media = (byte: number, frames = 1): string =>
  JSON.stringify({ event: 'media', streamSid: 'MZ1', media: { payload: sound(byte, frames) } })

export class TestHouse {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'earshot-hub-'))
  readonly dialled: FakeAgent[] = []
  readonly moments: HubMoment[] = []
  journal = new Journal(join(this.dataDir, 'hub', 'journal'))
  at = 1_000_000
  number = 0
  calls: Calls

  constructor() {
    this.calls = new Calls(this.house())
  }

  house(): House {
    return {
      log: pino({ level: 'silent' }),
      journal: this.journal,
      dataDir: this.dataDir,
      now: () => this.at,
      tick: () => ({ number: this.number, at: this.at }),
      openWire: (url, _headers, events) => {
        this.dialled.push({ url, wire: new FakeWire(), ...events })
        return { abandon() {} }
      },
      moment: (moment) => void this.moments.push(moment),
      tokens: this.tokens,
    }
  }
  readonly tokens: House['tokens'] = new Map()

  /** So many ticks pass; before each, `each` may bring sound. */
  tick(count = 1, each?: (n: number) => void): void {
    for (let n = 0; n < count; n++) {
      this.at += 20
      this.number++
      each?.(n)
      this.calls.tick(this.number, this.at)
    }
  }

  facts(call: Call): HubFact[] {
    return allFacts(this.journal).filter((fact) => fact.call === call.id)
  }

  prepare(plan: Partial<CallPlan> = {}): Call {
    const whole = CallPlan.parse({
      call: randomUUID(),
      workspace: randomUUID(),
      caller: { leg: randomUUID(), token: `caller-token-${randomUUID()}`, by: 'carrier' },
      agent: { url: 'ws://agent.test/media' },
      ...plan,
    })
    this.calls.prepare(whole)
    return this.calls.get(whole.call)
  }

  /** A carrier's socket that has said whose it is. */
  carrier(token: string, callSid = 'CA1'): { wire: FakeWire; line: CarrierLine } {
    const wire = new FakeWire()
    const line = new CarrierLine(this.house(), wire)
    const format = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 }
    line.heard(JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }))
    const start = { streamSid: 'MZ1', callSid, mediaFormat: format, customParameters: { token } }
    line.heard(JSON.stringify({ event: 'start', streamSid: 'MZ1', start }))
    return { wire, line }
  }

  browser(token: string): { wire: FakeWire; line: BrowserLine; say(byte: number): void } | null {
    const found = findForBrowser(this.house(), token)
    if (!found) return null
    const wire = new FakeWire()
    const line = new BrowserLine(found, wire)
    let sequence = 0
    return { wire, line, say: (byte) => line.sound(upFrame(sequence++, new Uint8Array(FRAME_BYTES).fill(byte))) }
  }

  /** A call with the contact on the line and its agent answering. */
  live(plan: Partial<CallPlan> = {}) {
    const call = this.prepare(plan)
    const caller = this.carrier(call.plan.caller.token)
    const agent = this.answer()
    return { call, caller, agent }
  }

  /** The agent dialled last picks up. */
  answer(): FakeAgent {
    const agent = this.dialled.at(-1) as FakeAgent
    agent.onOpen(agent.wire)
    return agent
  }

  async attach(call: Call, role: 'listener' | 'supervisor' | 'human', leg = randomUUID(), user = randomUUID()) {
    const { token } = await obey(call, { t: 'attachHuman', opId: randomUUID(), leg, user, role })
    const browser = this.browser(token as string)
    if (!browser) throw new Error('the ticket is not valid')
    return { leg, user, token: token as string, ...browser }
  }

  command(call: Call, command: Bare<Command>, opId = randomUUID()) {
    return obey(call, { ...command, opId } as Command)
  }

  stop(): void {
    this.journal.close()
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}

type Bare<T> = T extends Command ? Omit<T, 'opId'> : never

const KINDS = [
  'call.started',
  'call.reconnecting',
  'call.resumed',
  'call.ended',
  'leg.ringing',
  'leg.answered',
  'leg.failed',
  'leg.lost',
  'leg.left',
  'floor.changed',
  'dtmf',
  'spoke',
  'agent.said',
  'coach.delivered',
  'recording.changed',
] as const
const allFacts = (journal: Journal): HubFact[] =>
  KINDS.flatMap((kind) => journal.kept(kind) as HubFact[]).toSorted((a, b) => a.seq - b.seq)
