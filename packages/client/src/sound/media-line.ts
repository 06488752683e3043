/**
 * The socket between this browser and the media hub (voice.md §5.3): frames down, frames up, a few words besides. A cut line is mended for
 * ten seconds, as long as the hub keeps a leg; then it is over.
 */
import { type DownFrame, readDownFrame, type Speaker, upFrame } from '@earshot/voice/frames'

/** What the hub says in text. */
export type FromHub =
  | { t: 'hello'; call: string; role: string; floor: Speaker; version?: number }
  | { t: 'floor'; by: Speaker; leg?: string | null; user?: string | null; seq?: number }
  | { t: 'ended'; reason: string }
  | { t: 'pong'; a?: number }

export type LineState = 'connecting' | 'live' | 'cut' | 'over'

export interface MediaLineOptions {
  /** Token included. Asked again for each try: where a token works once, a new one is to be fetched. */
  url(): string | Promise<string>
  onFrame(frame: DownFrame): void
  onWord(word: FromHub): void
  /** `why`: the hub's words, when it is over. */
  onState(state: LineState, why?: string): void
  /** How long a cut line is mended. */
  mendMs?: number
}

export interface MediaLine {
  send(sound: Uint8Array): void
  say(word: { t: 'mic'; on: boolean }): void
  /** Round trip to the hub in milliseconds, once known. */
  readonly delayMs: number | null
  close(): void
}

const PING_MS = 5000
const AGAIN_MS = 500
const MEND_MS = 10_000
/** Nothing at all for this long, not even the answer to a ping: the line is dead, however open it looks. */
const SILENT_MS = 12_000
/** More than this unsent, and the frame is left out: late sound is worse than none. */
const MOST_UNSENT = 16 * 1024

export function openMediaLine(options: MediaLineOptions): MediaLine {
  return new Line(options)
}

class Line implements MediaLine {
  readonly #options: MediaLineOptions
  readonly #beat: ReturnType<typeof setInterval>
  #socket: WebSocket | undefined
  #sequence = 0
  #isOver = false
  #cutAt: number | null = null
  #heardAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  delayMs: number | null = null

  constructor(options: MediaLineOptions) {
    this.#options = options
    this.#beat = setInterval(() => this.#ping(), PING_MS)
    options.onState('connecting')
    void this.#connect()
  }

  send(sound: Uint8Array): void {
    const socket = this.#socket
    if (socket?.readyState !== WebSocket.OPEN || socket.bufferedAmount > MOST_UNSENT) return
    socket.send(upFrame(this.#sequence++, sound))
  }

  say(word: { t: 'mic'; on: boolean }): void {
    this.#write(word)
  }

  close(): void {
    this.#end('left')
  }

  #ping(): void {
    const socket = this.#socket
    if (socket?.readyState === WebSocket.OPEN && performance.now() - this.#heardAt > SILENT_MS) {
      this.#socket = undefined
      socket.close()
      this.#mend()
      return
    }
    this.#write({ t: 'ping', a: performance.now() })
  }

  #write(word: unknown): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(word))
  }

  async #connect(): Promise<void> {
    const address = await this.#address()
    if (this.#isOver) return
    if (address === null) return this.#mend()
    const socket = new WebSocket(address)
    socket.binaryType = 'arraybuffer'
    this.#socket = socket
    this.#heardAt = performance.now()
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      this.#heardAt = performance.now()
      if (typeof data === 'string') return this.#hear(data)
      const frame = readDownFrame(new Uint8Array(data))
      if (frame) this.#options.onFrame(frame)
    }
    socket.onclose = ({ code, reason }) => {
      if (this.#socket !== socket) return
      this.#socket = undefined
      // The hub closed it on purpose: all is said (1000), or refused (1008).
      if (code === 1000 || code === 1008) this.#end(reason || (code === 1000 ? 'ended' : 'refused'))
      else this.#mend()
    }
  }

  async #address(): Promise<string | null> {
    try {
      return await this.#options.url()
    } catch {
      return null
    }
  }

  #hear(text: string): void {
    const word = read(text)
    if (!word) return
    if (word.t === 'pong') {
      if (typeof word.a === 'number') this.delayMs = Math.max(0, Math.round(performance.now() - word.a))
      return
    }
    if (word.t === 'hello') {
      this.#cutAt = null
      this.#options.onState('live')
    }
    this.#options.onWord(word)
    if (word.t === 'ended') this.#end(word.reason)
  }

  #mend(): void {
    if (this.#isOver) return
    this.#cutAt ??= performance.now()
    if (performance.now() - this.#cutAt > (this.#options.mendMs ?? MEND_MS)) this.#end('lost')
    else {
      this.#options.onState('cut')
      this.#timer = setTimeout(() => void this.#connect(), AGAIN_MS)
    }
  }

  #end(why: string): void {
    if (this.#isOver) return
    this.#isOver = true
    clearTimeout(this.#timer)
    clearInterval(this.#beat)
    this.#socket?.close(1000)
    this.#socket = undefined
    this.#options.onState('over', why)
  }
}

function read(text: string): FromHub | null {
  try {
    const word = JSON.parse(text) as FromHub
    return typeof word === 'object' && word !== null ? word : null
  } catch {
    return null
  }
}
