/** How the hub reaches the agent of a call: our own pipeline, a bot elsewhere, or a model that hears and speaks by itself. */
import type { AgentPlan } from '@earshot/voice'
import { findAgent, openAgentSecret, openSigning } from '../agents/index.ts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import { resolveCallable } from '../platform/outbound-http.ts'
import { signedHeaders } from '../platform/webhook-signature.ts'
import { AGENT_PATH, agentToken } from './agent/index.ts'
import type { CallRow } from './queries.ts'
import { providersOf } from './speech/index.ts'

export interface PlanConfig {
  secret: string
  /** Where this server answers, for the hub: the address inside the house. */
  url(): string
}

/** Null: nobody there speaks; the caller waits for a person. */
export function agentPlans({ secret, url }: PlanConfig) {
  return async (services: Services, call: CallRow): Promise<AgentPlan | null> => {
    const ctx = asSystem(services, call.workspaceId)
    const { agentId } = call
    const agent = agentId ? await transact(ctx, (tx) => findAgent(tx, ctx.workspaceId, agentId)) : undefined
    if (!agent || agent.archivedAt || agent.mode === 'passive') return null
    const { voice } = agent.config
    if (voice.by === 'media_streams') return voice.bot ? botPlan(ctx, call, agent.id, voice.bot) : null
    const providers = await providersOf(services, call.workspaceId).catch(() => null)
    if (!providers) return null
    if (voice.by === 'openai_realtime' && !providers.realtime.key) return null
    // Without a recogniser nobody understands a telephone; in browsers the words may come with the sound.
    if (voice.by === 'built_in' && !providers.stt && (call.way === 'twilio' || call.way === 'sip')) return null
    const place = `workspace=${call.workspaceId}&call=${call.id}`
    const address = `${url().replace(/^http/, 'ws')}${AGENT_PATH}`
    return {
      url: `${address}?${place}`,
      controlUrl: `${address}/control?${place}`,
      headers: { authorization: `Bearer ${agentToken(secret, call.workspaceId, call.id)}` },
      params: {},
      outbound: providers.stt !== null,
      listensOnHold: true,
    }
  }
}

type Bot = { url: string; controlUrl: string | null; secret: string | null }

/** The address is checked now; the hub, which dials it, has no other way out than the one it is told. */
async function botPlan(ctx: Context, call: CallRow, agentId: string, bot: Bot): Promise<AgentPlan | null> {
  const address = new URL(bot.url.replace(/^ws/, 'http'))
  const control = bot.controlUrl ? new URL(bot.controlUrl.replace(/^ws/, 'http')) : null
  // What is shown to the bot is shown to its own host only.
  if (control && control.host !== address.host) return null
  try {
    await resolveCallable(address, ctx.speech.outbound)
  } catch {
    ctx.log.warn({ agentId }, 'the address of a voice bot may not be called from here')
    return null
  }
  const secret = bot.secret ? await openAgentSecret(ctx, agentId, bot.secret, address) : null
  if (secret && 'refused' in secret) {
    ctx.log.warn({ agentId, why: secret.refused }, 'the secret of a voice bot cannot be sent')
    return null
  }
  const signing = await openSigning(ctx, agentId)
  return {
    url: bot.url,
    ...(bot.controlUrl && { controlUrl: bot.controlUrl }),
    headers: {
      ...signedHeaders(signing, call.id, ''),
      ...(secret && { authorization: `Bearer ${secret.value}` }),
    },
    params: { callId: call.id, conversationId: call.conversationId, agentId },
    outbound: false,
    listensOnHold: true,
  }
}
