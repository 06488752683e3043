/** A model of OpenAI's Realtime interface for tests, as strict as the service: the GA form only, μ-law in and out, one response at a time. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { levelOf } from '@earshot/voice'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'

const format = z.strictObject({ type: z.literal('audio/pcmu') })
const Session = z.strictObject({
  type: z.literal('realtime'),
  instructions: z.string(),
  output_modalities: z.tuple([z.literal('audio')]),
  audio: z.strictObject({
    input: z.strictObject({
      format,
      transcription: z.strictObject({ model: z.string(), language: z.string().length(2).optional() }),
      turn_detection: z.strictObject({
        type: z.literal('server_vad'),
        silence_duration_ms: z.int(),
        create_response: z.boolean(),
        interrupt_response: z.boolean(),
      }),
    }),
    output: z.strictObject({ format, voice: z.string(), speed: z.number().min(0.25).max(1.5) }),
  }),
  tools: z.array(
    z.strictObject({
      type: z.literal('function'),
      name: z.string(),
      description: z.string(),
      parameters: z.looseObject({}),
    }),
  ),
  tool_choice: z.literal('auto'),
})
const Item = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('message'),
    role: z.literal('system'),
    content: z.tuple([z.strictObject({ type: z.literal('input_text'), text: z.string().min(1) })]),
  }),
  z.strictObject({ type: z.literal('function_call_output'), call_id: z.string(), output: z.string() }),
])
const Client = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('session.update'), session: Session }),
  z.strictObject({ type: z.literal('input_audio_buffer.append'), audio: z.base64().min(1) }),
  z.strictObject({ type: z.literal('input_audio_buffer.clear') }),
  z.strictObject({ type: z.literal('conversation.item.create'), item: Item }),
  z.strictObject({
    type: z.literal('conversation.item.truncate'),
    item_id: z.string(),
    content_index: z.literal(0),
    audio_end_ms: z.int().nonnegative(),
  }),
  z.strictObject({ type: z.literal('response.create') }),
  z.strictObject({ type: z.literal('response.cancel') }),
])

/** What the model does when it is its turn. */
export type Move = { says: string } | { calls: string; with: object }

export interface RealtimeStandIn {
  url: string
  key: string
  /** Turns, in order: what it hears the caller say first, then what it does. */
  turns: { hears: string; moves: Move[] }[]
  moves: Move[]
  items: z.infer<typeof Item>[]
  truncated: { item_id: string; audio_end_ms: number }[]
  cancelled: number
  refusals: string[]
  instructions: string
  stop(): Promise<void>
}

const LETTER_MS = 10

export async function startRealtimeStandIn(): Promise<RealtimeStandIn> {
  const server = createServer((_, response) => response.writeHead(404).end())
  const sockets = new WebSocketServer({ noServer: true })
  const state: RealtimeStandIn = {
    url: '',
    key: 'sk-realtime-stand-in',
    turns: [],
    moves: [],
    items: [],
    truncated: [],
    cancelled: 0,
    refusals: [],
    instructions: '',
    stop: () =>
      new Promise((resolve) => {
        for (const one of sockets.clients) one.terminate()
        server.close(() => resolve())
      }),
  }
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const why =
      url.pathname !== '/v1/realtime' || !url.searchParams.get('model')
        ? 404
        : request.headers.authorization !== `Bearer ${state.key}` || request.headers['openai-beta']
          ? 401
          : null
    if (why) {
      state.refusals.push(`handshake ${why}`)
      socket.end(`HTTP/1.1 ${why} Refused\r\n\r\n`)
    } else sockets.handleUpgrade(request, socket, head, (open) => new Talk(state, open))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return state
}

class Talk {
  private readonly state: RealtimeStandIn
  private readonly socket: WebSocket
  private counter = 0
  private responding = false
  private samples = new Map<string, number>()
  private hearing: { item: string; quiet: number } | null = null

