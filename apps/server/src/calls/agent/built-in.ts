/** The built-in voice agent: what is heard goes into the log like any message, what the log's agent answers is spoken. */
import type { Delta } from '@earshot/contracts'
import type { SpokenRole, ToAgent } from '@earshot/voice'
import { transact } from '../../platform/context.ts'
import { hearIn } from '../hear.ts'
import type { HeardWords } from '../speech/index.ts'
import { Coaching } from './coaching.ts'
import { Digits } from './digits.ts'
import { Ears } from './ears.ts'
import type { CallAgent, Line } from './line.ts'
import { Mouth } from './mouth.ts'
import { type CallPlace, greetingOf } from './place.ts'
import { type AgentEntry, findAgentEntries, findUnspoken, noteHeard } from './queries-agent.ts'
import { type Heard, SpokenAnswer } from './spoken-answer.ts'
import { Tally } from './tally.ts'

/** A wish of the log's agent to say something before it leaves. */
export interface LastWords {
  text: string
  /** It ends the call with them. */
  ends: boolean
}

export class BuiltIn implements CallAgent {
  private readonly line: Line
  private readonly place: CallPlace
  private readonly mouth: Mouth
  private readonly ears: Ears
  private readonly others: Ears
  private readonly coaching: Coaching
  private readonly digits: Digits
  private readonly tally: Tally
  private readonly answers = new Map<string, SpokenAnswer>()
  private readonly positions = new Map<string, number>()
  private readonly heardOf = new Map<string, Heard | null>()
  /** Somebody else has the floor, or nobody. */
  private held = false
  /** Who of our side speaks in its place. */
  private speaker: SpokenRole | null = null
  private utterances = { caller: 0, others: 0 }
  private begun = false
  private readonly begunAt = Date.now().toString(36)
  /** What was begun under an earlier epoch is not said any more. */
  private leastEpoch = 0
  private closed = false

  constructor(line: Line, place: CallPlace) {
    this.line = line
    this.place = place
    const { providers, agent, ctx, language } = place
    const { voice } = agent.config
    this.tally = new Tally(line, providers)
    this.mouth = new Mouth(line, {
      tts: providers.tts,
      voice: voice.voice ?? providers.voice,
      language,
      speed: voice.speed,
      log: ctx.log,
      onLetters: (count) => this.tally.letters(count),
      fallback: providers.tts.name === 'espeak' ? null : ctx.speech.espeak,
      onLost: () => this.wish('enqueue', 'The voice cannot be reached.'),
    })
    const options = {
      language: place.listensFor,
      endpointMs: voice.endpointMs,
      terms: [agent.name, agent.company ?? ''].filter(Boolean),
      log: ctx.log,
    }
    this.ears = new Ears(providers.stt, options, {
      start: () => this.onSpeech(),
      partial: (words) => {
        this.onSpeech()
        this.write('caller', words, false)
      },
      final: (words) => this.write('caller', words, true),
      deaf: () => this.wish('enqueue', 'The recogniser cannot be reached.'),
    })
    this.others = new Ears(providers.stt, options, {
      start() {},
      partial: (words) => this.speaker && this.write(this.speaker, words, false),
      final: (words) => this.speaker && this.write(this.speaker, words, true),
      deaf() {},
    })
    this.coaching = new Coaching((message) => line.tell(message), agent.config.model.provider !== 'embedded')
    this.digits = new Digits((text) => this.typed(text))
  }

  get isOver(): boolean {
    return this.closed
  }

  connected(): void {
    if (this.begun) return
    this.begun = true
    void this.begin().catch((error) => this.place.ctx.log.error({ err: error }, 'an agent could not begin a call'))
  }

  heard(track: 'inbound' | 'outbound', sound: Uint8Array, ms: number): void {
    if (track === 'inbound') {
      this.tally.listened(sound.length / 8)
      this.ears.hear(sound, ms)
    } else if (this.speaker) this.others.hear(sound, ms)
  }

  told(message: ToAgent): void {
    switch (message.t) {
      case 'played':
        this.mouth.played(message.mark, message.startMs, message.endMs, message.flushed)
        return
      case 'hold':
        this.held = true
        this.speaker = message.by === 'hold' ? null : message.by
        this.beSilent()
        return
      case 'resume':
        this.held = false
        this.speaker = null
        return
      case 'coach':
        this.coaching.came(message.id)
        return
      case 'dtmf':
        this.digits.press(message.digit)
        return
      case 'end':
        this.close()
        return
      default:
        return
    }
  }

  /** A piece of an answer that is being written. */
  onDelta(delta: Delta): void {
    if (this.held || delta.epoch < this.leastEpoch) return
    if (delta.state === 'thinking') this.coaching.read(delta.turnId)
    else if (delta.state === 'writing') this.answer(delta.turnId, delta.epoch).write(delta.text)
    else if (delta.state === 'cancelled') this.takeBack(delta.turnId)
  }

