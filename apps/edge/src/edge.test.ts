/** The edge against sipp: whole calls, with sound that must be the same sound on the other side. */
import { alawToMulaw, mulawToAlaw } from '@earshot/voice'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Rig, type Stream, until, uuid } from './test/rig.ts'
import { freePort, Handset, sipp } from './test/sipp.ts'
import { likeness, noise } from './test/sound.ts'

const TRUNK = uuid(1)
const OUTWARD = uuid(2)
const local = { id: TRUNK, workspace: uuid(9), name: 'here', host: '127.0.0.1', from: ['127.0.0.1'] }

let rig: Rig
const stops: (() => void)[] = []

beforeAll(async () => {
  rig = await Rig.start([local])
})
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  rig.refuse = null
})
afterAll(async () => {
  await rig.stop()
})

async function handset(): Promise<Handset> {
  const phone = await Handset.open()
  stops.push(() => phone.close())
  return phone
}

/** A telephone calls; settles with the stream its sound comes by, and the port it must send to. */
async function calling(scenario: string, ms: number, payload = 0) {
  const before = rig.streams.length
  const phone = await handset()
  const args = ['-d', String(ms)]
  const call = await sipp(scenario, { target: rig.sipPort, keys: { rtp: phone.port, payload }, args })
  stops.push(call.stop)
  const stream = await until('a stream', () => rig.streams[before])
  const port = await until('sound', () => phone.packets[0]?.from)
  return { call, stream, port, phone }
}

const say = (stream: Stream, sound: Buffer) => {
  for (let at = 0; at < sound.length; at += 160) {
    setTimeout(
      () => stream.say('media', { media: { payload: sound.subarray(at, at + 160).toString('base64') } }),
      Math.max(0, at / 8 - 60),
    )
  }
}

test('carries three seconds of sound both ways, whole and unchanged', async () => {
  const { call, stream, port, phone } = await calling('call', 3300)
  const [theirs, ours] = [noise(1, 3000), noise(2, 2500)]
  say(stream, ours)
  await phone.speak(port, 0, theirs)
  await call.done
  await until('the end', () => stream.stopped && stream.closed)
  expect(rig.incoming[0]).toMatchObject({
    from: '+4915100000000',
    fromName: 'Ada',
    to: '+49301234567',
    trunks: [TRUNK],
  })
  expect(stream.token).toBe('token-of-call-number-1')
  // Every packet is one frame, byte for byte.
  expect(stream.heard.equals(theirs)).toBe(true)
  expect(likeness(ours, phone.heard(0))).toBeGreaterThan(0.95)
  expect(likeness(ours, stream.heard)).toBeLessThan(0.35)
  // Fifty a second, without a hole, from the answer to the end.
  const { packets } = phone
  expect(packets.every(({ seq }, i) => i === 0 || seq === (((packets[i - 1]?.seq ?? 0) + 1) & 0xffff))).toBe(true)
  const last = packets.at(-1)
  const span = (((last?.timestamp ?? 0) - (packets[0]?.timestamp ?? 0)) >>> 0) / 160 + 1
  expect(Math.abs(packets.length - span) / span).toBeLessThanOrEqual(0.01)
})

test('takes sipp’s own sound, within one packet in a hundred', async () => {
  const before = rig.streams.length
  const sound = noise(3, 1000)
  const call = await sipp('call-rtp', {
    target: rig.sipPort,
    keys: { payload: 0 },
    files: { 'sound.ul': sound },
    args: ['-d', '1300', '-mp', String(await freePort())],
  })
  stops.push(call.stop)
  await call.done
  const stream = await until('its stream', () => rig.streams[before])
  await until('the end', () => stream.closed)
  expect(Math.abs(stream.frames.length - 50)).toBeLessThanOrEqual(1)
  expect(likeness(sound, stream.heard)).toBeGreaterThan(0.95)
})

test('speaks A-law to those who want it', async () => {
  const { call, stream, port, phone } = await calling('call', 600, 8)
  const [theirs, ours] = [noise(4, 400), noise(5, 400)]
  say(stream, ours)
  await phone.speak(port, 8, Buffer.from(mulawToAlaw(theirs)))
  await call.done
  await until('all of it', () => stream.heard.length === theirs.length)
  expect(likeness(theirs, stream.heard)).toBeGreaterThan(0.95)
  expect(likeness(ours, Buffer.from(alawToMulaw(phone.heard(8))))).toBeGreaterThan(0.95)
})

