/** The screens connected to this node, by workspace, and the writing of frames to them. */
import type { Context } from '../platform/context.ts'
import type { LiveStream } from '../platform/live-stream.ts'

export interface Screen {
  id: string
  ctx: Context
  stream: LiveStream
  following: Set<string>
  /** Frames that arrived while the past was still being replayed. */
  held: Held | null
  /** Ends the stream unless its reader may still listen. */
  recheck(): void
}

export interface Held {
  frames: string[]
  bytes: number
  /** There were too many to keep: the past has to be read on from where its reading began. */
  missed: boolean
}
export const NOTHING_HELD = (): Held => ({ frames: [], bytes: 0, missed: false })
const MAX_HELD_BYTES = 1024 * 1024

export class Screens {
  private readonly workspaces = new Map<string, Map<string, Screen>>()

  add(screen: Screen): void {
    const { workspaceId } = screen.ctx
    this.workspaces.set(
      workspaceId,
      (this.workspaces.get(workspaceId) ?? new Map<string, Screen>()).set(screen.id, screen),
    )
  }

  remove(screen: Screen): void {
    const screens = this.workspaces.get(screen.ctx.workspaceId)
    screens?.delete(screen.id)
    if (screens?.size === 0) this.workspaces.delete(screen.ctx.workspaceId)
  }

  find(workspaceId: string, id: string): Screen | undefined {
    return this.workspaces.get(workspaceId)?.get(id)
  }

  has(workspaceId: string): boolean {
    return this.workspaces.has(workspaceId)
  }

  in(workspaceId: string): Screen[] {
    return [...(this.workspaces.get(workspaceId)?.values() ?? [])]
  }

  all(): Screen[] {
    return [...this.workspaces.values()].flatMap((screens) => [...screens.values()])
  }

  /** Operators with an open screen, by workspace; one who has several is named several times. */
  seats(): { workspaceId: string; memberId: string }[] {
    return this.all().flatMap(({ ctx: { workspaceId, actor } }) =>
      actor.kind === 'operator' && actor.id ? [{ workspaceId, memberId: actor.id }] : [],
    )
  }

  ids(): string[] {
    return [...this.workspaces.keys()]
  }

  /** Writes to all screens of a workspace, or to those that `only` chooses. The text is encoded once. */
  tell(workspaceId: string, text: string, only?: (screen: Screen) => boolean): void {
    const screens = this.workspaces.get(workspaceId)
    if (!screens || text === '') return
    const chunk = Buffer.from(text)
    for (const screen of screens.values()) {
      if (only && !only(screen)) continue
      if (screen.held) hold(screen.held, text)
      else screen.stream.write(chunk)
    }
  }
}

function hold(held: Held, text: string): void {
  held.bytes += text.length
  held.missed ||= held.bytes > MAX_HELD_BYTES
  if (held.missed) held.frames = []
  else held.frames.push(text)
}
