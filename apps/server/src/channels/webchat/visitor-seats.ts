/** Who listens on this node: found by conversation, and by contact point while there is no conversation yet. */
import type { LiveStream } from '../../platform/live-stream.ts'
import type { Visitor } from './visitor.ts'

/** A visitor's tabs; the oldest gives way. */
const MAX_PER_VISITOR = 5

export interface Listener {
  visitor: Visitor
  stream: LiveStream
  conversationId: string | null
  /** Of the conversation, as last told. */
  epoch: number
  /** Raised when its positions became others. */
  log: number
  /** Everything up to here has been sent. */
  position: number
  /** Reading from the database. */
  busy: boolean
  /** Something came while it was busy. */
  dirty: boolean
}

export class Seats {
  readonly #all = new Set<Listener>()
  readonly #byConversation = new Map<string, Set<Listener>>()
  readonly #byPoint = new Map<string, Set<Listener>>()
  readonly #byWorkspace = new Map<string, Set<Listener>>()

  add(listener: Listener): void {
    const same = this.ofPoint(listener.visitor.point.value)
    if (same.length >= MAX_PER_VISITOR) same[0]!.stream.end()
    this.#all.add(listener)
    put(this.#byPoint, listener.visitor.point.value, listener)
    put(this.#byWorkspace, listener.visitor.workspaceId, listener)
  }

  move(listener: Listener, conversationId: string): void {
    if (listener.stream.ended) return
    if (listener.conversationId !== null) {
      take(this.#byConversation, listener.conversationId, listener)
      listener.position = 0
    }
    listener.conversationId = conversationId
    put(this.#byConversation, conversationId, listener)
  }

  /** Answers the conversation that nobody here listens to any more, if there is one. */
  remove(listener: Listener): string | null {
    this.#all.delete(listener)
    take(this.#byPoint, listener.visitor.point.value, listener)
    take(this.#byWorkspace, listener.visitor.workspaceId, listener)
    const { conversationId } = listener
    if (conversationId === null) return null
    take(this.#byConversation, conversationId, listener)
    return this.isFollowed(conversationId) ? null : conversationId
  }

  get size(): number {
    return this.#all.size
  }
  all(): Listener[] {
    return [...this.#all]
  }
  hasWorkspace(id: string): boolean {
    return this.#byWorkspace.has(id)
  }
  inWorkspace(id: string): Listener[] {
    return [...(this.#byWorkspace.get(id) ?? [])]
  }
  isFollowed(conversationId: string): boolean {
    return this.#byConversation.has(conversationId)
  }
  ofConversation(id: string): Listener[] {
    return [...(this.#byConversation.get(id) ?? [])]
  }
  ofPoint(point: string): Listener[] {
    return [...(this.#byPoint.get(point) ?? [])]
  }
  /** Workspace and conversation of everybody who listens to one. */
  conversations(): [string, string][] {
    return [...this.#byConversation].map(([id, listeners]) => [[...listeners][0]!.visitor.workspaceId, id])
  }
}

function put(map: Map<string, Set<Listener>>, key: string, listener: Listener): void {
  map.set(key, (map.get(key) ?? new Set<Listener>()).add(listener))
}
function take(map: Map<string, Set<Listener>>, key: string, listener: Listener): void {
  const set = map.get(key)
  if (set?.delete(listener) && set.size === 0) map.delete(key)
}
