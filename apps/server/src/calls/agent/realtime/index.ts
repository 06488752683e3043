/** An agent of OpenAI's Realtime interface on a call: telephone sound goes through unchanged, both sides' words into the log. */
import type { ToAgent } from '@earshot/voice'
import { type CallTools, toolsOnCall } from '../../../agents/index.ts'
import { hearIn } from '../../hear.ts'
import type { CallAgent, Line } from '../line.ts'
import { type CallPlace, greetingOf } from '../place.ts'
import { type FromModel, functionOutput, sessionUpdate, systemItem } from './messages.ts'
import { ModelSocket } from './model-socket.ts'
import { Speeches } from './speeches.ts'

export class Realtime implements CallAgent {
  private readonly line: Line
  private readonly place: CallPlace
  private readonly speeches: Speeches
  private readonly over = new AbortController()
  private model: ModelSocket | undefined
  private tools: CallTools | undefined
  private responding = false
  private greeted = false
  private written = Promise.resolve()
  private held = false
  private turn = 'start'
  private epoch: number
  private readonly heardFrom = new Map<string, { startMs: number; endMs: number; text: string }>()
  private coached: string[] = []
  /** Done when what is being said was heard. */
  private after: (() => void) | undefined

  constructor(line: Line, place: CallPlace) {
    this.line = line
    this.place = place
    this.epoch = place.call.epoch
    this.speeches = new Speeches(line, (words) => void this.write(words))
  }

  get isOver(): boolean {
    return this.over.signal.aborted
  }

  /** Functions change a conversation under the epoch in which the agent has the floor. */
  onControl(epoch: number): void {
    this.epoch = epoch
  }

  connected(): void {
    if (this.model) return
    void this.begin().catch((error) =>
      this.place.ctx.log.error({ err: error }, 'a realtime agent could not begin a call'),
    )
  }

  heard(track: 'inbound' | 'outbound', sound: Uint8Array): void {
    if (track === 'inbound' && !this.held) this.model?.sendSound(Buffer.from(sound).toString('base64'))
  }

  told(message: ToAgent): void {
    switch (message.t) {
      case 'hold':
        this.held = true
        this.interrupt()
        this.model?.send({ type: 'input_audio_buffer.clear' })
        return
      case 'resume':
        this.held = false
        if (message.context) this.model?.send(systemItem(`From your team, for you only: ${message.context}`))
        return
      case 'context':
        this.model?.send(systemItem(`From your team, for you only: ${message.text}`))
        return
      case 'coach':
        this.model?.send(systemItem(`A supervisor advises, for you only: ${message.text}`))
        this.line.tell({ t: 'coach.ack', id: message.id, state: 'seen' })
        this.coached.push(message.id)
        return
      case 'played':
        this.speeches.played(message.mark, message.startMs, message.endMs, message.flushed)
        if (!message.flushed) this.onHeard()
        return
      case 'dtmf':
        this.model?.send(systemItem(`The customer pressed the key ${message.digit}.`))
        return
      case 'end':
        this.close()
    }
  }

  close(): void {
    this.over.abort()
    this.model?.close()
    this.speeches.close()
  }

  private async begin(): Promise<void> {
    const { ctx, call, agent, listensFor } = this.place
    const place = { callId: call.id, conversationId: call.conversationId, epoch: () => this.epoch }
    this.tools = await toolsOnCall(ctx, agent, place)
    const { voice } = agent.config
    const { instructions, tools } = this.tools
    if (this.over.signal.aborted) return
    this.model = new ModelSocket(this.place, {
      open: (again) => {
        this.responding = false
        const options = { ...voice, instructions, tools, language: listensFor }
        this.model?.send(sessionUpdate(options))
        if (again) this.model?.send(systemItem('The line between you and the customer was cut and is back. Go on.'))
      },
      message: (message) => this.onMessage(message),
      lost: () => this.line.tell({ t: 'request', action: 'enqueue', reason: 'The model cannot be reached.' }),
    })
  }

  private onMessage(message: FromModel): void {
    switch (message.type) {
      case 'session.updated':
        this.greet()
        return
      case 'response.created':
        this.responding = true
        return
      case 'response.output_audio.delta':
        if (!this.held) this.speeches.sound(message.item_id, Buffer.from(message.delta, 'base64'))
        return
      case 'response.output_audio.done':
        this.speeches.end(message.item_id)
        return
      case 'response.output_audio_transcript.delta':
        this.speeches.text(message.item_id, message.delta)
        return
      case 'response.output_audio_transcript.done':
        this.speeches.whole(message.item_id, message.transcript)
        return
      case 'input_audio_buffer.speech_started':
        this.onSpeech(message.item_id)
        return
      case 'input_audio_buffer.speech_stopped':
        this.onSilence(message.item_id)
        return
      case 'conversation.item.input_audio_transcription.delta':
        this.onCallerText(message.item_id, message.delta)
        return
      case 'conversation.item.input_audio_transcription.completed':
        this.onCallerWords(message.item_id, message.transcript)
        return
      case 'response.function_call_arguments.done':
        void this.runFunction(message)
        return
      case 'response.done':
        this.onDone(message)
        return
      case 'error':
        this.place.ctx.log.warn(
          { code: message.error.code, type: message.error.type },
          'a realtime model reports an error',
        )
    }
  }

