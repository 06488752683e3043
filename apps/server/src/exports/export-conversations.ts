/** Every conversation of a workspace as lines that ingest takes back, one after the other, in flat memory. */
import type { Context } from '../platform/context.ts'
import type { OpenSnapshot } from '../platform/copy-out.ts'
import { AS_LINES, linesOf } from './queries-lines.ts'

declare module '../platform/context.ts' {
  interface Services {
    openSnapshot: OpenSnapshot
    /** Set while this node stops, so that a long file does not hold it up: its job goes on elsewhere, or after the start. */
    exporting: { stopping: boolean }
  }
}

/** In the order of their numbers, all as they are at one moment. */
export async function* exportConversations(ctx: Context): AsyncGenerator<string> {
  const snapshot = await ctx.openSnapshot(ctx.workspaceId)
  try {
    const query = linesOf({ workspaceId: ctx.workspaceId, me: null }, { baseUrl: ctx.team.baseUrl, withNotes: false })
    const decoder = new TextDecoder()
    let rest = ''
    for await (const { bytes } of snapshot.read(query, AS_LINES)) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } finally {
    await snapshot.close()
  }
}
