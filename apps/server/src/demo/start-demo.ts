/** Starts the demo on a running node: its workspace at once, its conversations and visitors in the background. */
import type { Bus } from '../platform/bus.ts'
import { type Context, type Services, transact } from '../platform/context.ts'
import { makeSignInLink } from '../team/index.ts'
import { Callers } from './calls/callers.ts'
import { findOrMakeWorkspace, OPERATORS } from './furnish-workspace.ts'
import { Crowd } from './live/crowd.ts'
import { fillDemo } from './load-demo.ts'
import { findAgentsByName, findChannelByKind, findMembersByName, findWidgetKey, setAnsweringAgent } from './queries.ts'

export interface Demo {
  /** Signs the demo's owner in, once. */
  signInUrl: string
  stop(): Promise<void>
}

export interface DemoParts {
  services: Services
  bus: Bus
  /** Where this node answers. */
  url: string
}

/** Resolves as soon as somebody can sign in; the page fills while they look. */
export async function startDemo({ services, bus, url }: DemoParts): Promise<Demo> {
  const { ctx, owner } = await findOrMakeWorkspace(services)
  const signInUrl = await makeSignInLink(services.team, owner.id)
  const stopping = new AbortController()
  let crowd: Crowd | undefined
  let callers: Callers | undefined
  const coming = fill(ctx, stopping.signal)
    .then(async () => {
      if (stopping.signal.aborted) return
      crowd = new Crowd({ ctx, bus, url, ...(await findPlaces(ctx)) })
      const channelId = await phoneOf(ctx)
      if (channelId) callers = new Callers({ ctx, channelId })
    })
    .catch((error) => services.log.error({ err: error }, 'the demo could not be filled; start again to go on'))
  return {
    signInUrl,
    async stop() {
      stopping.abort()
      await coming
      await callers?.stop()
      await crowd?.stop()
    },
  }
}

const TELL_EVERY = 100

async function fill(ctx: Context, signal: AbortSignal): Promise<void> {
  const start = Date.now()
  const onProgress = (done: number, total: number) => {
    if (done % TELL_EVERY === 0) ctx.log.info({ done, total }, 'Filling the demo workspace.')
  }
  const { conversations, added } = await fillDemo(ctx, { signal, onProgress })
  if (!signal.aborted)
    ctx.log.info({ conversations, added, ms: Date.now() - start }, 'The demo workspace is full; visitors come now.')
}

async function findPlaces(ctx: Context): Promise<{ channelKey: string; operators: { id: string; name: string }[] }> {
  return transact(ctx, async (tx) => {
    const members = await findMembersByName(tx, ctx.workspaceId)
    const operators = OPERATORS.flatMap((name) => (members.has(name) ? [{ id: members.get(name)!, name }] : []))
    return { channelKey: await findWidgetKey(tx, ctx.workspaceId), operators }
  })
}

/** The telephone of the demo is answered by the same agent as its website. */
function phoneOf(ctx: Context): Promise<string | null> {
  return transact(ctx, async (tx) => {
    const agent = (await findAgentsByName(tx, ctx.workspaceId)).get('Ada')
    const channelId = await findChannelByKind(tx, ctx.workspaceId, 'voip')
    // Somebody has renamed or removed them.
    if (!agent || !channelId) return null
    await setAnsweringAgent(tx, ctx.workspaceId, channelId, agent)
    return channelId
  })
}
