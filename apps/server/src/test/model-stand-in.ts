/** A stand-in for language models: the streaming protocols of OpenAI's chat completions and Anthropic's messages, strict in, scripted out. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Asked, readAnthropic, readOpenAi } from './model-requests.ts'

/** What the model does with one request. */
export type Act =
  | {
      say: string[]
      everyMs?: number
      usage?: { input: number; output: number }
      finish?: 'stop' | 'length' | 'content_filter'
    }
  | { call: { name: string; arguments: string }[]; say?: string[] }
  | { status: number; body?: unknown; headers?: Record<string, string> }
  /** Says something, then drops the connection. */
  | { reset: string[] }
  /** Says something, then nothing more, and stays. */
  | { hang: string[] }
  /** Ends the stream without ending the answer. */
  | { cut: string[] }
  /** These bytes, as they are, as an event stream. */
  | { raw: (string | Buffer)[] }
  /** Never ends to say this. */
  | { endless: string; everyMs: number }
  /** Says each word when it is given, and ends when they end: a test holds the pen. */
  | { paced: AsyncIterable<string> }
  | { errorInside: string }
  /** Decides by what it was asked. */
  | { think: (asked: Asked) => Exclude<Act, { think: unknown }> }

export class ModelStandIn {
  readonly asked: Asked[] = []
  /** What was wrong with requests; a test that ends with any has failed. */
  readonly complaints: string[] = []
  /** One act a request, in order; the last one goes on for ever. */
  script: Act[] = [{ say: ['Hello', ' from', ' the model.'] }]
  /** What is done with requests for a brief, which handoffs bring by themselves: they are no part of `asked` and the script. */
  briefs: Act = { status: 503 }
  private readonly server: Server
  private served = 0
  url = ''

  private constructor() {
    this.server = createServer((request, reply) => void this.serve(request, reply).catch(() => reply.destroy()))
  }

  static async start(): Promise<ModelStandIn> {
    const model = new ModelStandIn()
    await new Promise<void>((resolve) => model.server.listen(0, '127.0.0.1', resolve))
    model.url = `http://127.0.0.1:${(model.server.address() as AddressInfo).port}/v1`
    return model
  }

  play(...script: Act[]): void {
    this.script = script
    this.served = 0
    this.asked.length = 0
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private async serve(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const body: unknown = JSON.parse((await request.toArray()).join(''))
    const aborted = new Promise<void>((resolve) => reply.on('close', () => !reply.writableEnded && resolve()))
    const asked = this.read(request, body, aborted)
    if (typeof asked === 'string') {
      this.complaints.push(asked)
      reply
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: { message: asked, type: 'invalid_request_error' } }))
      return
    }
    const isBrief = asked.system.startsWith('You write a brief')
    if (!isBrief) this.asked.push(asked)
    const next = isBrief ? this.briefs : this.script[Math.min(this.served++, this.script.length - 1)]!
    const act = 'think' in next ? next.think(asked) : next
    await perform(act, asked.protocol === 'openai' ? openAi(reply, asked.model) : anthropic(reply, asked.model), reply)
  }

  private read(request: IncomingMessage, body: unknown, aborted: Promise<void>): Asked | string {
    const { url, method, headers } = request
    if (method !== 'POST') return `method ${method}`
    if (!headers['content-type']?.startsWith('application/json')) return 'content-type'
    if (url === '/v1/chat/completions') return readOpenAi(headers.authorization, body, aborted)
    if (url === '/v1/messages') return readAnthropic(headers['x-api-key'], headers['anthropic-version'], body, aborted)
    return `unknown path ${url}`
  }
}

interface Wire {
  begin(): void
  word(text: string): void
  call(index: number, name: string, args: string): void
  end(finish: string, usage: { input: number; output: number }): void
  error(message: string): void
}

