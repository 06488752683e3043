/** The demo's workspace: its owner and team, its agents and channels. Doing it twice changes nothing. */
import { randomBytes } from 'node:crypto'
import { defaultAgentConfig, type TriggerRule } from '@earshot/contracts'
import { addAgentOf } from '../agents/index.ts'
import { changeChannel } from '../channels/index.ts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { addMember, createWorkspace, invite, type User } from '../team/index.ts'
import { createRule, listRules } from '../visits/index.ts'
import { FIELDS, FUNCTIONS, MCP_SERVERS } from './agent-functions.ts'
import { PLAYBOOKS } from './agent-playbooks.ts'
import { keepKnowledge } from './keep-knowledge.ts'
import { keepReplies } from './kept-replies.ts'
import { findAgentsByName, findChannelByKind, findMembersByName, findWorkspaceOf, insertChannel } from './queries.ts'
import { saveViews } from './saved-views.ts'
import type { Cast } from './store-scene.ts'
import { RULES } from './store-visit.ts'

export const WORKSPACE = 'Lamp & Loft (demo)'
const OWNER = { name: 'Robin', email: 'demo@earshot.example' }
export const OPERATORS = ['Dana', 'Ruben', 'Aiko'] as const

export interface DemoWorkspace {
  ctx: Context
  owner: User
}

/** Finds the demo's workspace, or makes it. Its accounts have passwords that nobody knows: the owner comes in by a link. */
export async function findOrMakeWorkspace(services: Services): Promise<DemoWorkspace> {
  const owner = await findOrMakeUser(services, OWNER)
  const found = await findWorkspaceOf(services.db, owner.id)
  const workspaceId =
    found?.workspaceId ??
    (await createWorkspace(services, { name: WORKSPACE, start: 'empty', owner: async () => owner })).workspaceId
  return { ctx: asSystem(services, workspaceId), owner }
}

async function findOrMakeUser({ team }: Services, { name, email }: { name: string; email: string }): Promise<User> {
  return (
    (await team.auth.findUserByEmail(email)) ??
    team.auth.createUser({ name, email, password: randomBytes(32).toString('base64url') })
  )
}

/** Adds what is missing of team, agents and channels. */
export async function furnish(ctx: Context): Promise<Cast> {
  await addOperators(ctx)
  const cast = await transact(ctx, async (tx) => {
    await addAgents(tx, ctx)
    return { ...(await castOf(tx, ctx)), channelIds: await channelsOf(tx, ctx.workspaceId, false) }
  })
  await saveViews(ctx, cast.memberIds.get('Dana')!)
  await keepReplies(ctx, cast.memberIds.get('Dana')!)
  await keepKnowledge(ctx)
  await changeChannel(ctx, cast.channelIds.get('widget')!, { widget: { tracking: true } })
  return { ...cast, rules: await rulesOf(ctx) }
}

/** The website's trigger rules, made when there are none. */
async function rulesOf(ctx: Context): Promise<TriggerRule[]> {
  const { items } = await listRules(ctx, { limit: 200 })
  if (items.length > 0) return items
  const made: TriggerRule[] = []
  for (const rule of RULES) made.push(await createRule(ctx, rule))
  return made
}

export async function castOf(tx: Tx, { workspaceId }: Context): Promise<Omit<Cast, 'channelIds' | 'rules'>> {
  return { agentIds: await findAgentsByName(tx, workspaceId), memberIds: await findMembersByName(tx, workspaceId) }
}

async function addOperators(ctx: Context): Promise<void> {
  const members = await transact(ctx, (tx) => findMembersByName(tx, ctx.workspaceId))
  const missing = OPERATORS.filter((name) => !members.has(name))
  for (const name of missing) {
    const user = await findOrMakeUser(ctx, { name, email: `${name.toLowerCase()}@earshot.example` })
    await addMember(ctx, ctx.workspaceId, user, name === 'Dana' ? 'supervisor' : 'operator')
  }
  // One more was asked and has not come yet. Nobody writes to an address that does not exist.
  if (missing.length < OPERATORS.length) return
  const silent = { ...ctx, mail: { ...ctx.mail, from: null } }
  await invite(silent, { email: 'kaarina@earshot.example', role: 'viewer', expiresInDays: 7 })
}

const AGENTS = [
  { name: 'Nova', company: 'Skylark Travel', mode: 'hybrid', languages: ['en', 'es', 'fr', 'pt'] },
  { name: 'Milo', company: 'Copperline Credit Union', mode: 'passive', languages: ['en', 'de', 'pl'] },
  { name: 'Iris', company: 'Willow Street Clinic', mode: 'passive', languages: ['en', 'uk', 'fi'] },
  { name: 'Juno', company: 'Brightline Broadband', mode: 'hybrid', languages: ['en', 'de', 'it', 'nl'] },
  { name: 'Bean', company: 'Corner Coffee', mode: 'passive', languages: ['en'] },
  { name: 'Lan', company: 'City Walks Beijing', mode: 'passive', languages: ['zh', 'ja', 'ar'] },
] as const

/** Ada, who answers the live visitors, is the agent every workspace begins with. */
async function addAgents(tx: Tx, ctx: Context): Promise<void> {
  const known = await findAgentsByName(tx, ctx.workspaceId)
  for (const { name, company, mode, languages } of AGENTS.filter((agent) => !known.has(agent.name))) {
    const config = defaultAgentConfig(name)
    await addAgentOf(ctx, tx, {
      ...config,
      profile: { ...config.profile, company, mode, languages: [...languages] },
      instructions: `Answer for ${company}. Be brief and friendly; offer a person when unsure.`,
      functions: FUNCTIONS[name]?.() ?? [],
      mcpServers: MCP_SERVERS[name] ?? [],
      memoryFields: FIELDS[name]?.() ?? [],
      ...PLAYBOOKS[name]?.(),
    })
  }
}

const CHANNELS: Record<string, string> = {
  widget: 'Website',
  web: 'Hosted chat',
  whatsapp: 'WhatsApp',
  telegram: 'Telegram',
  messenger: 'Messenger',
  slack: 'Slack',
  voip: 'Phone line',
  crm: 'CRM',
  api: 'API',
}

/** One channel of every kind: the workspace's own where there is one. */
export async function channelsOf(tx: Tx, workspaceId: string, archived: boolean): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const [kind, name] of Object.entries(CHANNELS)) {
    ids.set(
      kind,
      (await findChannelByKind(tx, workspaceId, kind)) ??
        (await insertChannel(tx, workspaceId, { kind, name, archived })),
    )
  }
  return ids
}
