/** The SIP edge as this server reaches it: dialling, hanging up, trunks and their tests. */
import { type Dial, type Trunk, TrunkTest } from '@earshot/voice'

export interface SipEdge {
  /** `unknown`: the edge does not know the trunk. `invalid`: nothing that can be dialled. */
  dial(order: Dial): Promise<'dialling' | 'unknown' | 'invalid'>
  /** CANCEL or BYE; a leg it does not know is gone already. */
  hangUp(leg: string): Promise<void>
  putTrunks(trunks: Trunk[]): Promise<void>
  /** Null: it does not know the trunk. */
  test(trunk: string): Promise<TrunkTest | null>
}

const WAIT_MS = 4000
/** It gives a trunk four seconds itself, twice when it wants a password. */
const TEST_MS = 10_000

/** Null: this installation has no edge. It may be away for a moment; then every request throws. */
export function openSipEdge(url: string | undefined, secret: string): SipEdge | null {
  if (url === undefined) return null
  const send = async (method: string, path: string, body?: unknown, waitMs = WAIT_MS): Promise<Response> => {
    const answer = await fetch(`${url.replace(/\/$/, '')}${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(waitMs),
      redirect: 'error',
    })
    if (answer.ok || answer.status === 404 || answer.status === 422) return answer
    throw new Error(`The SIP edge answered ${answer.status}.`)
  }
  return {
    async dial(order) {
      const { status } = await send('POST', '/v1/dial', order)
      return status === 404 ? 'unknown' : status === 422 ? 'invalid' : 'dialling'
    },
    async hangUp(leg) {
      await send('DELETE', `/v1/dial/${leg}`)
    },
    async putTrunks(trunks) {
      await send('PUT', '/v1/trunks', trunks)
    },
    async test(trunk) {
      const answer = await send('POST', `/v1/trunks/${trunk}/test`, undefined, TEST_MS)
      return answer.ok ? TrunkTest.parse(await answer.json()) : null
    },
  }
}
