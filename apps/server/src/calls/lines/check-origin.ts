/** Can a carrier on the internet reach us? Looked at from here, by the address it is given. */
import type { LineTestStep } from '@earshot/contracts'
import type { Services } from '../../platform/context.ts'
import { assertCallable, outboundFetch } from '../../platform/outbound-http.ts'
import { lineUrl } from '../telephony/twilio/addresses.ts'
import { failed, passed } from '../telephony/twilio/check-account.ts'

const TIMEOUT_MS = 5000

export async function checkOrigin(services: Services, lineId: string): Promise<LineTestStep> {
  const { baseUrl } = services.team
  if (!(await isPublic(baseUrl))) return failed('origin', 'not_public', baseUrl)
  if (!baseUrl.startsWith('https:')) return failed('origin', 'not_https', baseUrl)
  // The echo of a line is a route of ours: another answer, or none, means that the address leads elsewhere.
  const answer = await read(services, lineUrl(services, lineId, 'echo'))
  if (answer === null) return failed('origin', 'unreachable', baseUrl)
  return answer.text === lineId ? passed('origin', baseUrl) : failed('origin', 'not_ours', `HTTP ${answer.status}`)
}

/** The hub's socket: Twilio opens it by `wss:` only. */
export async function checkMedia(services: Services): Promise<LineTestStep> {
  const carrierUrl = addressOfHub(services)
  if (carrierUrl === null) return failed('media', 'no_hub')
  if (!carrierUrl.startsWith('wss:')) return failed('media', 'not_wss', carrierUrl)
  if (!(await isPublic(carrierUrl.replace(/^ws/, 'http')))) return failed('media', 'not_public', carrierUrl)
  const answer = await read(services, new URL('healthz', carrierUrl.replace(/^ws/, 'http')).href)
  return answer?.status === 200 ? passed('media', carrierUrl) : failed('media', 'unreachable', carrierUrl)
}

function addressOfHub(services: Services): string | null {
  try {
    return services.calls.hub().carrierUrl
  } catch {
    return null
  }
}

const isPublic = (address: string): Promise<boolean> =>
  assertCallable(address, { allowed: [] }).then(
    () => true,
    () => false,
  )

async function read({ agents }: Services, url: string): Promise<{ status: number; text: string } | null> {
  const fetch = outboundFetch({ ...agents.outbound, maxBytes: 64 * 1024 })
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    return { status: response.status, text: await response.text() }
  } catch {
    return null
  }
}
