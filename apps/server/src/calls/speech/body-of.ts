/** Sound of a provider's answer as it comes. */
import { troubleOf } from './provider-trouble.ts'
import { SpeechFailed } from './speech.ts'

export async function* bodyOf(provider: string, answer: Response, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (!answer.body) throw new SpeechFailed('provider', `${provider} sent no sound.`)
  try {
    for await (const piece of answer.body) yield piece
  } catch (error) {
    signal.throwIfAborted()
    throw troubleOf(provider, error)
  }
}