  constructor(state: RealtimeStandIn, socket: WebSocket) {
    this.state = state
    this.socket = socket
    socket.on('message', (data) => this.onMessage(String(data)))
    this.send({ type: 'session.created', session: { type: 'realtime' } })
  }

  private send(event: object): void {
    this.socket.send(JSON.stringify({ event_id: `event_${++this.counter}`, ...event }))
  }

  private refuse(code: string): void {
    this.state.refusals.push(code)
    this.send({ type: 'error', error: { type: 'invalid_request_error', code, message: code } })
  }

  private onMessage(text: string): void {
    const read = Client.safeParse(JSON.parse(text))
    if (!read.success) {
      this.refuse(`${JSON.parse(text).type}: ${z.prettifyError(read.error)}`)
      return
    }
    const message = read.data
    switch (message.type) {
      case 'session.update':
        this.state.instructions = message.session.instructions
        this.send({ type: 'session.updated', session: message.session })
        break
      case 'input_audio_buffer.append':
        this.hear(Buffer.from(message.audio, 'base64'))
        break
      case 'conversation.item.create':
        this.state.items.push(message.item)
        break
      case 'conversation.item.truncate': {
        const most = (this.samples.get(message.item_id) ?? -1) / 8
        if (message.audio_end_ms > most) this.refuse('truncate: longer than the item')
        else this.state.truncated.push(message)
        break
      }
      case 'response.create':
        if (this.responding) this.refuse('conversation_already_has_active_response')
        else this.respond()
        break
      case 'response.cancel':
        if (!this.responding) this.refuse('response_cancel_not_active')
        this.state.cancelled++
        this.responding = false
    }
  }

  private hear(sound: Buffer): void {
    const isLoud = levelOf(sound) > 0.02
    if (!this.hearing && isLoud) {
      this.hearing = { item: `item_c${++this.counter}`, quiet: 0 }
      this.send({ type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: this.hearing.item })
    } else if (this.hearing) {
      this.hearing.quiet = isLoud ? 0 : this.hearing.quiet + sound.length / 8
      if (this.hearing.quiet < 300) return
      const { item } = this.hearing
      this.hearing = null
      this.send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: 0, item_id: item })
      const turn = this.state.turns.shift()
      if (!turn) return
      this.state.moves.push(...turn.moves)
      this.send({
        type: 'conversation.item.input_audio_transcription.delta',
        item_id: item,
        delta: turn.hears.slice(0, 4),
      })
      this.send({
        type: 'conversation.item.input_audio_transcription.completed',
        item_id: item,
        transcript: turn.hears,
      })
      this.respond()
    }
  }

  private respond(): void {
    const move = this.state.moves.shift()
    const response = { id: `resp_${++this.counter}`, object: 'realtime.response' }
    const item = `item_a${++this.counter}`
    this.responding = true
    this.send({ type: 'response.created', response: { ...response, status: 'in_progress' } })
    if (move && 'calls' in move) {
      const call = {
        item_id: item,
        call_id: `call_${this.counter}`,
        name: move.calls,
        arguments: JSON.stringify(move.with),
      }
      this.send({ type: 'response.function_call_arguments.done', ...call })
    } else if (move) {
      const sound = Buffer.alloc(move.says.length * LETTER_MS * 8, 0x90)
      this.samples.set(item, sound.length)
      this.send({ type: 'response.output_item.added', item: { id: item, type: 'message', role: 'assistant' } })
      this.send({ type: 'response.output_audio_transcript.delta', item_id: item, delta: move.says.slice(0, 5) })
      for (let at = 0; at < sound.length; at += 1000)
        this.send({
          type: 'response.output_audio.delta',
          item_id: item,
          delta: sound.toString('base64', at, at + 1000),
        })
      this.send({ type: 'response.output_audio.done', item_id: item })
      this.send({ type: 'response.output_audio_transcript.done', item_id: item, transcript: move.says })
    }
    this.responding = false
    const usage = { total_tokens: 30, input_tokens: 20, output_tokens: 10 }
    this.send({ type: 'response.done', response: { ...response, status: 'completed', usage } })
  }
}
