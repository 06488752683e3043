/** Speech providers of tests: they speak the real protocols, and refuse what the providers would refuse. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { levelOf } from '@earshot/voice'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'

const Speech = z.strictObject({
  model: z.string(),
  voice: z.string(),
  input: z.string().min(1).max(4096),
  response_format: z.enum(['pcm', 'mp3', 'wav', 'opus', 'aac', 'flac']).default('mp3'),
  speed: z.number().min(0.25).max(4).optional(),
})

export interface SpeechStandIns {
  url: string
  key: string
  /** What the recognisers will hear next. */
  script: string[]
  /** Everything that was spoken. */
  spoken: string[]
  /** What was refused, and why: a test expects none. */
  refusals: string[]
  /** Texts that came as KeepAlive, Finalize, CloseStream. */
  controls: string[]
  /** Connections of recognisers that are open. */
  listeners: Set<WebSocket>
  stop(): Promise<void>
}

/** Milliseconds a letter takes. */
export const LETTER_MS = 10
const PCM_RATE = 24_000

export async function startSpeechStandIns(): Promise<SpeechStandIns> {
  const key = 'sk-a-key-of-the-stand-in'
  const state = { key, script: [], spoken: [], refusals: [], controls: [], listeners: new Set() } as Omit<
    SpeechStandIns,
    'url' | 'stop'
  >
  const server = createServer((request, response) => void answer(state, request, response))
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    const why = refusalOfListen(request, key)
    if (why) {
      state.refusals.push(why.reason)
      socket.end(`HTTP/1.1 ${why.status} Refused\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (open) => listen(state, open))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    ...state,
    url: `http://127.0.0.1:${port}`,
    stop: () => close(server, state.listeners),
  }
}

function close(server: Server, listeners: Set<WebSocket>): Promise<void> {
  for (const one of listeners) one.terminate()
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

type State = Omit<SpeechStandIns, 'url' | 'stop'>

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refuse = (status: number, reason: string) => {
    state.refusals.push(reason)
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: { message: reason } }))
  }
  const url = new URL(request.url ?? '/', 'http://localhost')
  const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>))
  const { authorization } = request.headers
  if (url.pathname === '/v1/speak') {
    if (authorization !== `Token ${state.key}`) return refuse(401, 'speak: no key')
    const { encoding, sample_rate: rate, container, model } = Object.fromEntries(url.searchParams)
    if (encoding !== 'mulaw' || rate !== '8000' || container !== 'none' || !model) return refuse(400, 'speak: query')
    state.spoken.push(z.strictObject({ text: z.string().min(1).max(2000) }).parse(JSON.parse(String(body))).text)
    return void response.writeHead(200, { 'content-type': 'audio/mulaw' }).end(Buffer.alloc(8000, 0x90))
  }
  if (authorization !== `Bearer ${state.key}`) return refuse(401, `${url.pathname}: no key`)
  if (request.method === 'POST' && url.pathname === '/v1/audio/speech') return speak(state, body, response, refuse)
  if (request.method === 'POST' && url.pathname === '/v1/audio/transcriptions')
    return transcribe(state, request, body, response, refuse)
  refuse(404, `no ${url.pathname}`)
}

type Refuse = (status: number, reason: string) => void

/** A tone that is as long as its text: what is cut off can be measured. */
function speak(state: State, body: Buffer, response: ServerResponse, refuse: Refuse): void {
  const read = Speech.safeParse(JSON.parse(String(body)))
  if (!read.success || read.data.response_format !== 'pcm') {
    refuse(400, `speech: ${read.error?.message ?? 'not pcm'}`)
    return
  }
  state.spoken.push(read.data.input)
  const samples = Math.round((read.data.input.length * LETTER_MS * PCM_RATE) / 1000)
  const sound = Buffer.alloc(samples * 2)
  for (let i = 0; i < samples; i++)
    sound.writeInt16LE(Math.round(9000 * Math.sin((2 * Math.PI * 440 * i) / PCM_RATE)), i * 2)
  response.writeHead(200, { 'content-type': 'audio/pcm' })
  // In odd pieces: nobody promises that a sample is not cut in two.
  for (let at = 0; at < sound.length; at += 3001) response.write(sound.subarray(at, at + 3001))
  response.end()
}

