/** The chat behind the screen: session, what was said, what is on its way, and who is writing. Screens draw its state. */
import {
  ApiError,
  applyPiece,
  EMPTY_SLOT,
  endTurn,
  type KeptStream,
  mergeByPosition,
  Outbox,
  type Outgoing,
  raiseEpoch,
  type Slot,
} from '@earshot/client'
import type { Attachment, Session, VisitorConversation, VisitorEntry, VisitorFrame } from '@earshot/contracts'
import { Api, type Said } from './api.ts'
import type { Bridge } from './bridge.ts'
import { type LineState, openLine } from './line.ts'
import { type Kept, keep } from './storage.ts'

export interface Words {
  text: string
  attachments: Attachment[]
}

export interface ChatState {
  phase: 'loading' | 'ready' | 'gone' | 'failed'
  session: Session | null
  conversation: VisitorConversation | null
  entries: readonly VisitorEntry[]
  hasMore: boolean
  /** Older entries are being read: the log keeps quiet about them. */
  paging: boolean
  draft: Slot
  typing: { name: string | null } | null
  outgoing: readonly Outgoing<Words>[]
  line: LineState
  unread: number
}

/** Typing that is not confirmed is over after this. */
const TYPING_MS = 8000

export class Chat {
  readonly api: Api
  /** The call that this browser is in, for a page that is loaded again. */
  readonly call: Kept
  /** Hears what is of a call. */
  onCall: ((frame: VisitorFrame) => void) | undefined
  readonly #bridge: Bridge
  readonly #outbox: Outbox<Words, Said>
  readonly #seen: Kept
  readonly #watchers = new Set<() => void>()
  #line: KeptStream | undefined
  #place: string | undefined
  #typingTimer: ReturnType<typeof setTimeout> | undefined
  #shown = false
  state: ChatState = {
    phase: 'loading',
    session: null,
    conversation: null,
    entries: [],
    hasMore: false,
    paging: false,
    draft: EMPTY_SLOT,
    typing: null,
    outgoing: [],
    line: { state: 'live' },
    unread: 0,
  }

