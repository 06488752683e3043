/** Asks a trunk something that is no call: OPTIONS and REGISTER, with its password when it wants one. */
import { randomUUID } from 'node:crypto'
import type { Trunk } from '@earshot/voice'
import { newTag } from '../sip/dialog.ts'
import { answerChallenge } from '../sip/digest.ts'
import { Headers, makeRequest, type SipRequest, type SipResponse } from '../sip/message.ts'
import type { Flow } from '../sip/transport.ts'
import { escapeUser, hostAndPort } from '../sip/uri.ts'
import type { UserAgent } from '../sip/user-agent.ts'
import { loginOf, wayTo } from './trunks.ts'

export type Asked = { response: SipResponse; refusedLogin: boolean } | 'silence' | 'unreachable'

export interface Question {
  method: 'OPTIONS' | 'REGISTER'
  callId?: string
  /** The number before its first CSeq. */
  seq?: number
  headers?: (contact: string) => [string, string][]
}

export async function askTrunk(ua: UserAgent, trunk: Trunk, question: Question): Promise<Asked> {
  const flow = await wayTo(ua, trunk).catch(() => null)
  if (!flow) return 'unreachable'
  const first = await build(ua, trunk, flow, question)
  const answer = await once(ua, first, flow)
  if (answer === 'silence' || (answer.status !== 401 && answer.status !== 407)) {
    return answer === 'silence' ? answer : { response: answer, refusedLogin: false }
  }
  const login = loginOf(trunk)
  const proof = login && answerChallenge(answer, first, login)
  if (!proof) return { response: answer, refusedLogin: false }
  const second = await build(ua, trunk, flow, { ...question, seq: (question.seq ?? 0) + 1 })
  second.headers.set('call-id', first.headers.get('call-id') ?? '')
  second.headers.add(...proof)
  const final = await once(ua, second, flow)
  if (final === 'silence') return final
  return { response: final, refusedLogin: [401, 403, 407].includes(final.status) }
}

const once = (ua: UserAgent, request: SipRequest, flow: Flow) =>
  new Promise<SipResponse | 'silence'>((resolve) => {
    void ua.send(request, flow, { final: resolve, silence: () => resolve('silence') })
  })

async function build(ua: UserAgent, trunk: Trunk, flow: Flow, question: Question): Promise<SipRequest> {
  const host = hostAndPort(trunk.host, trunk.port === 5060 ? null : trunk.port)
  const user = trunk.user ? escapeUser(trunk.user) : 'earshot'
  const identity = `<sip:${user}@${host}>`
  const contact = ua.contact(await ua.addressFor(flow.address), flow.protocol, user)
  const headers = new Headers()
  headers.add('max-forwards', '70')
  headers.add('from', `${identity};tag=${newTag()}`)
  headers.add('to', question.method === 'REGISTER' ? identity : `<sip:${host}>`)
  headers.add('call-id', question.callId ?? randomUUID())
  headers.add('cseq', `${(question.seq ?? 0) + 1} ${question.method}`)
  headers.add('contact', contact)
  headers.add('user-agent', 'Earshot')
  for (const [name, value] of question.headers?.(contact) ?? []) headers.add(name, value)
  if (question.method === 'OPTIONS') headers.add('accept', 'application/sdp')
  return makeRequest(question.method, `sip:${host}`, headers)
}