  private greet(): void {
    if (this.greeted) return
    this.greeted = true
    this.model?.send(systemItem(`The customer is on the line. Greet them with: ${greetingOf(this.place)}`))
    this.model?.send({ type: 'response.create' })
  }

  private onSpeech(item: string): void {
    const nowMs = this.line.nowMs()
    this.heardFrom.set(item, { startMs: nowMs, endMs: nowMs, text: '' })
    this.turn = item
    if (this.place.agent.config.voice.bargeIn) this.interrupt()
  }

  private onSilence(item: string): void {
    const heard = this.heardFrom.get(item)
    if (heard) heard.endMs = this.line.nowMs()
  }

  /** What is queued is dropped, and the model is told how much of it was heard. */
  private interrupt(): void {
    const cut = this.speeches.cut()
    if (cut) this.line.clear()
    if (this.responding) this.model?.send({ type: 'response.cancel' })
    this.responding = false
    if (!cut) return
    const { item, heardMs } = cut
    this.model?.send({ type: 'conversation.item.truncate', item_id: item, content_index: 0, audio_end_ms: heardMs })
  }

  private onCallerText(item: string, delta: string): void {
    const heard = this.heardFrom.get(item)
    if (!heard) return
    heard.text += delta
    void this.write({ utterance: item, role: 'caller', final: false, source: 'recogniser', ...heard })
  }

  private onCallerWords(item: string, transcript: string): void {
    const nowMs = this.line.nowMs()
    const { startMs, endMs } = this.heardFrom.get(item) ?? { startMs: nowMs, endMs: nowMs }
    this.heardFrom.delete(item)
    void this.write({
      utterance: item,
      role: 'caller',
      final: true,
      source: 'recogniser',
      text: transcript.trim(),
      startMs,
      endMs,
    })
  }

  private async runFunction(
    call: Extract<FromModel, { type: 'response.function_call_arguments.done' }>,
  ): Promise<void> {
    let given: unknown = null
    try {
      given = JSON.parse(call.arguments)
    } catch {}
    await this.written
    try {
      const ran = await this.tools!.run(call.name ?? '', given, this.turn, this.over.signal)
      this.model?.send(functionOutput(call.call_id, ran.text))
      const { after } = ran
      if (after?.kind === 'hand_off') this.after = () => this.wish('enqueue', after.reason)
      if (after?.kind === 'end') this.after = () => this.wish('end', after.reason)
      this.model?.send({ type: 'response.create' })
    } catch (error) {
      if (!this.over.signal.aborted) this.place.ctx.log.error({ err: error }, 'a function of a realtime agent failed')
    }
  }

  private onDone({ response }: Extract<FromModel, { type: 'response.done' }>): void {
    this.responding = false
    if (response.usage) {
      const { input_tokens: inputTokens, output_tokens: outputTokens } = response.usage
      const { inputPricePerMillion, outputPricePerMillion } = this.place.agent.config.model
      const costUsd =
        (inputTokens * (inputPricePerMillion ?? 0) + outputTokens * (outputPricePerMillion ?? 0)) / 1_000_000
      this.line.tell({ t: 'usage', inputTokens, outputTokens, costUsd })
    }
    if (this.after && !this.speeches.isSpeaking) this.onHeard()
  }

  /** What was begun before is over: coaching came through, and what waited for the last word may happen. */
  private onHeard(): void {
    for (const id of this.coached.splice(0)) this.line.tell({ t: 'coach.ack', id, state: 'applied' })
    if (this.responding || this.speeches.isSpeaking) return
    const { after } = this
    this.after = undefined
    after?.()
  }

  private wish(action: 'enqueue' | 'end', reason: string): void {
    this.line.tell({ t: 'request', action, reason: reason.slice(0, 500) })
  }

  /** One after the other, so that the log has them as they were said. */
  private write(words: Parameters<typeof hearIn>[2]): Promise<void> {
    const { ctx, call } = this.place
    this.written = this.written.then(() =>
      hearIn(ctx, call.id, words).catch((error) =>
        ctx.log.error({ err: error, callId: call.id }, 'words of a call could not be written down'),
      ),
    )
    return this.written
  }
}