test('passes keys on once each, puts packets in order, and fills what is lost', async () => {
  const { call, stream, port, phone } = await calling('call', 500)
  const sound = noise(6, 400)
  const at = (i: number) => sound.subarray(i * 160, i * 160 + 160)
  // 3 comes after 4; 6 never comes.
  for (const i of [0, 1, 2, 4, 3, 5, 7, 8, 9, 10, 11]) phone.send(port, 0, at(i), i * 160, 2000 + i)
  for (const [key, from] of [
    ['7', 2012],
    ['#', 2018],
  ] as const) {
    for (let n = 0; n < 6; n++) {
      const event = Buffer.from([key === '#' ? 11 : 7, n > 3 ? 0x8a : 0x0a, 0, n * 160])
      phone.send(port, 101, event, from * 160, from + n)
    }
  }
  await until('the keys', () => stream.keys === '7#')
  const silence = Buffer.alloc(160, 0xff)
  const expected = Buffer.concat([0, 1, 2, 3, 4, 5].map(at).concat([silence], [7, 8, 9, 10, 11].map(at)))
  expect(stream.heard.equals(expected)).toBe(true)
  await call.done
})

test('hears one source only, and marks and clears as a carrier does', async () => {
  const { call, stream, port, phone } = await calling('hung-up', 0)
  const [theirs, intruder] = [noise(7, 300), await Handset.open()]
  phone.send(port, 0, theirs.subarray(0, 160), 0, 1)
  await until('the first frame', () => stream.frames.length === 1)
  for (let n = 0; n < 5; n++) intruder.send(port, 0, noise(8, 20), n * 160, 500 + n)
  phone.send(port, 0, theirs.subarray(160, 320), 160, 2)
  await until('the second frame', () => stream.frames.length === 2)
  expect(stream.heard.equals(theirs.subarray(0, 320))).toBe(true)
  intruder.close()
  stream.say('media', { media: { payload: noise(9, 200).toString('base64') } })
  stream.say('mark', { mark: { name: 'said' } })
  await until('the mark', () => stream.marks.includes('said'))
  stream.say('media', { media: { payload: noise(9, 5000).toString('base64') } })
  stream.say('mark', { mark: { name: 'flushed' } })
  stream.say('clear')
  await until('the mark of what was dropped', () => stream.marks.includes('flushed'))
  // The hub closes: we hang up.
  stream.socket.close(1000)
  await call.done
})

test('is silent while it is held, lets nothing of it through, and goes on', async () => {
  const { call, stream, port, phone } = await calling('hold', 200)
  await phone.speak(port, 0, noise(13, 1100))
  await call.done
  await until('the end', () => stream.closed)
  const pauses = phone.packets.map(
    ({ timestamp }, i) => (timestamp - (phone.packets[i - 1]?.timestamp ?? timestamp)) / 8,
  )
  expect(Math.max(...pauses)).toBeGreaterThanOrEqual(400)
  expect(stream.frames.length).toBeGreaterThan(0)
  expect(stream.frames.length).toBeLessThan(40)
})

test('takes a description that comes with the ACK', async () => {
  const { call, stream, port, phone } = await calling('delayed', 500)
  await phone.speak(port, 0, noise(10, 200))
  await until('its sound', () => stream.frames.length === 10)
  await call.done
})

test('gives up with the caller who cancels, and says so', async () => {
  rig.hubOpen = false
  const call = await sipp('cancel', { target: rig.sipPort, keys: { rtp: 9, payload: 0 } })
  stops.push(call.stop)
  await call.done
  const told = await until('word of it', () => rig.gone.at(-1))
  expect(told.why).toBe('hung_up')
  rig.hubOpen = true
})

