/**
 * The process the offline synthesizer runs in, alone: it is under another licence than Earshot, and it computes for as long as it speaks.
 * Takes { id, text, voice, rate } by message; answers { id, rate, sound } in pieces, then { id, done } or { id, failed }.
 */
import open, { type Worker } from '@echogarden/espeak-ng-emscripten'

export interface ToEspeak {
  id: number
  text: string
  voice: string
  /** Words a minute. */
  rate: number
}

export type FromEspeak =
  | { id: number; sound: Uint8Array; hertz: number }
  | { id: number; done: true }
  | { id: number; failed: string }
  | { ready: true }

const send = (message: FromEspeak) => void process.send?.(message)
/** As many bytes at once: less would be many messages, more would be late. */
const PIECE = 8192

function speak(worker: Worker, { id, text, voice, rate }: ToEspeak): void {
  if (worker.set_voice(voice) !== 0) {
    send({ id, failed: `there is no voice ${voice}` })
    return
  }
  worker.set_rate(rate)
  const hertz = worker.get_samplerate()
  let held: Buffer[] = []
  let bytes = 0
  const flush = () => {
    if (bytes > 0) send({ id, sound: Buffer.concat(held), hertz })
    held = []
    bytes = 0
  }
  worker.synthesize(text, (sound) => {
    if (!sound || sound.length === 0) return false
    const piece = Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength)
    held.push(piece)
    bytes += piece.length
    if (bytes >= PIECE) flush()
    return false
  })
  flush()
  send({ id, done: true })
}

const { eSpeakNGWorker } = await open()
const worker = new eSpeakNGWorker()
process.on('disconnect', () => process.exit(0))
process.on('message', (message: ToEspeak) => {
  try {
    speak(worker, message)
  } catch (error) {
    send({ id: message.id, failed: String(error) })
  }
})
send({ ready: true })
