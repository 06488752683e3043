/** A provider's refusal in words a person can do something with. Never its own text, which may repeat the key. */
import { OutboundRefused } from '../../platform/outbound-http.ts'
import { SocketRefused } from '../../platform/outbound-socket.ts'
import { SpeechFailed } from './speech.ts'

export function refusedBy(provider: string, status: number): SpeechFailed {
  if (status === 401 || status === 403) return new SpeechFailed('settings', `${provider} does not accept the key.`)
  if (status === 402) return new SpeechFailed('settings', `${provider} says that the account has no credit left.`)
  if (status === 404)
    return new SpeechFailed('settings', `${provider} knows no such address or model: check the base URL and the names.`)
  if (status === 429) return new SpeechFailed('provider', `${provider} says that it was asked too often.`)
  if (status >= 500) return new SpeechFailed('provider', `${provider} failed with status ${status}.`)
  return new SpeechFailed('settings', `${provider} refused the request with status ${status}.`)
}

export function troubleOf(provider: string, error: unknown): SpeechFailed {
  if (error instanceof SpeechFailed) return error
  if (error instanceof SocketRefused) return refusedBy(provider, error.status)
  if (error instanceof OutboundRefused)
    return new SpeechFailed(error.reason === 'timeout' ? 'provider' : 'settings', `${provider}: ${error.message}`)
  return new SpeechFailed('provider', `${provider} cannot be reached.`)
}