test('asks strangers for a password, lets in who knows it, and turns away who does not', async () => {
  const secured = { ...local, host: '192.0.2.9', from: [], user: 'ada', password: 'secret' }
  await rig.push([secured])
  const asked = rig.incoming.length
  await (await sipp('digest', { target: rig.sipPort, keys: { rtp: 9, payload: 0 }, args: ['-d', '50'] })).done
  expect(rig.incoming.length).toBe(asked + 1)
  await rig.push([{ ...secured, password: 'another' }])
  const wrong = await sipp('digest', { target: rig.sipPort, keys: { rtp: 9, payload: 0 }, args: ['-d', '50'] })
  await expect(wrong.done).rejects.toThrow('403')
  await rig.push([local])
  expect(rig.incoming.length).toBe(asked + 1)
})

async function dialling(
  n: number,
  scenario: string,
  keys: Record<string, string | number> = {},
  timeoutMs = 25_000,
  args: string[] = [],
) {
  const other = await sipp(scenario, { keys: { rtp: 9, payload: 0, ...keys }, args })
  stops.push(other.stop)
  const trunk = { ...local, id: OUTWARD, port: other.port, user: 'ada', password: 'secret' }
  await rig.push([local, trunk])
  const leg = uuid(5000 + n)
  const order = {
    opId: uuid(n),
    call: uuid(n),
    leg,
    token: `token-of-a-dialled-leg-${n}`,
    mediaUrl: rig.mediaUrl,
    hubUrl: rig.url,
  }
  const dial = { ...order, trunk: OUTWARD, to: '+4915155555555', callerId: '+49301234567', timeoutMs }
  const asked = () => rig.ask('POST', '/v1/dial', dial)
  expect((await asked()).status).toBe(202)
  expect((await asked()).status).toBe(202)
  return { other, leg, stream: () => rig.streams.find(({ token }) => token === dial.token) }
}

const ended = (leg: string) =>
  until('the report', () => rig.reports.find((one) => one.leg === leg && one.state === 'failed'))

test('dials: answered, busy, declined, nobody, and a password first', async () => {
  const answered = await dialling(1, 'answers')
  const stream = await until('its stream', answered.stream)
  expect(rig.reports.find(({ leg }) => leg === answered.leg)?.state).toBe('ringing')
  await rig.ask('DELETE', `/v1/dial/${answered.leg}`)
  await answered.other.done
  await until('the end', () => stream.closed)

  for (const [n, status, reason] of [
    [2, 486, 'busy'],
    [3, 603, 'rejected'],
    [4, 480, 'no_answer'],
    [5, 404, 'failed'],
  ] as const) {
    const refused = await dialling(n, 'refuses', { status })
    await refused.other.done
    expect(await ended(refused.leg)).toMatchObject({ reason, detail: `${status} No` })
  }
  const nobody = await dialling(6, 'rings', {}, 1000)
  await nobody.other.done
  expect((await ended(nobody.leg)).reason).toBe('no_answer')

  const secured = await dialling(7, 'wants-password', { algorithm: 'MD5' })
  const their = await until('its stream', secured.stream)
  their.socket.close(1000)
  await secured.other.done

  const leaves = await dialling(8, 'answers-and-leaves', {}, 25_000, ['-d', '100'])
  await leaves.other.done
  await until('stop', () => leaves.stream()?.stopped)
})

test('goes on when the hub was killed, and when it was killed itself', async () => {
  const { call, stream, port, phone } = await calling('hung-up', 0)
  phone.send(port, 0, noise(11, 20), 0, 1)
  await until('a frame', () => stream.frames.length === 1)
  const streams = rig.streams.length
  stream.socket.terminate()
  const second = await until('the hub’s stream again', () => rig.streams[streams])
  await until('its start', () => second.token)
  expect(second.token).toBe(stream.token)
  phone.send(port, 0, noise(11, 20), 160, 2)
  await until('sound again', () => second.frames.length === 1)

  await rig.kill()
  await rig.startEdge()
  const third = await until('a third stream', () => rig.streams[streams + 1])
  await until('its start', () => third.token === stream.token)
  const since = phone.packets.length
  phone.send(port, 0, noise(12, 20), 320, 3)
  await until('sound of the same call', () => third.frames.length === 1 && phone.packets.length > since)
  third.socket.close(1000)
  await call.done
})
