/** A dashboard without pixels: first load, live stream, the reducers of the client. What it holds is what an operator would see. */
import {
  applyToConversations,
  applyToEntries,
  type Conversations,
  createFeed,
  type Entries,
  type Feed,
  NO_CONVERSATIONS,
  noEntries,
  withPage,
  withRead,
} from '@earshot/client'
import type { Conversation, Delta, Entry, LiveEvent, Typing } from '@earshot/contracts'
import type { Caller } from './caller.ts'
import { until } from './until.ts'

export class Screen {
  conversations: Conversations = NO_CONVERSATIONS
  entries = new Map<string, Entries>()
  events: LiveEvent[] = []
  deltas: Delta[] = []
  typing: Typing[] = []
  readonly feed: Feed
  private readonly caller: Caller

  private constructor(caller: Caller) {
    this.caller = caller
    const { url, headers } = caller
    this.feed = createFeed({
      url: `${url}/api/v1/live`,
      pollUrl: `${url}/api/v1/live/events`,
      followUrl: `${url}/api/v1/live/follow`,
      headers: () => headers,
      onEvent: (event) => this.apply(event),
      onDelta: (delta) => this.deltas.push(delta),
      onTyping: (typing) => this.typing.push(typing),
    })
  }

  /** Opens the screen as a person would: the list, and the given conversations. */
  static async open(caller: Caller, conversationIds: string[] = []): Promise<Screen> {
    const screen = new Screen(caller)
    await screen.feed.started
    screen.feed.follow(conversationIds)
    const asked = screen.conversations
    screen.conversations = withRead(screen.conversations, await screen.readAll(), asked)
    for (const id of conversationIds) {
      const before = screen.entries.get(id) ?? noEntries(id)
      screen.entries.set(id, before)
      await screen.load(id, before)
    }
    return screen
  }

  /** What a fresh load shows now. */
  async readAll(): Promise<Conversation[]> {
    const reply = await this.caller.get('/api/v1/conversations?limit=200')
    return reply.body.items as Conversation[]
  }

  async readEntries(id: string): Promise<Entry[]> {
    const reply = await this.caller.get(`/api/v1/conversations/${id}/entries?limit=200`)
    return (reply.body.items as Entry[]).toReversed()
  }

  /** A page that is of another log than what is held makes what is held begin anew; then it is read once more. */
  private async load(id: string, asked: Entries): Promise<void> {
    const { items, log } = (await this.caller.get(`/api/v1/conversations/${id}/entries?limit=200`)).body
    this.entries.set(id, withPage(this.entries.get(id)!, items.toReversed(), asked, false, log))
  }

  shown(id: string): Conversation | undefined {
    return this.conversations.byId[id]
  }

  /** Waits until what the screen holds of a conversation equals a fresh load of it. */
  async untilCurrent(id: string): Promise<void> {
    await until(async () => {
      const fresh = await this.caller.get(`/api/v1/conversations/${id}`)
      const same = JSON.stringify(fresh.body) === JSON.stringify(this.shown(id))
      const log = this.entries.get(id)
      return same && (!log || log.entries.length === (fresh.body as Conversation).lastPosition)
    }, `the screen shows conversation ${id} as a reload would`)
  }

  close(): void {
    this.feed.close()
  }

  private apply(event: LiveEvent): void {
    this.events.push(event)
    this.conversations = applyToConversations(this.conversations, event)
    for (const [id, entries] of this.entries) {
      const next = applyToEntries(entries, event)
      this.entries.set(id, next)
      if (next.stale && !entries.stale && event.type !== 'resync') void this.load(id, next)
    }
  }
}