async function perform(act: Exclude<Act, { think: unknown }>, wire: Wire, reply: ServerResponse): Promise<void> {
  if ('status' in act) {
    reply
      .writeHead(act.status, { 'content-type': 'application/json', ...act.headers })
      .end(JSON.stringify(act.body ?? { error: { message: `status ${act.status}`, type: 'error' } }))
    return
  }
  if ('raw' in act) {
    reply.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const piece of act.raw) if (!reply.write(piece)) await drained(reply)
    reply.end()
    return
  }
  wire.begin()
  if ('endless' in act) {
    while (!reply.destroyed) {
      wire.word(act.endless)
      await sleep(act.everyMs)
    }
    return
  }
  if ('paced' in act) {
    for await (const word of act.paced) wire.word(word)
    return wire.end('stop', { input: 100, output: 10 })
  }
  if ('errorInside' in act) return wire.error(act.errorInside)
  const words = 'reset' in act ? act.reset : 'hang' in act ? act.hang : 'cut' in act ? act.cut : (act.say ?? [])
  for (const word of words) {
    wire.word(word)
    if ('everyMs' in act && act.everyMs) await sleep(act.everyMs)
  }
  if ('reset' in act) setImmediate(() => reply.socket?.resetAndDestroy())
  else if ('cut' in act) reply.end()
  else if ('call' in act) {
    act.call.forEach(({ name, arguments: args }, i) => {
      wire.call(i, name, args)
    })
    wire.end('tool', { input: 20, output: 5 })
  } else if ('say' in act) wire.end(act.finish ?? 'stop', act.usage ?? { input: 100, output: words.length })
}

const START = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }

function openAi(reply: ServerResponse, model: string): Wire {
  const base = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_790_000_000, model }
  const send = (data: unknown) => reply.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`)
  const choice = (delta: object, finish: string | null = null) =>
    send({ ...base, choices: [{ index: 0, delta, finish_reason: finish }] })
  return {
    begin: () => {
      reply.writeHead(200, START)
      choice({ role: 'assistant', content: '' })
    },
    word: (text) => choice({ content: text }),
    call: (index, name, args) =>
      choice({
        tool_calls: [
          { index, id: `call_${index}_${crypto.randomUUID()}`, type: 'function', function: { name, arguments: args } },
        ],
      }),
    end: (finish, usage) => {
      choice({}, finish === 'tool' ? 'tool_calls' : finish)
      send({
        ...base,
        choices: [],
        usage: {
          prompt_tokens: usage.input,
          completion_tokens: usage.output,
          total_tokens: usage.input + usage.output,
        },
      })
      send('[DONE]')
      reply.end()
    },
    error: (message) => {
      send({ error: { message, type: 'server_error', code: 500 } })
      reply.end()
    },
  }
}

function anthropic(reply: ServerResponse, model: string): Wire {
  const send = (data: { type: string } & Record<string, unknown>) =>
    reply.write(`event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`)
  let block = -1
  let inText = false
  const open = (content_block: object) => send({ type: 'content_block_start', index: ++block, content_block })
  const close = () => {
    if (block >= 0) send({ type: 'content_block_stop', index: block })
  }
  return {
    begin: () => {
      reply.writeHead(200, START)
      send({
        type: 'message_start',
        message: {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          model,
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 100, output_tokens: 1 },
        },
      })
    },
    word: (text) => {
      if (!inText) open({ type: 'text', text: '' })
      inText = true
      send({ type: 'content_block_delta', index: block, delta: { type: 'text_delta', text } })
    },
    call: (_, name, args) => {
      close()
      inText = false
      open({ type: 'tool_use', id: `toolu_${crypto.randomUUID()}`, name, input: {} })
      send({ type: 'content_block_delta', index: block, delta: { type: 'input_json_delta', partial_json: args } })
    },
    end: (finish, usage) => {
      close()
      const stop_reason =
        { tool: 'tool_use', stop: 'end_turn', length: 'max_tokens', content_filter: 'refusal' }[finish] ?? 'end_turn'
      send({
        type: 'message_delta',
        delta: { stop_reason, stop_sequence: null },
        usage: { input_tokens: usage.input, output_tokens: usage.output },
      })
      send({ type: 'message_stop' })
      reply.end()
    },
    error: (message) => {
      send({ type: 'error', error: { type: 'overloaded_error', message } })
      reply.end()
    },
  }
}

/** Or gone; listens to nothing afterwards. */
function drained(reply: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      reply.off('drain', done).off('close', done)
      resolve()
    }
    reply.on('drain', done).on('close', done)
  })
}