async function transcribe(
  state: State,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  refuse: Refuse,
): Promise<void> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  const form = await new Response(Uint8Array.from(body), { headers }).formData().catch(() => null)
  const file = form?.get('file')
  if (!form || !(file instanceof Blob) || typeof form.get('model') !== 'string')
    return refuse(400, 'transcriptions: form')
  if (!/\.(wav|mp3|m4a|webm|ogg|flac)$/.test((file as File).name ?? ''))
    return refuse(400, 'transcriptions: name of the file')
  const format = form.get('response_format')
  if (format === 'verbose_json' && !String(form.get('model')).includes('whisper'))
    return refuse(400, 'transcriptions: this model knows json only')
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ text: state.script.shift() ?? '' }))
}

function refusalOfListen(request: IncomingMessage, key: string): { status: number; reason: string } | null {
  const url = new URL(request.url ?? '/', 'http://localhost')
  if (url.pathname !== '/v1/listen') return { status: 404, reason: `no ${url.pathname}` }
  if (request.headers.authorization !== `Token ${key}`) return { status: 401, reason: 'listen: no key' }
  const {
    encoding,
    sample_rate: rate,
    channels,
    utterance_end_ms: utteranceEnd,
    interim_results: interim,
  } = Object.fromEntries(url.searchParams)
  if (encoding !== 'mulaw' || rate !== '8000' || channels !== '1') return { status: 400, reason: 'listen: sound' }
  if (utteranceEnd && (Number(utteranceEnd) < 1000 || interim !== 'true'))
    return { status: 400, reason: 'listen: utterance_end_ms' }
  return null
}

/** Hears by loudness: says that speech began, then a part of the next line of the script, then all of it. */
function listen(state: State, socket: WebSocket): void {
  let [bytes, loudAt, begunAt] = [0, 0, -1]
  state.listeners.add(socket)
  const results = (transcript: string, final: boolean) =>
    socket.send(
      JSON.stringify({
        type: 'Results',
        channel_index: [0, 1],
        start: begunAt / 1000,
        duration: (loudAt - begunAt) / 1000,
        is_final: final,
        speech_final: final,
        from_finalize: false,
        channel: { alternatives: [{ transcript, confidence: 0.97, words: [] }] },
      }),
    )
  let quiet = setTimeout(() => socket.close(1011, 'NET-0001'), 10_000)
  socket.on('close', () => {
    clearTimeout(quiet)
    state.listeners.delete(socket)
  })
  socket.on('message', (data, isBinary) => {
    clearTimeout(quiet)
    quiet = setTimeout(() => socket.close(1011, 'NET-0001'), 10_000)
    if (!isBinary) {
      const { type } = z
        .strictObject({ type: z.enum(['KeepAlive', 'Finalize', 'CloseStream']) })
        .parse(JSON.parse(String(data)))
      state.controls.push(type)
      if (type === 'CloseStream') socket.close(1000)
      return
    }
    const sound = data as Buffer
    bytes += sound.length
    const nowMs = bytes / 8
    if (levelOf(sound) > 0.02) {
      loudAt = nowMs
      if (begunAt >= 0) return
      begunAt = nowMs
      socket.send(JSON.stringify({ type: 'SpeechStarted', channel: [0], timestamp: begunAt / 1000 }))
    } else if (begunAt >= 0 && nowMs - loudAt > 300) {
      const line = state.script.shift()
      if (line) {
        results(line.split(' ').slice(0, 2).join(' '), false)
        results(line, true)
      }
      begunAt = -1
    }
  })
}
