/** The timers of RFC 3261 and RFC 4028, by a clock of the test's own: what is repeated, how often, and what is given up. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ClientTransaction } from './client-transaction.ts'
import { answerChallenge, Challenger } from './digest.ts'
import { Headers, makeRequest, makeResponse, type SipRequest } from './message.ts'
import { ServerTransaction } from './server-transaction.ts'
import { SessionTimer } from './session-timer.ts'
import { TIMING } from './timing.ts'
import type { Flow } from './transport.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function flow(protocol: 'UDP' | 'TCP') {
  const sent: string[] = []
  const way: Flow = {
    protocol,
    address: '192.0.2.1',
    port: 5060,
    open: true,
    send: (bytes) => void sent.push(bytes.toString()),
  }
  return { way, sent }
}

function request(method: string): SipRequest {
  const headers = new Headers([
    ['via', 'SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKx'],
    ['from', '<sip:a@b>;tag=1'],
    ['to', '<sip:c@d>'],
    ['call-id', 'x'],
    ['cseq', `1 ${method}`],
  ])
  return makeRequest(method, 'sip:c@d', headers)
}

function asking(method: string, protocol: 'UDP' | 'TCP') {
  const { way, sent } = flow(protocol)
  const heard = { final: 0, silence: 0, forgotten: 0 }
  const answers = { final: () => void heard.final++, silence: () => void heard.silence++ }
  const forget = () => void heard.forgotten++
  const transaction = new ClientTransaction({
    request: request(method),
    flow: way,
    key: 'k',
    timing: TIMING,
    answers,
    forget,
  })
  transaction.start()
  return { transaction, sent, heard }
}

test('an INVITE is sent seven times in 32 seconds, another request eleven times; on TCP once', () => {
  for (const [method, protocol, times] of [
    ['INVITE', 'UDP', 7],
    ['BYE', 'UDP', 11],
    ['INVITE', 'TCP', 1],
  ] as const) {
    const { sent, heard } = asking(method, protocol)
    vi.advanceTimersByTime(31_999)
    expect([method, sent.length, heard.silence]).toEqual([method, times, 0])
    vi.advanceTimersByTime(1)
    expect(heard).toEqual({ final: 0, silence: 1, forgotten: 1 })
    vi.advanceTimersByTime(60_000)
    expect(sent.length).toBe(times)
  }
})

test('an INVITE that rings is not repeated and does not end by itself; its refusal is acknowledged as often as it comes', () => {
  const { transaction, sent, heard } = asking('INVITE', 'UDP')
  transaction.receive(makeResponse(transaction.request, 180))
  vi.advanceTimersByTime(120_000)
  expect(sent.length).toBe(1)
  const refusal = makeResponse(transaction.request, 486)
  for (let i = 0; i < 3; i++) transaction.receive(refusal)
  expect(sent.slice(1).map((text) => text.slice(0, 3))).toEqual(['ACK', 'ACK', 'ACK'])
  expect(heard.final).toBe(1)
  vi.advanceTimersByTime(32_000)
  expect(heard.forgotten).toBe(1)
})

function answering(method: string, protocol: 'UDP' | 'TCP') {
  const { way, sent } = flow(protocol)
  const heard = { unacked: 0, forgotten: 0 }
  const forget = () => void heard.forgotten++
  const transaction = new ServerTransaction({
    request: request(method),
    flow: way,
    reply: way,
    key: 'k',
    timing: TIMING,
    forget,
  })
  transaction.onUnacked = () => void heard.unacked++
  return { transaction, sent, heard }
}

test('a 200 to an INVITE is repeated until its ACK, also on TCP; without one the call is given up after 32 seconds', () => {
  for (const protocol of ['UDP', 'TCP'] as const) {
    const lost = answering('INVITE', protocol)
    lost.transaction.reply(200)
    vi.advanceTimersByTime(32_000)
    expect(lost.sent.length).toBe(11)
    expect(lost.heard).toEqual({ unacked: 1, forgotten: 1 })
  }
  const fine = answering('INVITE', 'UDP')
  fine.transaction.reply(200)
  fine.transaction.acked()
  vi.advanceTimersByTime(40_000)
  expect(fine.sent.length).toBe(1)
  expect(fine.heard).toEqual({ unacked: 0, forgotten: 1 })
})

test('a refusal is repeated on UDP until its ACK; other answers only when they are asked for', () => {
  const refused = answering('INVITE', 'UDP')
  refused.transaction.reply(486)
  vi.advanceTimersByTime(1600)
  expect(refused.sent.length).toBe(3)
  refused.transaction.acked()
  vi.advanceTimersByTime(10_000)
  expect(refused.sent.length).toBe(3)
  const bye = answering('BYE', 'UDP')
  bye.transaction.reply(200)
  bye.transaction.again()
  vi.advanceTimersByTime(31_000)
  expect(bye.sent.length).toBe(2)
  expect(bye.heard.forgotten).toBe(0)
  vi.advanceTimersByTime(1000)
  expect(bye.heard.forgotten).toBe(1)
})

test('a session is refreshed at its half by whoever refreshes, and given up before its end by the other', () => {
  const said: string[] = []
  const parts = { seconds: 1800, refresh: () => void said.push('refresh'), expired: () => void said.push('expired') }
  new SessionTimer({ ...parts, weRefresh: true })
  new SessionTimer({ ...parts, weRefresh: false })
  vi.advanceTimersByTime(900_000)
  expect(said).toEqual(['refresh'])
  vi.advanceTimersByTime(868_000)
  expect(said).toEqual(['refresh', 'expired'])
})

test('a password is proved by both hashes, once for each count, for a minute', () => {
  const challenger = new Challenger(() => Date.now())
  const login = { user: 'ada', password: 'secret' }
  for (const algorithm of ['MD5', 'SHA-256']) {
    const asked = makeResponse(request('INVITE'), 401, {
      headers: challenger.challenges(false).filter(([, value]) => value.includes(`algorithm=${algorithm},`)),
    })
    const proof = answerChallenge(asked, { method: 'INVITE', uri: 'sip:c@d' }, login)
    const proved = request('INVITE')
    proved.headers.add(...proof!)
    expect(proof?.[1]).toContain(`algorithm=${algorithm}`)
    expect(challenger.check(proved, [{ user: 'ada', password: 'wrong' }])).toBe('wrong')
    expect(challenger.check(proved, [login])).toEqual({ login })
    expect(challenger.check(proved, [login])).toBe('stale')
    vi.advanceTimersByTime(61_000)
  }
  const both = makeResponse(request('INVITE'), 401, { headers: challenger.challenges(false) })
  expect(answerChallenge(both, { method: 'INVITE', uri: 'sip:c@d' }, login)?.[1]).toContain('SHA-256')
})
