/** Every kind of caller there is, and what an endpoint's declared access means for it. */
import { type Access, ROLES, type Role, SCOPES, type Scope } from '@earshot/contracts'
import { createApiKey } from '../../team/index.ts'
import { PASSWORD, type TestApp } from '../app.ts'
import { Caller } from '../caller.ts'
import { TestVisitor } from '../visitor.ts'

export interface Principal {
  name: string
  caller: Caller
  /** The refusal's status, or `yes` for anything else. */
  may(access: Access): 'yes' | 401 | 403
}

const nobody = (access: Access) => (access === 'public' ? 'yes' : 401)
const stranger = (access: Access) => (typeof access === 'string' ? 'yes' : 403)
const withRole = (held: Role) => (access: Access) =>
  typeof access === 'string' || ROLES.indexOf(held) >= ROLES.indexOf(access.role) ? 'yes' : 403
const withScope = (held: Scope) => (access: Access) =>
  typeof access === 'string' || (access.scope !== null && (held === '*' || held === access.scope)) ? 'yes' : 403

export async function allPrincipals(app: TestApp): Promise<Principal[]> {
  return [...(await outsiders(app)), ...(await insiders(app))]
}

async function outsiders(app: TestApp): Promise<Principal[]> {
  const { url } = app
  const visitor = await TestVisitor.start(url, (await app.north.machine.get('/api/v1/channels')).body.items[0].key)
  const callers: [string, Caller][] = [
    ['nobody', new Caller(url)],
    ['an unknown cookie', new Caller(url, { cookie: 'better-auth.session_token=nonsense', origin: url })],
    ['an expired session', await expired(app)],
    ['a signed-out session', await signedOut(app)],
    ['an unknown key', Caller.withKey(url, `esk_${'x'.repeat(43)}`)],
    ['a revoked key', await deadKey(app, 'revoked_at = now()')],
    ['an expired key', await deadKey(app, `expires_at = now() - interval '1 second'`)],
    ['half a key', Caller.withKey(url, 'esk_')],
    ['a password', new Caller(url, { authorization: `Basic ${Buffer.from(`olga:${PASSWORD}`).toString('base64')}` })],
    ['a visitor', visitor.caller],
  ]
  return callers.map(([name, caller]) => ({ name, caller, may: nobody }))
}

async function insiders(app: TestApp): Promise<Principal[]> {
  const people: Principal[] = []
  for (const held of ROLES) people.push({ name: held, caller: await signUp(app, held), may: withRole(held) })
  const keys = SCOPES.map(async (held) => ({
    name: `key ${held}`,
    caller: await keyOf(app, held),
    may: withScope(held),
  }))
  return [
    ...people,
    ...(await Promise.all(keys)),
    { name: "another workspace's owner", caller: app.south.people.owner.caller, may: withRole('owner') },
    { name: 'a member who was removed', caller: await removed(app), may: stranger },
    { name: 'a person without a workspace', caller: await signUp(app, null), may: stranger },
  ]
}

/** A new person, signed in; of North when they have a role. */
export async function signUp(app: TestApp, held: Role | null): Promise<Caller> {
  const email = `${crypto.randomUUID()}@example.com`
  const user = await app.north.ctx.team.auth.createUser({ name: held ?? 'stranger', email, password: PASSWORD })
  if (held)
    await app.database.owner.query(
      'insert into member (workspace_id, user_id, name, email, role) values ($1, $2, $3, $4, $3)',
      [app.north.id, user.id, held, email],
    )
  return Caller.signIn(app.url, email, PASSWORD)
}

async function expired(app: TestApp): Promise<Caller> {
  const caller = await signUp(app, 'owner')
  await app.database.owner.query(
    `update auth.session set "expiresAt" = now() - interval '1 second' where id = (select id from auth.session order by "createdAt" desc limit 1)`,
  )
  return caller
}

async function signedOut(app: TestApp): Promise<Caller> {
  const caller = await signUp(app, 'owner')
  await caller.post('/api/auth/sign-out', {})
  return caller
}

async function removed(app: TestApp): Promise<Caller> {
  const caller = await signUp(app, 'admin')
  const { body } = await caller.get('/api/v1/me')
  await app.north.people.owner.caller.delete(`/api/v1/members/${body.member.id}`)
  return caller
}

async function keyOf({ url, north }: TestApp, held: Scope): Promise<Caller> {
  return Caller.withKey(url, (await createApiKey(north.ctx, { name: held, scopes: [held], expiresInDays: null })).key)
}

async function deadKey({ url, north, database }: TestApp, how: string): Promise<Caller> {
  const { key, id } = await createApiKey(north.ctx, { name: 'dead', scopes: ['*'], expiresInDays: null })
  await database.owner.query(`update api_key set ${how} where id = $1`, [id])
  return Caller.withKey(url, key)
}
