/** One Media Stream as Twilio runs it: 50 frames a second, a buffer that plays in real time, marks told when played or cleared. */
import { WebSocket } from 'ws'

const FRAME = 160
const SILENCE = 0xff

export interface StreamGiven {
  url: string
  streamSid: string
  accountSid: string
  callSid: string
  parameters: Record<string, string>
}

export class MediaStream {
  /** All that was played to who is on the phone, in frames. */
  readonly heard: Uint8Array[] = []
  readonly errors: string[] = []
  cleared = 0
  marksTold = 0
  sent = 0
  readonly closed: Promise<number>
  private readonly socket: WebSocket
  private readonly given: StreamGiven
  private readonly speech: Uint8Array[] = []
  private buffer: Uint8Array = new Uint8Array()
  /** Where in the buffer each mark stands. */
  private marks: { at: number; name: string }[] = []
  private sequence = 0
  private timer: NodeJS.Timeout | undefined

  constructor(given: StreamGiven) {
    if (new URL(given.url).search !== '') throw new Error('31920 a stream’s address carries no query')
    this.given = given
    this.socket = new WebSocket(given.url, { perMessageDeflate: false })
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code) => {
        clearInterval(this.timer)
        resolve(code)
      })
      this.socket.on('error', () => resolve(1006))
    })
    this.socket.on('open', () => this.begin())
    this.socket.on('message', (data, isBinary) => this.take(isBinary ? null : String(data)))
  }

  /** Whole frames, said one after the other in real time. */
  say(sound: Uint8Array): void {
    for (let at = 0; at + FRAME <= sound.length; at += FRAME) this.speech.push(sound.subarray(at, at + FRAME))
  }

  press(digit: string): void {
    this.send({ event: 'dtmf', dtmf: { track: 'inbound_track', digit } })
  }

  get stillSaying(): boolean {
    return this.speech.length > 0
  }

  /** The one on the phone hangs up. */
  stop(): void {
    const { accountSid, callSid } = this.given
    if (this.socket.readyState === WebSocket.OPEN) this.send({ event: 'stop', stop: { accountSid, callSid } })
    this.socket.close(1000)
  }

  /** The network is gone: no word of it reaches the other side in time. */
  cut(): void {
    this.socket.terminate()
  }

  private begin(): void {
    const { accountSid, callSid, streamSid, parameters } = this.given
    this.socket.send(JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }))
    this.send({
      event: 'start',
      start: {
        accountSid,
        streamSid,
        callSid,
        tracks: ['inbound'],
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
        customParameters: parameters,
      },
    })
    const began = performance.now()
    let ticks = 0
    this.timer = setInterval(() => {
      for (const due = (performance.now() - began) / 20; ticks < due; ticks++) this.tick(ticks)
    }, 10)
  }

  private tick(count: number): void {
    const frame = this.speech.shift() ?? new Uint8Array(FRAME).fill(SILENCE)
    const payload = Buffer.from(frame).toString('base64')
    this.send({
      event: 'media',
      media: { track: 'inbound', chunk: String(count + 1), timestamp: String(count * 20), payload },
    })
    this.sent++
    if (this.buffer.length > 0) this.heard.push(this.buffer.subarray(0, FRAME))
    this.buffer = this.buffer.subarray(FRAME)
    this.marks = this.marks.map(({ at, name }) => ({ at: at - FRAME, name }))
    this.tellMarks(({ at }) => at <= 0)
  }

  private tellMarks(isDue: (mark: { at: number }) => boolean): void {
    const due = this.marks.filter(isDue)
    this.marks = this.marks.filter((mark) => !isDue(mark))
    for (const { name } of due) {
      this.send({ event: 'mark', mark: { name } })
      this.marksTold++
    }
  }

  private take(text: string | null): void {
    const message = text === null ? null : readMessage(text, this.given.streamSid)
    if (!message) {
      this.errors.push(`31924 ${text?.slice(0, 200) ?? 'binary'}`)
      this.socket.close(1002)
    } else if (message.event === 'media') {
      this.buffer = Buffer.concat([this.buffer, Buffer.from(message.media?.payload ?? '', 'base64')])
      if (this.buffer.length > 600 * 8000) this.errors.push('31931 more than ten minutes of sound waiting')
    } else if (message.event === 'mark') {
      this.marks.push({ at: this.buffer.length, name: message.mark?.name ?? '' })
      this.tellMarks(({ at }) => at <= 0)
    } else {
      this.cleared++
      this.buffer = new Uint8Array()
      this.tellMarks(() => true)
    }
  }

  private send(message: object): void {
    if (this.socket.readyState !== WebSocket.OPEN) return
    this.socket.send(
      JSON.stringify({ ...message, sequenceNumber: String(++this.sequence), streamSid: this.given.streamSid }),
    )
  }
}

interface Message {
  event: 'media' | 'mark' | 'clear'
  media?: { payload: string }
  mark?: { name: string }
}

/** These three, of this stream, with these fields and no others. */
function readMessage(text: string, streamSid: string): Message | null {
  try {
    const message = JSON.parse(text) as Message & { streamSid?: string }
    const { event, media, mark, ...rest } = message
    if (rest.streamSid !== streamSid || Object.keys(rest).length !== 1) return null
    if (event === 'clear') return media || mark ? null : message
    if (event === 'mark') return typeof mark?.name === 'string' && !media ? message : null
    const isSound = event === 'media' && !mark && /^[A-Za-z0-9+/]+={0,2}$/.test(media?.payload ?? '')
    return isSound ? message : null
  } catch {
    return null
  }
}
