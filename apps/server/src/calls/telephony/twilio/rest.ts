/** Twilio's REST API, through the guarded door. */
import type { Services } from '../../../platform/context.ts'

declare module '../../../platform/context.ts' {
  interface Services {
    /** Twilio's API: an origin, of a region if need be. */
    twilioUrl: string
  }
}

export interface TwilioAccount {
  accountSid: string
  authToken: string
}

export interface TwilioReply {
  status: number
  body: Record<string, unknown>
}

const TIMEOUT_MS = 10_000
const MAX_BODY = 256 * 1024

/** Throws when nothing that is Twilio's answered; a refusal is a reply like any other. */
export async function askTwilio(
  { agents, twilioUrl }: Pick<Services, 'agents' | 'twilioUrl'>,
  { accountSid, authToken }: TwilioAccount,
  path: string,
  form?: Record<string, string | string[]>,
): Promise<TwilioReply> {
  const response = await agents.fetch(`${twilioUrl}/2010-04-01/Accounts/${accountSid}${path}`, {
    method: form ? 'POST' : 'GET',
    headers: {
      authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
      accept: 'application/json',
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(form && { body: encode(form) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  const text = (await response.text()).slice(0, MAX_BODY)
  return { status: response.status, body: readObject(text) }
}

function encode(form: Record<string, string | string[]>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) params.append(name, one)
  return params.toString()
}

function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