  /** Something was added to the log. */
  async onAppended(from: number, to: number): Promise<void> {
    const { ctx, call } = this.place
    const entries = await transact(ctx, (tx) => findAgentEntries(tx, ctx.workspaceId, call.conversationId, from, to))
    for (const entry of entries) this.speakEntry(entry)
  }

  /** Somebody else has the floor from this epoch on, or the agent has it anew. */
  onControl(epoch: number, isAgent: boolean): void {
    this.leastEpoch = epoch
    if (!isAgent) this.beSilent()
  }

  /** Resolves when they were heard, or will not be. */
  async lastWords({ text, ends }: LastWords): Promise<void> {
    if (!this.held && text !== '') this.answer(`last:${text.length}:${this.line.nowMs()}`, this.leastEpoch).finish(text)
    await this.mouth.silence()
    if (ends) this.wish('end', 'The agent ended the call.')
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    this.digits.close()
    this.ears.close()
    this.others.close()
    this.mouth.close()
    this.tally.close()
  }

  private async begin(): Promise<void> {
    const { ctx, call, agent } = this.place
    const left = await transact(ctx, (tx) => findUnspoken(tx, ctx.workspaceId, call.conversationId, call.startedAt))
    for (const entry of left) this.speakEntry(entry)
    if (left.length > 0) return
    await ctx.append({
      workspaceId: ctx.workspaceId,
      conversationId: call.conversationId,
      kind: 'message',
      author: { kind: 'agent', id: agent.id, name: agent.name },
      text: greetingOf(this.place),
      data: {},
      clientKey: `~call:${call.id}:greeting`,
      epoch: call.epoch,
    })
  }

  private answer(turnId: string, epoch: number): SpokenAnswer {
    const known = this.answers.get(turnId)
    if (known) return known
    const made = new SpokenAnswer(this.mouth, epoch, (heard) => this.onHeard(turnId, heard))
    this.answers.set(turnId, made)
    return made
  }

  private speakEntry({ position, text, turnId, isHeard }: AgentEntry): void {
    if (isHeard) return
    const key = turnId ?? `entry:${position}`
    this.positions.set(key, position)
    if (!this.held) this.answer(key, this.leastEpoch).finish(text)
    else this.answers.get(key)?.finish(text)
    const heard = this.heardOf.get(key)
    if (heard !== undefined) void this.noteHeard(key, heard)
  }

  private onHeard(turnId: string, heard: Heard | null): void {
    this.heardOf.set(turnId, heard)
    if (heard && !heard.interrupted) this.coaching.spoken(turnId)
    else this.coaching.lost(turnId)
    if (this.positions.has(turnId)) void this.noteHeard(turnId, heard)
  }

  private async noteHeard(turnId: string, heard: Heard | null): Promise<void> {
    const { ctx, call } = this.place
    const position = this.positions.get(turnId)
    if (position === undefined) return
    const startMs = heard?.startMs ?? this.line.nowMs()
    const endMs = heard?.endMs ?? startMs
    const told = {
      callId: call.id,
      utterance: `a${position}`,
      role: 'ai',
      startMs,
      endMs,
      source: 'self',
      heardMs: endMs - startMs,
      ...((!heard || heard.interrupted) && { interrupted: true, heard: heard?.text ?? '' }),
    }
    await transact(ctx, (tx) => noteHeard(tx, ctx.workspaceId, call.conversationId, position, told)).catch((error) =>
      ctx.log.warn({ err: error, callId: call.id }, 'what was heard of an answer could not be noted'),
    )
  }

  private takeBack(turnId: string): void {
    const answer = this.answers.get(turnId)
    this.coaching.lost(turnId)
    if (!answer) return
    answer.stop()
    this.mouth.stop()
  }

  private onSpeech(): void {
    if (this.place.agent.config.voice.bargeIn && this.mouth.isSpeaking && this.begun) this.beSilent()
  }

  private beSilent(): void {
    for (const answer of this.answers.values()) answer.stop()
    this.mouth.stop()
  }

  private write(role: SpokenRole, words: HeardWords, final: boolean): void {
    const kind = role === 'caller' ? 'caller' : 'others'
    const utterance = `${kind[0]}${this.place.call.id.slice(-4)}-${this.begunAt}-${this.utterances[kind]}`
    if (final) this.utterances[kind]++
    void this.tellWords({ utterance, role, final, source: 'recogniser', ...words })
  }
  private typed(text: string): void {
    const nowMs = this.line.nowMs()
    const utterance = `k${this.begunAt}-${nowMs}`
    void this.tellWords({ utterance, role: 'caller', text, final: true, startMs: nowMs, endMs: nowMs, source: 'self' })
  }

  private async tellWords(words: Parameters<typeof hearIn>[2]): Promise<void> {
    const { ctx, call } = this.place
    await hearIn(ctx, call.id, words).catch((error) =>
      ctx.log.error({ err: error, callId: call.id }, 'words of a call could not be written down'),
    )
  }

  private wish(action: 'enqueue' | 'end', reason: string): void {
    this.line.tell({ t: 'request', action, reason })
  }
}
