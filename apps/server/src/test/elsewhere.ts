/** An agent that lives elsewhere, for tests: a server that checks signatures and answers as it is told to. */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What it was sent. */
export interface AskedElsewhere {
  id: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into what was sent freely
  data: any
  type: string
  /** The path its later answer goes to. */
  replyPath: string
}

export type AnswerElsewhere = (reply: ServerResponse, asked: AskedElsewhere) => unknown

export const json = (body: unknown) => (reply: ServerResponse) =>
  reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
export const status =
  (code: number, body = '') =>
  (reply: ServerResponse) =>
    reply.writeHead(code).end(body)
export const later = status(202)
export const events =
  (...all: [event: string, data: unknown][]) =>
  (reply: ServerResponse) => {
    reply.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const [event, data] of all) reply.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    reply.end()
  }

export class Elsewhere {
  readonly asked: AskedElsewhere[] = []
  /** What was wrong with requests. */
  readonly complaints: string[] = []
  secret = ''
  url = ''
  private script: AnswerElsewhere[] = []
  private readonly server: Server

  private constructor() {
    this.server = createServer((request, reply) => void this.serve(request, reply).catch(() => reply.destroy()))
  }

  static async start(): Promise<Elsewhere> {
    const one = new Elsewhere()
    await new Promise<void>((resolve) => one.server.listen(0, '127.0.0.1', resolve))
    one.url = `http://127.0.0.1:${(one.server.address() as AddressInfo).port}/agent`
    return one
  }

  /** One answer a request, in order; the last one goes on for ever. */
  play(...script: AnswerElsewhere[]): void {
    this.script = script
    this.asked.length = 0
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private async serve(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const body = (await request.toArray()).join('')
    const wrong = this.wrongWith(request, body)
    if (wrong) this.complaints.push(wrong)
    const { type, data } = JSON.parse(body)
    const replyPath = data.reply_url ? new URL(data.reply_url).pathname : ''
    const asked = { id: String(request.headers['webhook-id']), type, data, replyPath }
    this.asked.push(asked)
    await this.script[Math.min(this.asked.length, this.script.length) - 1]!(reply, asked)
  }

  private wrongWith({ headers }: IncomingMessage, body: string): string | null {
    const key = Buffer.from(this.secret.replace('whsec_', ''), 'base64')
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    const wanted = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
    const given = String(headers['webhook-signature']).split(' ')
    if (!given.includes(wanted)) return 'the signature does not fit'
    if (Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp'])) > 60) return 'the time is not of now'
    return null
  }
}
