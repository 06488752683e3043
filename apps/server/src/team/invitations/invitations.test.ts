/** Invitations through HTTP and the database: sent, shown once, accepted once, in time, by whom they are for, and never more than one's own rights. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailStandIn, startMailStandIn } from '../../platform/mail/smtp-stand-in.fixture.ts'
import { PASSWORD, startTestApp, type TestApp } from '../../test/app.ts'
import { Caller } from '../../test/caller.ts'
import { until } from '../../test/until.ts'

let app: TestApp
let smtp: MailStandIn
beforeAll(async () => {
  smtp = await startMailStandIn()
  app = await startTestApp({ config: { mail: smtp.settings } })
})
afterAll(async () => {
  await app?.stop()
  await smtp?.stop()
})

const ALL = '/api/v1/invitations'
const stranger = () => new Caller(app.url)
const owner = () => app.north.people.owner.caller
const ask = (email: string, role = 'operator') => owner().post(ALL, { email, role })
const tokenOf = (link: string) => link.split('#')[1]!
const accept = (link: string, given: object = { name: 'Mia Sol', password: PASSWORD }, caller = stranger()) =>
  caller.post(`${ALL}/accept`, { token: tokenOf(link), ...given })
const open = async () => (await owner().get(ALL)).body.items as { id: string; email: string }[]

test('a person is written to, accepts by the link of the mail, and is signed in as a member with that role', async () => {
  const made = await ask('Mia@North.example', 'supervisor')
  expect(made).toMatchObject({ status: 201, body: { email: 'mia@north.example', role: 'supervisor', mailed: true } })
  const { link } = made.body
  await until(() => smtp.taken.some(({ to }) => to.includes('mia@north.example')), 'the mail arrives')
  const { raw } = smtp.taken.find(({ to }) => to.includes('mia@north.example'))!
  expect(raw.replace(/=\r?\n/g, '').replaceAll('=3D', '=')).toContain(tokenOf(link))
  const shown = await stranger().post(`${ALL}/read`, { token: tokenOf(link) })
  expect(shown.body).toMatchObject({ email: 'mia@north.example', role: 'supervisor', hasAccount: false })
  expect((await open()).map(({ email }) => email)).toContain('mia@north.example')

  const answer = await fetch(`${app.url}${ALL}/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: tokenOf(link), name: 'Mia Sol', password: PASSWORD }),
  })
  expect(answer.status).toBe(201)
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const me = await new Caller(app.url, { cookie, origin: app.url }).get('/api/v1/me')
  expect(me.body.member).toMatchObject({ name: 'Mia Sol', email: 'mia@north.example', role: 'supervisor' })
  expect(await open()).not.toContainEqual(expect.objectContaining({ email: 'mia@north.example' }))
  expect(await accept(link)).toMatchObject({ status: 404, body: { code: 'invitation.not_found' } })
  expect(await ask('mia@north.example')).toMatchObject({ status: 409, body: { code: 'member.exists' } })
  const log = (await owner().get('/api/v1/audit-log')).body.items as { action: string }[]
  expect(log.map(({ action }) => action)).toEqual(expect.arrayContaining(['invitation.sent', 'invitation.accepted']))
})

test('twenty who accept with one link at once become one member', async () => {
  const { link } = (await ask('race@north.example')).body
  const answers = await Promise.all(Array.from({ length: 20 }, () => accept(link)))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(404)])
  const { rows } = await app.database.owner.query(`select 1 from member where email = 'race@north.example'`)
  expect(rows).toHaveLength(1)
})

test('a link ends when it is sent again, taken back, or too old; the table holds no link', async () => {
  const first = (await ask('lee@north.example')).body
  expect(await ask('LEE@north.example')).toMatchObject({ status: 409, body: { code: 'invitation.exists' } })
  const second = (await owner().post(`${ALL}/${first.id}/resend`, {})).body
  expect((await accept(first.link)).body.code).toBe('invitation.not_found')
  const { rows } = await app.database.owner.query('select * from invitation where id = $1', [first.id])
  expect(JSON.stringify(rows)).not.toContain(tokenOf(second.link))
  expect((await owner().delete(`${ALL}/${first.id}`)).status).toBe(200)
  expect((await accept(second.link)).body.code).toBe('invitation.not_found')
  expect((await owner().delete(`${ALL}/${first.id}`)).status).toBe(404)

  const late = (await ask('late@north.example')).body
  await app.database.owner.query(`update invitation set expires_at = now() - interval '1 s' where id = $1`, [late.id])
  expect((await stranger().post(`${ALL}/read`, { token: tokenOf(late.link) })).status).toBe(404)
  expect((await accept(late.link)).status).toBe(404)
  expect(await open()).toContainEqual(expect.objectContaining({ email: 'late@north.example' }))
})

test('whoever has an account joins with it, and a link is no way to take it over', async () => {
  const { rows } = await app.database.owner.query(`select email from member where id = $1`, [
    app.south.people.ana.memberId,
  ])
  const { link } = (await ask(rows[0].email)).body
  expect((await stranger().post(`${ALL}/read`, { token: tokenOf(link) })).body.hasAccount).toBe(true)
  expect((await accept(link)).body.code).toBe('invitation.sign_in')
  expect((await accept(link, {}, app.south.people.ben.caller)).body.code).toBe('invitation.sign_in')
  expect((await accept(link, {}, app.south.people.ana.caller)).status).toBe(201)
  const me = (await app.south.people.ana.caller.get('/api/v1/me')).body
  expect(me.workspaces.map(({ id }: { id: string }) => id).sort()).toEqual([app.north.id, app.south.id].sort())
})

test('an account without a name or a good password is none, and the link stays good', async () => {
  const { link } = (await ask('weak@north.example')).body
  expect((await accept(link, { name: 'Weak', password: 'short' })).status).toBe(400)
  expect((await accept(link, {})).status).toBe(400)
  expect((await accept(link)).status).toBe(201)
})

test('nobody hands out more than they have', async () => {
  await app.database.owner.query(`update member set role = 'admin' where id = $1`, [app.north.people.ben.memberId])
  const admin = app.north.people.ben.caller
  expect((await admin.post(ALL, { email: 'boss@north.example', role: 'owner' })).status).toBe(403)
  expect((await app.north.machine.post(ALL, { email: 'boss@north.example', role: 'viewer' })).status).toBe(403)
  expect((await app.north.people.ana.caller.post(ALL, { email: 'x@north.example', role: 'viewer' })).status).toBe(403)
  const boss = (await ask('boss@north.example', 'owner')).body
  expect((await admin.post(`${ALL}/${boss.id}/resend`, {})).status).toBe(403)
  await app.database.owner.query(`update member set role = 'operator' where id = $1`, [app.north.people.ben.memberId])
})

test('a workspace is no mail gun', async () => {
  const asked = await Promise.all(
    Array.from({ length: 45 }, (_, n) =>
      app.south.people.owner.caller.post(ALL, { email: `n${n}@x.example`, role: 'viewer' }),
    ),
  )
  const refused = asked.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThanOrEqual(5)
  expect(refused[0]!.body.code).toBe('request.rate_limited')
})
