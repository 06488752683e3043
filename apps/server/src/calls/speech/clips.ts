/** Sentences that are said again and again, kept as sound on disk: greetings, announcements, the demo. */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type SpeakOptions, SpeechFailed, type Tts } from './speech.ts'

/** Nothing longer is worth keeping. */
const MOST_TEXT = 600

export class Clips {
  private readonly folder: string
  private readonly making = new Map<string, Promise<Uint8Array>>()

  constructor(folder: string) {
    this.folder = folder
  }

  /** The whole of it as μ-law. `owner` is whoever's words they are: workspaces share none. */
  async whole(tts: Tts, owner: string, text: string, options: SpeakOptions): Promise<Uint8Array> {
    if (text.length > MOST_TEXT) return collect(tts, text, options)
    const path = this.pathOf([owner, tts.key, options.voice ?? '', options.language, String(options.speed), text])
    const kept = await readFile(path).catch(() => null)
    if (kept) return kept
    const running = this.making.get(path)
    if (running) return running
    const made = collect(tts, text, { ...options, signal: AbortSignal.timeout(60_000) }).finally(() =>
      this.making.delete(path),
    )
    this.making.set(path, made)
    const sound = await made
    await keep(path, sound)
    options.signal.throwIfAborted()
    return sound
  }

  private pathOf(parts: string[]): string {
    const name = createHash('sha256').update(parts.join('\0')).digest('hex')
    return join(this.folder, name.slice(0, 2), `${name.slice(2)}.ul`)
  }
}

/** A voice that keeps what it said: the demo's callers ask the same again and again. */
export class KeptTts implements Tts {
  readonly name: string
  readonly key: string
  private readonly tts: Tts
  private readonly clips: Clips
  private readonly owner: string

  constructor(tts: Tts, clips: Clips, owner: string) {
    this.tts = tts
    this.clips = clips
    this.owner = owner
    this.name = tts.name
    this.key = tts.key
  }

  async *speak(text: string, options: SpeakOptions): AsyncGenerator<Uint8Array> {
    yield await this.clips.whole(this.tts, this.owner, text, options)
  }
}

export async function collect(tts: Tts, text: string, options: SpeakOptions): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of tts.speak(text, options)) pieces.push(piece)
  const sound = Buffer.concat(pieces)
  if (sound.length === 0) throw new SpeechFailed('provider', 'The voice said nothing.')
  return sound
}

/** A full disk keeps nobody from speaking. */
async function keep(path: string, sound: Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    const beside = `${path}.${process.pid}.part`
    await writeFile(beside, sound)
    await rename(beside, path)
  } catch {}
}