  constructor(channelKey: string, bridge: Bridge) {
    this.api = new Api(channelKey)
    this.#bridge = bridge
    this.#seen = keep(channelKey, 'seen')
    this.call = keep(channelKey, 'call')
    const kept = keep(channelKey, 'outbox')
    this.#outbox = new Outbox<Words, Said>({
      storage: { get: kept.get, set: kept.set },
      send: ({ key, body }, signal) => this.#send(key, body, signal),
      onSent: (_, said) => this.#onSent(said),
      onChange: (outgoing) => this.#set({ outgoing }),
    })
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  async start(who: { name?: string; email?: string } = {}): Promise<void> {
    try {
      this.#enter(await this.api.start({ ...who, ...this.place() }))
    } catch (error) {
      if (this.state.phase === 'ready') return
      const isGone = error instanceof ApiError && error.status === 404
      this.#set({ phase: isGone ? 'gone' : 'failed' })
      this.#bridge.tell('error', { code: error instanceof ApiError ? error.code : 'internal' })
    }
  }

  #enter(session: Session): void {
    const { conversation, entries, hasMore } = session
    const isSame = isSameLog(conversation, this.state.conversation)
    this.#set({
      phase: 'ready',
      session,
      conversation,
      entries: isSame ? mergeByPosition(this.state.entries, entries) : entries,
      ...(isSame && this.state.entries.length > 0 ? {} : { hasMore }),
    })
    const last = entries.at(-1)
    if (conversation && last && !isSame) this.#place = `${conversation.id}:${last.position}:${conversation.log}`
    if (conversation) this.#listen()
    this.#bridge.setKnown(conversation !== null || this.state.outgoing.length > 0)
    this.#count()
  }

  say(text: string, attachments: Attachment[]): void {
    this.#listen()
    this.#bridge.setKnown(true)
    this.#outbox.add({ text, attachments })
  }
  retry(key: string): void {
    this.#outbox.retry(key)
  }
  discard(key: string): void {
    this.#outbox.discard(key)
  }

  #send(clientKey: string, { text, attachments }: Words, signal: AbortSignal): Promise<Said> {
    const attachmentIds = attachments.map((a) => a.id)
    return this.api.say({ text, attachmentIds, clientKey, ...this.place() }, signal)
  }

  /** Where the visitor is. */
  place(): { locale: string; page?: string; visitor?: string } {
    const { page, visitor } = this.#bridge
    return {
      locale: navigator.language,
      ...(page ? { page: page.slice(0, 2000) } : {}),
      ...(visitor ? { visitor } : {}),
    }
  }

  /** A call began a conversation, or goes on in one. */
  follow(conversation: VisitorConversation): void {
    this.#hearConversation(conversation)
    this.#listen()
    this.#bridge.setKnown(true)
  }

  #onSent({ conversation, entry }: Said): void {
    this.#hearConversation(conversation)
    this.#hearEntries([entry])
    this.#bridge.tell('message:sent', { text: entry.text })
  }

  async older(): Promise<void> {
    const [first] = this.state.entries
    if (!first || !this.state.hasMore || this.state.paging) return
    this.#set({ paging: true })
    try {
      const { entries, hasMore } = await this.api.older(first.position)
      this.#set({ entries: mergeByPosition(this.state.entries, entries), hasMore })
    } catch {
      // asked again when the visitor scrolls
    } finally {
      setTimeout(() => this.#set({ paging: false }), 100)
    }
  }

  async rate(stars: number, comment: string): Promise<void> {
    this.#set({ conversation: await this.api.rate(stars, comment) })
    this.#bridge.tell('rated', { stars })
  }

  /** Tries at once what waits for the network. */
  retryNow(): void {
    this.#line?.restart()
    this.#outbox.wake()
    if (this.state.phase === 'failed') {
      this.#set({ phase: 'loading' })
      void this.start()
    }
  }

  /** Seen is what was in front of the visitor: the panel open, the page in the foreground. */
  setShown(shown: boolean): void {
    this.#shown = shown
    this.#count()
  }

  #listen(): void {
    this.#line ??= openLine({
      headers: () => this.api.authorization,
      place: () => this.#place,
      onFrame: (frame, id) => this.#hear(frame, id),
      onState: (line) => this.#set({ line }),
      onUnknown: () =>
        void this.api.renew().then(
          (session) => this.#enter(session),
          () => {},
        ),
    })
  }

  #hear(frame: VisitorFrame, id: string): void {
    if (id !== '') this.#place = id
    if (frame.event === 'entries') this.#hearEntries(frame.data.entries)
    else if (frame.event === 'conversation') this.#hearConversation(frame.data)
    else if (frame.event === 'delta') this.#set({ draft: applyPiece(this.state.draft, frame.data), typing: null })
    else if (frame.event === 'typing') this.#hearTyping(frame.data)
    else this.onCall?.(frame)
  }

  #hearConversation(conversation: VisitorConversation): void {
    const before = this.state.conversation
    if (before && !isSameLog(before, conversation)) this.#set({ entries: [], hasMore: false, draft: EMPTY_SLOT })
    if (before && before.id === conversation.id && conversation.epoch < before.epoch) return
    if (before?.handler.kind === 'agent' && conversation.handler.kind === 'queue') this.#bridge.tell('handoff')
    this.#set({ conversation, draft: raiseEpoch(this.state.draft, conversation.epoch) })
  }

  #hearEntries(entries: readonly VisitorEntry[]): void {
    const known = new Set(this.state.entries.map((e) => e.position))
    let { draft, typing } = this.state
    for (const entry of entries) {
      const isAnswer = entry.author.kind === 'agent' || entry.author.kind === 'operator'
      if (isAnswer) typing = null
      if (entry.turnId) draft = endTurn(draft, entry.turnId)
      else if (isAnswer && draft.draft) draft = endTurn(draft, draft.draft.turnId)
      if (isAnswer && !known.has(entry.position)) this.#bridge.tell('message:received', { text: entry.text })
    }
    this.#set({ entries: mergeByPosition(this.state.entries, entries), draft, typing })
    this.#count()
  }

  #hearTyping({ name, active }: { name: string | null; active: boolean }): void {
    clearTimeout(this.#typingTimer)
    this.#set({ typing: active ? { name } : null })
    if (active) this.#typingTimer = setTimeout(() => this.#set({ typing: null }), TYPING_MS)
  }

  #count(): void {
    const { conversation, entries } = this.state
    if (!conversation) return
    const [id, position] = (this.#seen.get() ?? '').split(':')
    const seen = id === conversation.id ? Number(position) : 0
    const last = entries.at(-1)?.position ?? 0
    if (this.#shown && last > seen) this.#seen.set(`${conversation.id}:${last}`)
    const isNew = (e: VisitorEntry) => e.position > seen && e.author.kind !== 'contact'
    const unread = this.#shown ? 0 : entries.filter(isNew).length
    if (unread !== this.state.unread) this.#bridge.tell('unread', unread)
    this.#set({ unread })
  }

  #set(change: Partial<ChatState>): void {
    this.state = { ...this.state, ...change }
    for (const watcher of this.#watchers) watcher()
  }
}

/** Positions of another conversation, or of another log of the same one, say nothing here. */
const isSameLog = (a: VisitorConversation | null, b: VisitorConversation | null): boolean =>
  a?.id === b?.id && a?.log === b?.log
