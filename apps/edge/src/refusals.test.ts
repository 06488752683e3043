/** What the edge says to messages that are wrong, repeated, out of place or hostile; written by hand, byte for byte. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Framing } from './sip/framing.ts'
import { parseMessage } from './sip/parse.ts'
import { readSdp } from './sip/sdp.ts'
import { parseNameAddress, parseUri } from './sip/uri.ts'
import { Rig, until, uuid } from './test/rig.ts'

let rig: Rig
let socket: Socket
let port = 0
const answers: string[] = []

beforeAll(async () => {
  rig = await Rig.start([{ id: uuid(1), workspace: uuid(9), name: 'here', host: '127.0.0.1' }])
  socket = createSocket('udp4')
  socket.on('message', (bytes) => answers.push(bytes.toString()))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  port = socket.address().port
})
afterAll(async () => {
  socket.close()
  await rig.stop()
})

const SDP = 'v=0\r\no=p 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n'

interface Wish {
  method?: string
  call?: string
  toTag?: string
  branch?: string
  cseq?: string
  uri?: string
  extra?: string
  body?: string
  type?: string
}

let number = 0
function message(wish: Wish): string {
  const {
    method = 'INVITE',
    call = `call-${++number}`,
    toTag,
    cseq = `1 ${method}`,
    uri = 'sip:+4930@127.0.0.1',
  } = wish
  const { extra = '', body = '', type = 'application/sdp', branch = `z9hG4bK${call}${method}${cseq}` } = wish
  const content = body ? `Content-Type: ${type}\r\n` : ''
  return `${method} ${uri} SIP/2.0\r\nv: SIP/2.0/UDP 127.0.0.1:${port};branch=${branch.replace(/ /g, '')}\r\nf: <sip:ada@127.0.0.1>;tag=f\r\nt: <sip:b@127.0.0.1>${toTag ? `;tag=${toTag}` : ''}\r\ni: ${call}\r\nCSeq: ${cseq}\r\nm: <sip:ada@127.0.0.1:${port}>\r\n${extra}${content}l: ${body.length}\r\n\r\n${body}`
}

const send = (text: string | Buffer) => socket.send(text, rig.sipPort, '127.0.0.1')

/** The final answer to it. */
async function answerTo(wish: Wish): Promise<string> {
  const { call = `call-${++number}`, method = 'INVITE' } = wish
  send(message({ ...wish, call }))
  const { cseq = `1 ${method}` } = wish
  return until(`an answer to ${JSON.stringify(wish)}`, () =>
    answers.find(
      (one) => one.includes(`Call-ID: ${call}\r\n`) && one.includes(`CSeq: ${cseq}\r\n`) && !/^SIP\/2.0 1/.test(one),
    ),
  )
}

test('says what is wrong, each with its own number', async () => {
  const cases: [Wish, number, RegExp?][] = [
    [{ method: 'OPTIONS' }, 200, /^Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, INFO\r$/m],
    [{ method: 'SUBSCRIBE' }, 405, /^Allow: /m],
    [{ method: 'BYE', toTag: 'nobody' }, 481],
    [{ method: 'CANCEL' }, 481],
    [{ method: 'BYE' }, 481],
    [{ extra: 'Require: 100rel, timer\r\n', body: SDP }, 420, /^Unsupported: 100rel\r$/m],
    [{ extra: 'x: 30;refresher=uac\r\n', body: SDP }, 422, /^Min-SE: 90\r$/m],
    [{ body: 'hello', type: 'text/plain' }, 415, /^Accept: application\/sdp\r$/m],
    [{ body: SDP.replace('AVP 0', 'AVP 18') }, 488],
    [{ body: SDP.replace('RTP/AVP', 'RTP/SAVP') }, 488],
    [{ body: SDP.replace('c=IN IP4 127.0.0.1', 'c=IN IP4 224.0.0.1') }, 488],
    [{ uri: 'http://earshot', body: SDP }, 416],
    [{ uri: 'sip:%zz@127.0.0.1', body: SDP }, 416],
    [{ cseq: '1 BYE', method: 'OPTIONS', branch: 'z9hG4bKodd' }, 400],
    [{ extra: 'Max-Forwards: 999\r\n', method: 'OPTIONS' }, 400],
    [{ extra: `${'v: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKx\r\n'.repeat(40)}`, method: 'OPTIONS' }, 400],
  ]
  for (const [wish, status, says] of cases) {
    const answer = await answerTo(wish)
    expect(answer, JSON.stringify(wish)).toMatch(new RegExp(`^SIP/2.0 ${status} `))
    if (says) expect(answer).toMatch(says)
  }
  expect(rig.incoming).toHaveLength(0)
})

