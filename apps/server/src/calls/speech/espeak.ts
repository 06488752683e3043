/** The voice that needs no provider and no network: espeak-ng, by its package, else by the program of the system. */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { EspeakWorker, type SpokenPiece } from './espeak-worker.ts'
import { toTelephone } from './resample.ts'
import { type SpeakOptions, SpeechFailed, type Tts } from './speech.ts'

/** Timbres, whatever the language. The first is usual. */
export const ESPEAK_VOICES = ['f2', 'f1', 'f3', 'f4', 'f5', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'] as const

const USUAL_RATE = 165
const PROGRAM = 'espeak-ng'

export type EspeakSource = 'package' | 'program' | null

export class Espeak implements Tts {
  readonly name = 'espeak'
  readonly key = 'espeak'
  readonly worker = new EspeakWorker()
  private found: Promise<EspeakSource> | undefined
  private readonly look: () => Promise<EspeakSource>

  constructor(look: () => Promise<EspeakSource> = findEspeak) {
    this.look = look
  }

  /** Where the voice comes from; null: neither the package nor the program is there. */
  source(): Promise<EspeakSource> {
    this.found ??= this.look()
    return this.found
  }

  async *speak(text: string, options: SpeakOptions): AsyncGenerator<Uint8Array> {
    const source = await this.source()
    if (source === null)
      throw new SpeechFailed(
        'missing',
        'The offline voice is not installed: install the optional package again, or the program espeak-ng.',
      )
    const voice = voiceOf(options)
    const rate = Math.round(USUAL_RATE * Math.min(2, Math.max(0.5, options.speed)))
    const said = plain(text)
    if (said === '') return
    const pieces =
      source === 'package'
        ? this.worker.speak(said, voice, rate, options.signal)
        : runProgram(said, voice, rate, options.signal)
    yield* telephone(pieces)
  }

  stop(): void {
    this.worker.stop()
  }
}

async function* telephone(pieces: AsyncGenerator<SpokenPiece>): AsyncGenerator<Uint8Array> {
  const first = await pieces.next()
  if (first.done) return
  const { hertz, sound } = first.value
  async function* all() {
    yield sound
    for await (const piece of pieces) yield piece.sound
  }
  yield* toTelephone(all(), hertz)
}

/** Names are never taken as they come: what is no voice of the list is the usual one. */
function voiceOf({ voice, language }: SpeakOptions): string {
  const timbre = ESPEAK_VOICES.find((one) => one === voice) ?? ESPEAK_VOICES[0]
  const tag = /^([a-z]{2,3})(?:-([a-z]{2}))?/i.exec(language)
  const primary = tag?.[1]?.toLowerCase() ?? 'en'
  const region = tag?.[2]?.toLowerCase()
  if (primary === 'en') return `${region === 'gb' ? 'en-gb' : 'en-us'}+${timbre}`
  if (primary === 'pt') return `${region === 'br' ? 'pt-br' : 'pt'}+${timbre}`
  if (primary === 'zh') return `cmn+${timbre}`
  return `${primary}+${timbre}`
}

/** Without what it would take for its own markup, and without what no voice can say. */
const plain = (text: string): string =>
  text
    .replace(/[\p{Cc}<>[\]{}|]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 2000)

async function findEspeak(): Promise<EspeakSource> {
  try {
    createRequire(import.meta.url).resolve('@echogarden/espeak-ng-emscripten')
    return 'package'
  } catch {
    return (await hasProgram()) ? 'program' : null
  }
}

const hasProgram = (): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(PROGRAM, ['--version'], { stdio: 'ignore' })
    child.on('error', () => resolve(false))
    child.on('exit', (code) => resolve(code === 0))
  })

const WAV_HEAD = 44

/** Text goes by standard input, never by the command line; the length in its WAV is wrong, so it is read to the end. */
export async function* runProgram(
  text: string,
  voice: string,
  rate: number,
  signal: AbortSignal,
): AsyncGenerator<SpokenPiece> {
  const child = spawn(PROGRAM, ['-v', voice, '-s', String(rate), '-b', '1', '--stdin', '--stdout'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    signal,
  })
  const failed = new Promise<never>((_, reject) => child.once('error', reject))
  failed.catch(() => {})
  child.stdin.on('error', () => {})
  child.stdin.end(text)
  let head = Buffer.alloc(0)
  let hertz = 0
  const chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  for (;;) {
    const next = await Promise.race([chunks.next(), failed])
    signal.throwIfAborted()
    if (next.done) break
    if (hertz > 0) {
      yield { sound: next.value, hertz }
      continue
    }
    head = Buffer.concat([head, next.value])
    if (head.length < WAV_HEAD) continue
    hertz = head.readUInt32LE(24)
    if (head.length > WAV_HEAD) yield { sound: head.subarray(WAV_HEAD), hertz }
  }
  if (hertz === 0) throw new SpeechFailed('settings', `The offline voice said nothing as ${voice}.`)
}
