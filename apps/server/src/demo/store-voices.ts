/** Puts the voice notes of a scene into the file store, before the conversation that will name them. */
import { createHash } from 'node:crypto'
import { type StoredFile, storeUpload } from '../files/index.ts'
import type { Context } from '../platform/context.ts'
import type { Line, Scene } from './scene.ts'
import { voiceNote } from './voice.ts'

export const VOICES = { kind: 'contact', id: 'demo' } as const

/** Speakers say about 14 letters a second. */
const secondsOf = (text: string | null): number => Math.min(12, Math.max(1.5, (text ?? '').length / 14))

export async function storeVoices(ctx: Context, scene: Scene): Promise<ReadonlyMap<Line, StoredFile>> {
  const stored = new Map<Line, StoredFile>()
  const spoken = scene.lines.filter(({ isSpoken }) => isSpoken)
  for (const [i, line] of spoken.entries()) {
    const seed = `${scene.externalId} ${line.author}`
    const sound = voiceNote(seed, secondsOf(line.text))
    const id = idOf(`${ctx.workspaceId} ${scene.externalId} ${i}`)
    stored.set(line, await storeUpload(ctx, VOICES, { id, name: `voice-note-${i + 1}.wav`, source: once(sound) }))
  }
  return stored
}

async function* once(bytes: Buffer) {
  yield bytes
}

/** The same for the same note, so that a filling which was cut off does not keep it twice. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
