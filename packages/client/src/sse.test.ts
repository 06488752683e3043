/** The event-stream reader: the same frames however the bytes were cut, and every way a stream can end. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { createParser, type Frame, readStream } from './sse.ts'
import { eventually } from './test/eventually.ts'
import { manualClock } from './test/manual-clock.ts'

function parse(pieces: string[]): Frame[] {
  const frames: Frame[] = []
  const push = createParser((frame) => frames.push(frame))
  for (const piece of pieces) push(piece)
  return frames
}

const line = fc.oneof(
  fc.constantFrom(
    '',
    ':',
    ': ping',
    'data',
    'data:',
    'data: a',
    'data:  b',
    'event: x',
    'event:',
    'id: 7',
    'id:',
    'other: 1',
  ),
  fc.string({ unit: 'grapheme' }).map((s) => `data: ${s.replace(/[\r\n]/g, '')}`),
)
const ending = fc.constantFrom('\n', '\r', '\r\n')
const stream = fc.array(fc.tuple(line, ending)).map((lines) => lines.map(([l, e]) => l + e).join(''))

test('any cutting of the text gives the same frames', () => {
  fc.assert(
    fc.property(stream, fc.array(fc.nat()), (text, cuts) => {
      const places = [...new Set(cuts.map((c) => (text.length ? c % text.length : 0)))].sort((a, b) => a - b)
      const pieces = [0, ...places].map((from, i) => text.slice(from, places[i] ?? text.length))
      expect(parse(pieces)).toEqual(parse([text]))
      expect(parse([...text.split('')])).toEqual(parse([text]))
    }),
  )
})

test('line endings do not matter', () => {
  const lines = ['event: delta', 'id: 9', 'data: a', 'data: b', '', 'data: c', '', '']
  const frames = [
    { event: 'delta', data: 'a\nb', id: '9' },
    { event: 'message', data: 'c', id: '' },
  ]
  for (const end of ['\n', '\r', '\r\n']) expect(parse([lines.join(end)])).toEqual(frames)
})

test('comments, unknown fields and blocks without data make no frame; an unfinished one neither', () => {
  expect(parse([': hello\n\nfoo: 1\n\nevent: x\n\ndata: half'])).toEqual([])
})

test('only one blank is taken off, a data line may be empty, and an id may come alone before its frame', () => {
  expect(parse(['data:  x\ndata\n\n'])).toEqual([{ event: 'message', data: ' x\n', id: '' }])
  expect(parse(['id: 5\n\ndata: x\n\ndata: y\n\n']).map((f) => f.id)).toEqual(['5', ''])
  expect(parse(['id: 5\0\ndata: x\n\n'])[0]?.id).toBe('')
})

test('retry is told when it is a number', () => {
  const told: number[] = []
  createParser(
    () => {},
    (ms) => told.push(ms),
  )('retry: 1500\nretry: soon\n')
  expect(told).toEqual([1500])
})

const servers: { close: () => void }[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A server whose answer is the given pieces; it then leaves the stream open, or ends it. */
async function serve(pieces: Uint8Array[], end: boolean, status = 200, type = 'text/event-stream'): Promise<string> {
  const server = createServer(async (_, reply) => {
    reply.writeHead(status, { 'content-type': type, 'retry-after': '3' }).flushHeaders()
    for (const piece of pieces) await new Promise((done) => reply.write(piece, done))
    if (end) reply.end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  servers.push({
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

test('characters cut in the middle of their bytes arrive whole', async () => {
  const bytes = new TextEncoder().encode('\uFEFFdata: Grüße 👩‍👩‍👧 ✓\n\n')
  const url = await serve(
    Array.from(bytes, (b) => Uint8Array.of(b)),
    true,
  )
  const frames: Frame[] = []
  const end = await readStream({ url, signal: new AbortController().signal, onFrame: (f) => frames.push(f) })
  expect(frames.map((f) => f.data)).toEqual(['Grüße 👩‍👩‍👧 ✓'])
  expect(end).toEqual({ why: 'closed' })
})

test('cutting real bytes anywhere changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(stream, fc.array(fc.nat()), async (text, cuts) => {
      const bytes = new TextEncoder().encode(text)
      const places = [...new Set(cuts.map((c) => c % (bytes.length + 1)))].sort((a, b) => a - b)
      const pieces = [0, ...places].map((from, i) => bytes.slice(from, places[i] ?? bytes.length))
      const body = new ReadableStream({
        start(controller) {
          for (const piece of pieces) controller.enqueue(piece)
          controller.close()
        },
      })
      const frames: Frame[] = []
      const fetch = async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } })
      await readStream({ url: '/', fetch, signal: new AbortController().signal, onFrame: (f) => frames.push(f) })
      expect(frames).toEqual(parse([text]))
    }),
    { numRuns: 60 },
  )
})

test('a stream that says nothing at first is slow; one that falls silent is idle', async () => {
  const clock = manualClock()
  const signal = new AbortController().signal
  const mute = readStream({ url: await serve([], false), signal, clock, onFrame: () => {} })
  clock.advance(8_000)
  expect(await mute).toEqual({ why: 'slow' })

  const heard = vi.fn()
  const silent = readStream({
    url: await serve([Buffer.from(': hi\n\n')], false),
    signal,
    clock,
    onFrame: () => {},
    onBytes: heard,
  })
  await eventually(() => expect(heard).toHaveBeenCalled())
  clock.advance(44_999)
  clock.advance(1)
  expect(await silent).toEqual({ why: 'idle' })
})

test('refusals, foreign answers, dead servers and cancelling each have their name', async () => {
  const signal = new AbortController().signal
  const read = async (url: string, s = signal) => readStream({ url, signal: s, onFrame: () => {} })
  expect(await read(await serve([], true, 401))).toEqual({ why: 'refused', status: 401, retryAfterMs: 3000 })
  expect(await read(await serve([], true, 200, 'text/html'))).toMatchObject({ why: 'refused', status: 200 })
  expect(await read('http://127.0.0.1:1/')).toEqual({ why: 'network' })
  expect(await read('http://127.0.0.1:1/', AbortSignal.abort())).toEqual({ why: 'aborted' })
})
