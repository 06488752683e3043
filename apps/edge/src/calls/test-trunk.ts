/** Test a trunk: does it answer, and does it take our password? */
import type { Trunk, TrunkTest } from '@earshot/voice'
import type { UserAgent } from '../sip/user-agent.ts'
import { type Asked, askTrunk } from './ask-trunk.ts'

const WAIT_MS = 4000

export async function testTrunk(ua: UserAgent, trunk: Trunk): Promise<TrunkTest> {
  const began = performance.now()
  const method = trunk.register && trunk.user ? 'REGISTER' : 'OPTIONS'
  const headers = (): [string, string][] => (method === 'REGISTER' ? [['expires', '600']] : [])
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Asked>((resolve) => {
    timer = setTimeout(() => resolve('silence'), WAIT_MS)
  })
  const asked = await Promise.race([askTrunk(ua, trunk, { method, headers }), late])
  clearTimeout(timer)
  const tookMs = Math.round(performance.now() - began)
  return { ...verdict(asked, method, tookMs), tookMs }
}

function verdict(asked: Asked, method: string, tookMs: number): Omit<TrunkTest, 'tookMs'> {
  if (asked === 'unreachable') return { ok: false, detail: 'its host has no address, or refuses connections' }
  if (asked === 'silence') return { ok: false, detail: `no answer within ${WAIT_MS / 1000} s` }
  const { response, refusedLogin } = asked
  if (refusedLogin) return { ok: false, detail: 'asked for a password and refused ours' }
  const { status, reason } = response
  if (status === 401 || status === 407) return { ok: false, detail: 'asks for a password, and the trunk has none' }
  if (status === 200) {
    return {
      ok: true,
      detail: method === 'REGISTER' ? `registered us in ${tookMs} ms` : `answered OPTIONS in ${tookMs} ms`,
    }
  }
  // It is there and talks to us; many do not care for OPTIONS.
  const talks = method === 'OPTIONS' && [404, 405, 481, 484, 501].includes(status)
  return { ok: talks, detail: `answered ${method} with ${status} ${reason}`.slice(0, 200) }
}
