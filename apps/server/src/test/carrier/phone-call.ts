/** One call at the stand-in for Twilio: runs TwiML verb by verb, and the next one when a stream is closed on it. */
import { signTwilio } from '../../calls/telephony/twilio/signature.ts'
import { MediaStream } from './media-stream.ts'
import { readTwiml, type Verb } from './twiml-verbs.ts'

export type CallStatus =
  | 'queued'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'no-answer'
  | 'failed'
  | 'canceled'

export interface CallParts {
  sid: string
  accountSid: string
  authToken: string
  from: string
  to: string
  direction: 'inbound' | 'outbound-api'
  /** Where an address of the public origin really is. */
  reach(url: string): string
  statusUrl: string | null
  statusEvents: readonly string[]
}

const sid = (kind: string): string => `${kind}${crypto.randomUUID().replaceAll('-', '')}`

export class PhoneCall {
  readonly parts: CallParts
  status: CallStatus
  /** The streams it had, one after the other. */
  readonly streams: MediaStream[] = []
  readonly said: string[] = []
  readonly errors: string[] = []
  /** Webhooks as they were sent: another test may send them again. */
  readonly hooks: { url: string; params: Record<string, string> }[] = []
  readonly over: Promise<void>
  private end: () => void = () => {}
  private rejected = false

  constructor(parts: CallParts, status: CallStatus) {
    this.parts = parts
    this.status = status
    this.over = new Promise((resolve) => {
      this.end = resolve
    })
  }

  get stream(): MediaStream | undefined {
    return this.streams.at(-1)
  }
  get isOver(): boolean {
    return !['queued', 'ringing', 'in-progress'].includes(this.status)
  }
  get wasRejected(): boolean {
    return this.rejected
  }

  /** Answers with the TwiML that was got. */
  async request(url: string, extra: Record<string, string> = {}): Promise<string> {
    const { accountSid, from, to, direction } = this.parts
    const params = {
      CallSid: this.parts.sid,
      AccountSid: accountSid,
      From: from,
      To: to,
      Direction: direction,
      ApiVersion: '2010-04-01',
      CallStatus: this.status,
      ...extra,
    }
    this.hooks.push({ url, params })
    return this.post(url, params, signTwilio(this.parts.authToken, url, params))
  }

  async post(url: string, params: Record<string, string>, signature: string): Promise<string> {
    const response = await fetch(this.parts.reach(url), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
      body: new URLSearchParams(params).toString(),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`11200 HTTP ${response.status}`)
    if (!/^text\/xml/.test(response.headers.get('content-type') ?? '')) throw new Error('12300 Invalid Content-Type')
    return text
  }

  /** Whatever fails ends the call, as at Twilio; the tests look at `errors`. */
  async run(twiml: string | Promise<string>): Promise<void> {
    try {
      let verbs: Verb[] | null = readTwiml(await twiml)
      while (verbs && !this.isOver) verbs = await this.runVerbs(verbs)
    } catch (error) {
      this.errors.push(error instanceof Error ? error.message : String(error))
    }
    await this.finish('completed')
  }

  async finish(status: CallStatus, extra: Record<string, string> = {}): Promise<void> {
    if (this.isOver) return
    this.status = status
    this.stream?.stop()
    await this.tell('completed', extra)
    this.end()
  }

  /** The one on the phone hangs up. */
  hangUp = (): Promise<void> => this.finish('completed')

  async tell(event: string, extra: Record<string, string> = {}): Promise<void> {
    const { statusUrl, statusEvents } = this.parts
    if (statusUrl === null || !statusEvents.includes(event)) return
    await this.request(statusUrl, extra).catch((error: Error) => this.errors.push(error.message))
  }

  /** Null: nothing is left to do. */
  private async runVerbs(verbs: Verb[]): Promise<Verb[] | null> {
    for (const verb of verbs) {
      if (this.isOver) return null
      switch (verb.name) {
        case 'Connect':
          await this.connect(verb)
          break
        case 'Redirect':
          return readTwiml(await this.request(verb.text))
        case 'Pause':
          await this.pause(Number(verb.attributes.length ?? 1))
          break
        case 'Say':
        case 'Play':
          this.said.push(verb.text)
          break
        case 'Reject':
          this.rejected = true
          return null
        case 'Hangup':
          return null
        default:
          throw new Error(`12200 Schema validation warning: ${verb.name}`)
      }
    }
    return null
  }

  private async connect({ children: [stream] }: Verb): Promise<void> {
    if (stream?.name !== 'Stream') throw new Error('12200 Schema validation warning: Connect')
    const { sid: callSid, accountSid } = this.parts
    const parameters = Object.fromEntries(stream.children.map(({ attributes: { name, value } }) => [name, value]))
    const opened = new MediaStream({
      url: stream.attributes.url ?? '',
      streamSid: sid('MZ'),
      accountSid,
      callSid,
      parameters: parameters as Record<string, string>,
    })
    this.streams.push(opened)
    await opened.closed
    this.errors.push(...opened.errors)
  }

  private pause(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000)
      void this.over.then(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}
