/** What Twilio says of a call it makes for us → how dialling went, in our words. */
import type { LegEnd } from '@earshot/voice'
import type { FormParams } from './signature.ts'

export type LegOutcome =
  | { state: 'ringing' }
  | { state: 'answered' }
  | { state: 'failed'; reason: LegEnd; detail?: string | undefined }

/** Null: nothing that anybody waits for. */
export function outcomeOf({ CallStatus, SipResponseCode, AnsweredBy }: FormParams): LegOutcome | null {
  const detail = SipResponseCode && /^\d{3}$/.test(SipResponseCode) ? `SIP ${SipResponseCode}` : undefined
  if (AnsweredBy && /^(machine|fax)/.test(AnsweredBy)) return failed('no_answer', 'voicemail')
  switch (CallStatus) {
    case 'ringing':
      return { state: 'ringing' }
    case 'in-progress':
      return { state: 'answered' }
    case 'busy':
      // Twilio says busy also of those who pressed "decline".
      return failed(isDecline(SipResponseCode) ? 'rejected' : 'busy', detail)
    case 'no-answer':
      return failed('no_answer', detail)
    case 'failed':
      return failed(isDecline(SipResponseCode) ? 'rejected' : 'failed', detail)
    case 'canceled':
      return failed('dropped', detail)
    case 'completed':
      return failed('hung_up', detail)
    default:
      return null
  }
}

const failed = (reason: LegEnd, detail?: string): LegOutcome => ({ state: 'failed', reason, detail })

const isDecline = (code: string | undefined): boolean => ['403', '603', '607'].includes(code ?? '')