test('an INVITE that comes again is one call; its 200 is repeated until the ACK; a second way of it is a loop', async () => {
  const invite = message({ call: 'again', body: SDP, extra: 'x: 1800;refresher=uas\r\nk: timer\r\n' })
  send(invite)
  const ok = await until('200', () =>
    answers.find((one) => one.startsWith('SIP/2.0 200') && one.includes('Call-ID: again\r\n')),
  )
  expect(ok).toMatch(/^Session-Expires: 1800;refresher=uas\r$/m)
  send(invite)
  const count = () => answers.filter((one) => one === ok).length
  await until('it again, also by itself', () => count() >= 3)
  expect(rig.incoming.filter(({ sipCallId }) => sipCallId === 'again')).toHaveLength(1)
  send(message({ call: 'again', branch: 'z9hG4bKother-way', body: SDP }))
  await until('482', () => answers.some((one) => one.startsWith('SIP/2.0 482') && one.includes('Call-ID: again\r\n')))
  const toTag = /^To: .*;tag=(\S+)\r$/m.exec(ok)?.[1] ?? ''
  send(message({ call: 'again', method: 'ACK', toTag }))
  const inside = { call: 'again', toTag }
  expect(await answerTo({ ...inside, method: 'UPDATE', cseq: '2 UPDATE' })).toMatch(/^SIP\/2.0 405 [\s\S]*^Allow: /m)
  expect(await answerTo({ ...inside, method: 'PRACK', cseq: '3 PRACK' })).toMatch(/^SIP\/2.0 405 /)
  const keys = { type: 'application/dtmf-relay', body: 'Signal=5\r\nDuration=160\r\n' }
  expect(await answerTo({ ...inside, method: 'INFO', cseq: '4 INFO', ...keys })).toMatch(/^SIP\/2.0 200 /)
  await until('the key', () => rig.streams.at(-1)?.keys === '5')
  expect(
    await answerTo({ ...inside, method: 'INVITE', cseq: '5 INVITE', body: SDP.replace('AVP 0', 'AVP 3') }),
  ).toMatch(/^SIP\/2.0 488 /)
  // Older than what was seen: refused, and the call stands.
  expect(await answerTo({ ...inside, method: 'BYE', cseq: '2 BYE' })).toMatch(/^SIP\/2.0 500 /)
  expect(await answerTo({ ...inside, method: 'BYE', cseq: '6 BYE' })).toMatch(/^SIP\/2.0 200 /)
  await until('the end', () => rig.streams.at(-1)?.stopped)
})

test('strangers without a password are turned away, and not answered for ever', async () => {
  await rig.push([{ id: uuid(1), workspace: uuid(9), name: 'elsewhere', host: '192.0.2.77' }])
  const before = answers.length
  for (let i = 0; i < 60; i++) send(message({ call: `stranger-${i}`, body: SDP }))
  await until('refusals', () => answers.slice(before).filter((one) => one.startsWith('SIP/2.0 403')).length >= 10)
  expect(await rig.gauge('ignored_total')).toBeGreaterThanOrEqual(35)
  expect(rig.incoming.some(({ sipCallId }) => sipCallId.startsWith('stranger'))).toBe(false)
  await rig.push([{ id: uuid(1), workspace: uuid(9), name: 'here', host: '127.0.0.1' }])
})

test('messages over TCP, in pieces and several at once', async () => {
  const tcp = connect(rig.sipPort, '127.0.0.1')
  // Our nonsense at the end may end it roughly.
  tcp.on('error', () => {})
  let said = ''
  tcp.on('data', (bytes) => {
    said += bytes.toString()
  })
  await once(tcp, 'connect')
  const both = message({ method: 'OPTIONS', call: 't1' }) + message({ method: 'OPTIONS', call: 't2' })
  const bytes = Buffer.from(`\r\n\r\n${both}`.replaceAll('UDP', 'TCP'))
  for (let at = 0; at < bytes.length; at += 100) tcp.write(bytes.subarray(at, at + 100))
  await until('both answers', () => said.includes('Call-ID: t1') && said.includes('Call-ID: t2'))
  const closed = new Promise((resolve) => tcp.on('close', resolve))
  tcp.write('X'.repeat(100_000))
  await closed
})

const RUNS = Number(process.env.TEST_SIP_FUZZ ?? 300)
const valid = message({
  call: 'fuzz',
  body: SDP,
  extra: 'Record-Route: <sip:p1;lr>, "a, b" <sip:p2;lr>\r\nSubject: a\r\n folded\r\n',
})

/** A good message with pieces taken out, doubled, swapped for others, or bytes changed. */
const broken = fc
  .array(
    fc.record({
      at: fc.nat(valid.length),
      drop: fc.nat(30),
      put: fc.oneof(
        fc.string({ maxLength: 20 }),
        fc.constantFrom(
          '\r\n',
          ';',
          '"',
          '<',
          '>',
          ',',
          '%',
          '\0',
          ':',
          '\r\n ',
          ';tag=',
          'sip:',
          '(((',
          'a'.repeat(5000),
        ),
      ),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((edits) => edits.reduce((text, { at, drop, put }) => text.slice(0, at) + put + text.slice(at + drop), valid))

test('whatever comes, reading it neither throws nor takes long, and the edge goes on', async () => {
  const wild = fc.oneof(
    broken.map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
  )
  fc.assert(
    fc.property(wild, (bytes) => {
      const { message: read, invalid } = parseMessage(bytes)
      if (!read) expect(invalid).toBeTypeOf('string')
      new Framing().take(bytes)
      readSdp(bytes)
      parseUri(bytes.toString())
      parseNameAddress(bytes.toString())
    }),
    { numRuns: RUNS },
  )
  for (const bytes of fc.sample(wild, Math.min(RUNS, 300))) send(bytes)
  // Datagrams may be lost in such a crowd: asked again, as anybody would.
  const asked = message({ method: 'OPTIONS', call: 'still-there' })
  await until('life', () => {
    send(asked)
    return answers.some((one) => one.startsWith('SIP/2.0 200') && one.includes('Call-ID: still-there'))
  })
})
