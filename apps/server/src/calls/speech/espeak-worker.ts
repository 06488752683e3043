/** The synthesizer's process, seen from here: started when somebody speaks, ended when nobody has for a while, begun anew when it dies. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { FromEspeak, ToEspeak } from './espeak-process.ts'
import { SpeechFailed } from './speech.ts'

const PROGRAM = fileURLToPath(new URL('./espeak-process.ts', import.meta.url))
const IDLE_MS = 5 * 60_000
/** A sentence takes a tenth of that on a slow machine. */
const STUCK_MS = 30_000

interface Speaking {
  request: ToEspeak
  take(piece: { sound: Uint8Array; hertz: number } | null): void
  fail(error: Error): void
}

export interface SpokenPiece {
  sound: Uint8Array
  hertz: number
}

export class EspeakWorker {
  private child: ChildProcess | undefined
  private readonly waiting: Speaking[] = []
  private current: Speaking | undefined
  private clock: NodeJS.Timeout | undefined
  private counter = 0
  private stopped = false

  /** The process's number while it lives; tests end it. */
  get pid(): number | undefined {
    return this.child?.pid
  }

  /** 16 bit sound as it is made. */
  async *speak(text: string, voice: string, rate: number, signal: AbortSignal): AsyncGenerator<SpokenPiece> {
    signal.throwIfAborted()
    const pieces: SpokenPiece[] = []
    let over = false
    let failed: Error | undefined
    let wake = () => {}
    const speaking: Speaking = {
      request: { id: ++this.counter, text, voice, rate },
      take(piece) {
        if (piece) pieces.push(piece)
        else over = true
        wake()
      },
      fail(error) {
        failed = error
        wake()
      },
    }
    const abort = () => {
      const at = this.waiting.indexOf(speaking)
      if (at >= 0) this.waiting.splice(at, 1)
      wake()
    }
    signal.addEventListener('abort', abort, { once: true })
    try {
      this.waiting.push(speaking)
      this.next()
      for (;;) {
        signal.throwIfAborted()
        const piece = pieces.shift()
        if (piece) yield piece
        else if (failed) throw failed
        else if (over) return
        else
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.clock)
    this.child?.kill('SIGKILL')
  }

  private next(): void {
    if (this.current || this.waiting.length === 0) return
    if (this.stopped) {
      for (const one of this.waiting.splice(0)) one.fail(new SpeechFailed('provider', 'The voice has been stopped.'))
      return
    }
    this.current = this.waiting.shift()!
    this.child ??= this.start()
    this.child.send(this.current.request, (error) => {
      if (error) this.onEnd(String(error))
    })
    this.after(STUCK_MS, () => this.child?.kill('SIGKILL'))
  }

  private start(): ChildProcess {
    const child = fork(PROGRAM, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
    })
    child.on('message', (message: FromEspeak) => this.onMessage(message))
    child.on('error', (error) => child === this.child && this.onEnd(String(error)))
    child.on('exit', (code, signal) => child === this.child && this.onEnd(`it ended with ${signal ?? code}`))
    // Nobody waits for it at the end.
    child.unref()
    child.channel?.unref()
    return child
  }

  private onMessage(message: FromEspeak): void {
    const { current } = this
    if ('ready' in message || !current || message.id !== current.request.id) return
    if ('sound' in message) {
      current.take(message)
      return
    }
    this.current = undefined
    this.after(IDLE_MS, () => this.child?.disconnect())
    if ('failed' in message) current.fail(new SpeechFailed('settings', `The offline voice refused: ${message.failed}.`))
    else current.take(null)
    this.next()
  }

  private onEnd(why: string): void {
    this.child = undefined
    clearTimeout(this.clock)
    const { current } = this
    this.current = undefined
    current?.fail(new SpeechFailed('provider', `The offline voice stopped in the middle: ${why}.`))
    this.next()
  }

  private after(ms: number, act: () => void): void {
    clearTimeout(this.clock)
    this.clock = setTimeout(act, ms)
    this.clock.unref()
  }
}
