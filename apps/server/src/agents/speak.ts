/** Says what is there already at the pace of quick writing. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Voice } from './answer-with-model.ts'

export async function speak(text: string, voice: Voice, paceMs: number): Promise<void> {
  const words = text.match(/\s*\S+/g) ?? []
  const each = Math.max(2, Math.ceil(words.length / 25))
  for (let i = 0; i < words.length; i += each) {
    voice.signal.throwIfAborted()
    voice.write(words.slice(i, i + each).join(''))
    if (paceMs > 0) await sleep(paceMs, undefined, { signal: voice.signal }).catch(() => voice.signal.throwIfAborted())
  }
}
