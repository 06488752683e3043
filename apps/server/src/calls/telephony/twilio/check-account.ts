/** Is the account the line names ours to use, and does it have the number? Asked of Twilio, step by step. */
import type { LineTestStep } from '@earshot/contracts'
import type { Services } from '../../../platform/context.ts'
import { askTwilio, type TwilioAccount, type TwilioReply } from './rest.ts'

type Problem = NonNullable<LineTestStep['problem']>

export const passed = (step: LineTestStep['step'], detail: string | null = null): LineTestStep => ({
  step,
  outcome: 'passed',
  problem: null,
  detail,
})
export const failed = (step: LineTestStep['step'], problem: Problem, detail: string | null = null): LineTestStep => ({
  step,
  outcome: 'failed',
  problem,
  detail: detail?.slice(0, 500) ?? null,
})
export const skipped = (step: LineTestStep['step']): LineTestStep => ({
  step,
  outcome: 'skipped',
  problem: null,
  detail: null,
})

export async function checkCredentials(services: Services, account: TwilioAccount): Promise<LineTestStep> {
  const reply = await askTwilio(services, account, '.json').catch(() => null)
  if (reply === null) return failed('credentials', 'unreachable')
  if (reply.status === 401 || reply.status === 403) return failed('credentials', 'refused', textOf(reply.body.message))
  if (reply.status >= 300) return failed('credentials', 'unreachable', `HTTP ${reply.status}`)
  const { status, friendly_name: name } = reply.body
  return status === 'active' ? passed('credentials', textOf(name)) : failed('credentials', 'suspended', textOf(status))
}

/** The number's own settings at Twilio: whether it is there, can speak, and calls us. */
export async function checkNumber(
  services: Services,
  account: TwilioAccount,
  number: string,
  voiceUrl: string,
): Promise<[LineTestStep, LineTestStep]> {
  const path = `/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(number)}`
  const reply = await askTwilio(services, account, path).catch(() => null)
  if (reply === null || reply.status >= 300)
    return [failed('number', 'unreachable', reply && `HTTP ${reply.status}`), skipped('webhook')]
  const own = numbersOf(reply).find((one) => one.phone_number === number)
  if (!own) return [failed('number', 'not_owned', number), skipped('webhook')]
  const { capabilities } = own
  const canSpeak =
    typeof capabilities !== 'object' ||
    capabilities === null ||
    !('voice' in capabilities) ||
    capabilities.voice === true
  return [canSpeak ? passed('number', number) : failed('number', 'no_voice', number), checkWebhook(own, voiceUrl)]
}

function checkWebhook(own: Record<string, unknown>, voiceUrl: string): LineTestStep {
  const { voice_url: url, voice_method: method } = own
  if (typeof url !== 'string' || url === '') return failed('webhook', 'not_set')
  if (url !== voiceUrl) return failed('webhook', 'other_address', url)
  if (typeof method === 'string' && method !== 'POST') return failed('webhook', 'other_method', method)
  return passed('webhook', url)
}

const numbersOf = ({ body }: TwilioReply): Record<string, unknown>[] =>
  Array.isArray(body.incoming_phone_numbers)
    ? body.incoming_phone_numbers.filter((one) => typeof one === 'object' && one !== null)
    : []

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, 200) : null)
