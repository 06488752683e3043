/** The socket between a browser and the hub: sound as binary, a few words as text, and noticing that nobody is there any more. */
import { upFrame } from '@earshot/voice/frames'

/** What the hub says in words. Unknown ones are a newer hub's. */
export type HubWord =
  | { t: 'hello'; call: string; role: string }
  | { t: 'floor'; by: string; leg?: string | null; user?: string | null }
  | { t: 'ended'; reason: string }
  | { t: 'pong' }

export type SocketEnd = 'ended' | 'refused' | 'lost'

export interface MediaSocketOptions {
  url: string
  onFrame: (frame: Uint8Array<ArrayBuffer>) => void
  onWord: (word: HubWord) => void
  /** Once: the call is over, the hub would not have us, or the line is gone. */
  onEnd: (end: SocketEnd) => void
  open?: (url: string) => WebSocket
}

export interface MediaSocket {
  /** One frame of 160 bytes. */
  speak: (sound: Uint8Array) => void
  say: (word: Record<string, unknown>) => void
  close: () => void
}

const PING_MS = 5000
/** Nothing at all for this long: the line is dead, however open it looks. */
const SILENT_MS = 12_000
/** More than this in the pipe is heard too late to be worth sending. */
const FULL_BYTES = 16_000
/** Closed like this, asking again changes nothing. */
const REFUSED = [1008, 4001, 4003, 4004]

export function openMediaSocket(options: MediaSocketOptions): MediaSocket {
  const socket = (options.open ?? ((url) => new WebSocket(url)))(options.url)
  socket.binaryType = 'arraybuffer'
  let sequence = 0
  let heardAt = Date.now()
  let over = false

  const end = (why: SocketEnd) => {
    if (over) return
    over = true
    clearInterval(timer)
    socket.close()
    options.onEnd(why)
  }
  const timer = setInterval(() => {
    if (Date.now() - heardAt > SILENT_MS) return end('lost')
    say({ t: 'ping', a: Date.now() })
  }, PING_MS)
  const say = (word: Record<string, unknown>) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(word))
  }
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (over) return
    heardAt = Date.now()
    if (typeof data !== 'string') return options.onFrame(new Uint8Array(data))
    const word = parse(data)
    if (!word) return
    options.onWord(word)
    if (word.t === 'ended') end('ended')
  }
  socket.onclose = ({ code }) => end(REFUSED.includes(code) ? 'refused' : 'lost')
  return {
    say,
    speak(sound) {
      if (socket.readyState !== socket.OPEN || socket.bufferedAmount > FULL_BYTES) return
      socket.send(upFrame(sequence++, sound))
    },
    close() {
      over = true
      clearInterval(timer)
      socket.close()
    },
  }
}

function parse(text: string): HubWord | undefined {
  try {
    return JSON.parse(text) as HubWord
  } catch {
    return undefined
  }
}
