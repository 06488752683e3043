/** One call from the chat: microphone, server, hub, in this order; and back again when a line is cut or the page was reloaded. */
import { ApiError, newKey } from '@earshot/client'
import {
  askForMicrophone,
  type CallSound,
  type Levels,
  MicrophoneError,
  type NoMicrophone,
  openCallSound,
  workletUrl,
} from '@earshot/client/sound'
import type { VisitorCall, VisitorFrame, VoiceNow, VoiceStarted } from '@earshot/contracts'
import type { Chat } from '../chat.ts'

export type Trouble = { of: 'microphone'; why: NoMicrophone } | { of: 'server'; code: string }
export type Caption = Extract<VisitorFrame, { event: 'caption' }>['data']

export interface CallNow {
  phase: 'looking' | 'consent' | 'microphone' | 'starting' | 'on' | 'over'
  notice: VoiceNow['notice'] | null
  call: VisitorCall | null
  trouble: Trouble | null
  /** The socket is gone for now. */
  isCut: boolean
  isMuted: boolean
  /** The microphone was pulled out while speaking. */
  isDeaf: boolean
  /** The browser plays nothing before somebody presses something. */
  isSilent: boolean
  /** Entries after this one are of this call. */
  after: number
  since: number
  endedMs: number
  /** What is being said, by whom. */
  captions: readonly Caption[]
}

const PATH = '/voice'

export class CallSession {
  readonly #chat: Chat
  readonly #watchers = new Set<() => void>()
  #sound: CallSound | undefined
  #isGone = false
  #onLevels: (levels: Levels) => void = () => {}
  now: CallNow = {
    phase: 'looking',
    notice: null,
    call: null,
    trouble: null,
    isCut: false,
    isMuted: false,
    isDeaf: false,
    isSilent: false,
    after: 0,
    since: Date.now(),
    endedMs: 0,
    captions: [],
  }

  constructor(chat: Chat) {
    this.#chat = chat
    chat.onCall = (frame) => this.#hear(frame)
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  /** Ten times a second, past the screen's state. */
  listen(onLevels: (levels: Levels) => void): void {
    this.#onLevels = onLevels
  }

  /** Goes on with a call that a reload cut; else asks for consent. */
  async look(): Promise<void> {
    this.#set({ phase: 'looking', trouble: null })
    try {
      const { call, notice } = await this.#chat.api.get<VoiceNow>(PATH)
      this.#set({ notice })
      if (call && call.state !== 'ended' && this.#chat.call.get()) await this.begin()
      else this.#set({ phase: 'consent' })
    } catch (error) {
      this.#fail(error)
    }
  }

  /** To be called from a press, so that sound may be played. */
  async begin(): Promise<void> {
    this.#set({ phase: 'microphone', trouble: null })
    let microphone: MediaStream | undefined
    try {
      microphone = await askForMicrophone()
      if (this.#isGone) return letGo(microphone)
      this.#set({ phase: 'starting' })
      const key = this.#chat.call.get() ?? newKey()
      this.#chat.call.set(key)
      let started = await this.#start()
      if (started.mediaUrl === null) {
        // That one is over: a new one it is.
        this.#chat.call.set(newKey())
        started = await this.#start()
      }
      let first = started.mediaUrl
      const sound = await openCallSound(
        {
          workletUrl,
          url: async () => {
            const url = first ?? (await this.#start()).mediaUrl
            first = null
            if (url === null) throw new Error('the call is over')
            return url
          },
          onState: (state, why) => (state === 'over' ? this.#over(why) : this.#set({ isCut: state === 'cut' })),
          onWord: () => void this.#refresh(),
          onLevels: (levels) => this.#onLevels(levels),
          onMicrophoneLost: () => this.#set({ isDeaf: true }),
        },
        microphone,
      )
      if (this.#isGone) return sound.close()
      this.#sound = sound
      this.#set({ phase: 'on', isDeaf: false, isSilent: !sound.isAudible })
    } catch (error) {
      letGo(microphone)
      this.#fail(error)
    }
  }

  mute(isMuted: boolean): void {
    this.#sound?.mute(isMuted)
    this.#set({ isMuted })
  }

  /** After a press: plays, and takes the microphone again if it was lost. */
  async wake(): Promise<void> {
    if (!this.#sound) return
    try {
      await this.#sound.wake()
      if (this.now.isDeaf) this.#sound.speak(await askForMicrophone())
      this.#set({ isDeaf: false, isSilent: !this.#sound.isAudible })
    } catch (error) {
      this.#set({ trouble: troubleOf(error) })
    }
  }

  /** The hub takes a socket that is closed on purpose for hanging up; one that was cut it waits for. */
  hangUp(): void {
    this.#sound?.close()
    this.#over('left')
  }

  /** What stands in the log now is not being said any more. */
  stands(role: Caption['role']): void {
    if (this.now.captions.some((c) => c.role === role))
      this.#set({ captions: this.now.captions.filter((c) => c.role !== role) })
  }

  /** The screen is gone, and with it the call. */
  leave(): void {
    this.#isGone = true
    this.#chat.onCall = undefined
    this.#sound?.close()
  }

  async #start(): Promise<VoiceStarted> {
    const started = await this.#chat.api.post<VoiceStarted>(PATH, {
      ...this.#chat.place(),
      key: this.#chat.call.get() ?? newKey(),
    })
    if (this.now.call?.id !== started.call.id) {
      const since = Math.min(Date.now(), Date.parse(started.call.startedAt))
      const isNew = Date.now() - since < 5000
      this.#set({
        since,
        after: isNew ? started.conversation.lastPosition : Math.max(0, started.conversation.lastPosition - 2),
      })
    }
    this.#chat.follow(started.conversation)
    this.#set({ call: started.call })
    return started
  }

  async #refresh(): Promise<void> {
    if (this.#isGone) return
    const { call } = await this.#chat.api.get<VoiceNow>(PATH).catch(() => ({ call: null }))
    if (call && call.id === this.now.call?.id) this.#set({ call })
    if (call?.state === 'ended') this.#over(call.end ?? undefined)
  }

  #hear(frame: VisitorFrame): void {
    if (frame.event === 'call') void this.#refresh()
    if (frame.event !== 'caption') return
    const others = this.now.captions.filter((c) => c.utterance !== frame.data.utterance)
    this.#set({ captions: frame.data.text === '' ? others : [...others, frame.data].slice(-3) })
  }

  #over(why: string | undefined): void {
    if (this.now.phase === 'over') return
    this.#chat.call.set(null)
    this.#sound?.close()
    const isLost = why === 'lost' || why === 'refused'
    const { call, since } = this.now
    this.#set({
      phase: 'over',
      isCut: false,
      captions: [],
      endedMs: Date.now() - since,
      call: call && { ...call, state: 'ended', end: call.end ?? (isLost ? 'lost' : null) },
    })
    void this.#refresh()
  }

  #fail(error: unknown): void {
    if (this.now.phase !== 'looking' || !(error instanceof ApiError)) this.#chat.call.set(null)
    this.#set({ phase: 'consent', trouble: troubleOf(error) })
  }

  #set(change: Partial<CallNow>): void {
    this.now = { ...this.now, ...change }
    for (const watcher of this.#watchers) watcher()
  }
}

const letGo = (stream: MediaStream | undefined): void => {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof MicrophoneError) return { of: 'microphone', why: error.why }
  return { of: 'server', code: error instanceof ApiError ? error.code : 'internal' }
}
