/** A stand-in for Twilio, as strict as it is: its REST API, calls that come in, and calls it is asked to make with scripted outcomes. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PhoneCall } from './phone-call.ts'

/** What becomes of a call we ask for: `ring` leaves it ringing until the test says more. */
export type Outcome = 'answer' | 'ring' | 'busy' | 'decline' | 'no-answer' | 'failed' | 'machine' | 'refuse'

export interface CarrierParts {
  accountSid: string
  authToken: string
  /** The address we are known by, and where we really are. */
  origin: string
  home: () => string
}

const newSid = (): string => `CA${crypto.randomUUID().replaceAll('-', '')}`

export class Carrier {
  readonly calls = new Map<string, PhoneCall>()
  readonly made: PhoneCall[] = []
  /** By the number that is called. */
  readonly outcomes: Record<string, Outcome> = {}
  readonly asked: string[] = []
  url = ''
  private readonly parts: CarrierParts
  private readonly server: Server

  private constructor(parts: CarrierParts) {
    this.parts = parts
    this.server = createServer((request, reply) => {
      void this.answer(request, reply)
    })
  }

  static async start(parts: CarrierParts): Promise<Carrier> {
    const carrier = new Carrier(parts)
    await new Promise<void>((resolve) => carrier.server.listen(0, '127.0.0.1', resolve))
    carrier.url = `http://127.0.0.1:${(carrier.server.address() as AddressInfo).port}`
    return carrier
  }

  async stop(): Promise<void> {
    await Promise.all([...this.calls.values()].map((call) => call.hangUp()))
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  /** Somebody calls the number of a line; the call runs by itself from here on. */
  ring(line: { voiceUrl: string; statusUrl: string; number: string }, from: string): PhoneCall {
    const call = this.create(from, line.number, 'inbound', line.statusUrl, ['completed'])
    void call.request(line.voiceUrl).then(
      (twiml) => {
        call.status = 'in-progress'
        return call.run(twiml)
      },
      (error: Error) => {
        call.errors.push(error.message)
        return call.finish('failed')
      },
    )
    return call
  }

  private create(
    from: string,
    to: string,
    direction: PhoneCall['parts']['direction'],
    statusUrl: string | null,
    statusEvents: string[],
  ): PhoneCall {
    const { accountSid, authToken, origin, home } = this.parts
    const reach = (url: string): string => {
      if (!url.startsWith(`${origin}/`)) throw new Error(`21609 not an address of ours: ${url}`)
      return home() + url.slice(origin.length)
    }
    const parts = { sid: newSid(), accountSid, authToken, from, to, direction, reach, statusUrl, statusEvents }
    const call = new PhoneCall(parts, direction === 'inbound' ? 'ringing' : 'queued')
    this.calls.set(parts.sid, call)
    return call
  }

  private async answer(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const form = new URLSearchParams((await request.toArray()).join(''))
    const send = (status: number, body: object) =>
      reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const { accountSid, authToken } = this.parts
    const key = Buffer.from(`${accountSid}:${authToken}`).toString('base64')
    if (request.headers.authorization !== `Basic ${key}`)
      return void send(401, { code: 20003, message: 'Authenticate' })
    const path = (request.url ?? '').replace(`/2010-04-01/Accounts/${accountSid}`, '')
    this.asked.push(`${request.method} ${path} ${form.get('Status') ?? form.get('To') ?? ''}`.trim())
    if (path === '.json') return void send(200, { status: 'active', friendly_name: 'Test' })
    if (path === '/Calls.json') return this.make(form, send)
    const call = this.calls.get(/^\/Calls\/(CA\w+)\.json$/.exec(path)?.[1] ?? '')
    if (!call) return void send(404, { code: 20404, message: 'The requested resource was not found' })
    if (request.method === 'POST' && form.get('Status') === 'completed') {
      if (call.isOver) return void send(400, { code: 21220, message: 'Call is not in-progress' })
      const wasRinging = call.status !== 'in-progress'
      void call.finish(wasRinging ? 'canceled' : 'completed')
    }
    send(200, { sid: call.parts.sid, status: call.status })
  }

  private async make(form: URLSearchParams, send: (status: number, body: object) => unknown): Promise<void> {
    const to = form.get('To') ?? ''
    const outcome = this.outcomes[to] ?? 'ring'
    if (outcome === 'refuse')
      return void send(400, { code: 21215, message: 'Geo-permission configuration is not permitting call' })
    const call = this.create(
      form.get('From') ?? '',
      to,
      'outbound-api',
      form.get('StatusCallback'),
      form.getAll('StatusCallbackEvent'),
    )
    this.made.push(call)
    send(201, { sid: call.parts.sid, status: 'queued' })
    call.status = 'ringing'
    await call.tell('ringing')
    await this.settle(call, outcome, form)
  }

  /** The rest of a call that rings. */
  private async settle(call: PhoneCall, outcome: Outcome, form: URLSearchParams): Promise<void> {
    switch (outcome) {
      case 'busy':
        return call.finish('busy', { SipResponseCode: '486' })
      case 'decline':
        return call.finish('busy', { SipResponseCode: '603' })
      case 'no-answer':
        return call.finish('no-answer')
      case 'failed':
        return call.finish('failed', { SipResponseCode: '404' })
      case 'answer':
      case 'machine': {
        call.status = 'in-progress'
        await call.tell('answered')
        const by = outcome === 'machine' ? 'machine_start' : 'human'
        const url = form.get('Url')
        return call.run(
          url === null
            ? (form.get('Twiml') ?? '')
            : call.request(url, form.has('MachineDetection') ? { AnsweredBy: by } : {}),
        )
      }
    }
  }
}
