/** Calls the webhooks of trigger rules: what is due, under a lease, signed, through the guarded door, again when that may help. */
import { type Services, transact } from '../platform/context.ts'
import { type OutboundFetch, OutboundRefused, outboundFetch } from '../platform/outbound-http.ts'
import { createSealer, type Sealer } from '../platform/secrets.ts'
import { signedHeaders } from '../platform/webhook-signature.ts'
import { type CallToSend, type ClaimedCall, claimCalls, findCall, noteCall } from './queries-calls.ts'

export interface TriggerCalls {
  sealer: Sealer
  fetch: OutboundFetch
}

declare module '../platform/context.ts' {
  interface Services {
    triggerCalls: TriggerCalls
  }
}

const BOUNDS = { maxBytes: 64 * 1024, headTimeoutMs: 10_000, totalTimeoutMs: 15_000 }

export function openTriggerCalls(config: { secret: string; allowPrivateAddresses: readonly string[] }): TriggerCalls {
  return {
    sealer: createSealer(config.secret),
    fetch: outboundFetch({ allowed: config.allowPrivateAddresses, ...BOUNDS }),
  }
}

export const purposeOf = (workspaceId: string, ruleId: string) => `workspace ${workspaceId} trigger ${ruleId} signing`

const AT_ONCE = 10
/** Longer than a call may take. */
const LEASE_S = 60
const TRIES = 6

export async function callWebhooks(services: Services): Promise<number> {
  const claimed = await claimCalls(services.db, AT_ONCE, LEASE_S)
  await Promise.all(claimed.map((one) => callOne(services, one)))
  return claimed.length
}

async function callOne(services: Services, claimed: ClaimedCall): Promise<void> {
  const at = { db: services.db, workspaceId: claimed.workspaceId }
  const call = await transact(at, (tx) => findCall(tx, claimed))
  if (!call) return
  const problem = await send(services.triggerCalls, claimed, call)
  // 10 s, 30 s, 90 s … the last within an hour.
  const again = problem?.again && call.attempts < TRIES ? 10 * 3 ** (call.attempts - 1) : null
  await transact(at, (tx) => noteCall(tx, claimed, problem?.text ?? null, again))
}

interface Problem {
  text: string
  /** It may be better later. */
  again: boolean
}

async function send({ sealer, fetch }: TriggerCalls, claimed: ClaimedCall, call: CallToSend): Promise<Problem | null> {
  if (call.url === null) return { text: 'The rule calls nobody any more.', again: false }
  const secret = call.secretSealed && sealer.open(call.secretSealed, purposeOf(claimed.workspaceId, call.ruleId))
  if (!secret) return { text: 'There is no signing secret, or EARSHOT_SECRET has changed since.', again: false }
  const body = bodyOf(claimed, call)
  // A repeat is the same message to its receiver.
  const headers = signedHeaders([secret], `trg_${claimed.firingId}_${claimed.outcome}`, body)
  try {
    const answer = await fetch(call.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })
    await answer.body?.cancel()
    if (answer.ok) return null
    return { text: `It answered ${answer.status}.`, again: answer.status >= 500 || answer.status === 429 }
  } catch (error) {
    if (error instanceof OutboundRefused) return { text: error.message, again: error.reason === 'timeout' }
    return { text: 'The address could not be reached.', again: true }
  }
}

const bodyOf = ({ firingId, outcome }: ClaimedCall, call: CallToSend): string =>
  JSON.stringify({
    type: 'trigger.fired',
    timestamp: call.at.toISOString(),
    data: {
      id: firingId,
      outcome,
      rule: { id: call.ruleId, name: call.ruleName, version: call.version },
      kept: call.data,
      visit: { id: call.visitId, number: call.visitNumber, landingUrl: call.landingUrl },
      contactId: call.contactId,
      conversationIds: call.conversationIds,
    },
  })
