/** Two walls stand between workspaces: the application's conditions and row level security. Each one alone holds. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inWorkspace } from '../../platform/db.ts'
import { startTestApp, type TestApp } from '../app.ts'
import { allCrossings, type Crossing } from './crossing.ts'
import { tablesWithWorkspace } from './digest.ts'
import { expectSouthUnreachable, expectSouthUnseen } from './isolated.ts'
import { maker } from './maker.ts'
import { ENDPOINTS } from './requests.ts'
import { withoutApplicationWall } from './without-application-wall.ts'

let app: TestApp
let tables: string[]
/** Made once: what is refused uses nothing up. */
let crossings: Crossing[]
beforeAll(async () => {
  app = await startTestApp()
  tables = await tablesWithWorkspace(app)
  crossings = await allCrossings(app)
})
afterAll(() => app?.stop())

const LISTS = ENDPOINTS.filter(({ method, path }) => method === 'GET' && !path.includes(':'))

const owner = () => app.north.people.owner.caller
const foreignConversation = () => maker(app, app.south).conversation()

async function withoutRowSecurity(run: () => Promise<void>): Promise<void> {
  const all = async (change: string, tries = 10): Promise<void> => {
    try {
      await app.database.owner.query(tables.map((t) => `alter table ${t} ${change}`).join(';'))
    } catch (error) {
      // Sweeps hold some of them, in another order.
      if ((error as { code?: string }).code !== '40P01' || tries <= 1) throw error
      await all(change, tries - 1)
    }
  }
  await all('disable row level security, no force row level security')
  await run().finally(() => all('enable row level security, force row level security'))
}

async function withoutConditions(run: () => Promise<void>): Promise<void> {
  const { services } = app.app.node
  const walled = services.db
  services.db = walled.withPlugin(withoutApplicationWall)
  await run().finally(() => {
    services.db = walled
  })
}

test('with row level security off, the conditions of the application keep the other workspace out', async () => {
  await withoutRowSecurity(async () => {
    const open = await inWorkspace(app.app.node.services.db, app.north.id, (tx) =>
      tx.selectFrom('contact').select('workspaceId').distinct().execute(),
    )
    expect(open, 'the wall is down').toHaveLength(2)
    await expectSouthUnreachable(app, [owner()], crossings)
    await expectSouthUnseen(app)
  })
})

test('with the conditions of the application gone, row level security keeps the other workspace out', async () => {
  await withoutConditions(async () => {
    await expectSouthUnreachable(app, [owner()], crossings)
    await expectSouthUnseen(app)
  })
})

test('with both walls down the other workspace is seen, so the tests above look at what they say', async () => {
  const id = await foreignConversation()
  // To read is enough here: what writes would change both workspaces, and the tests after this one.
  const readings = crossings.filter(({ endpoint }) => endpoint.method === 'GET')
  await withoutRowSecurity(() =>
    withoutConditions(async () => {
      expect((await owner().get(`/api/v1/conversations/${id}`)).status).toBe(200)
      await expect(expectSouthUnreachable(app, [owner()], readings)).rejects.toThrow()
      await expect(expectSouthUnseen(app, LISTS)).rejects.toThrow()
    }),
  )
})

test("inside one workspace's transaction no table shows, changes or takes a row of another", async () => {
  await foreignConversation()
  for (const table of tables) {
    const inNorth = (statement: string) =>
      inWorkspace(app.app.node.database.db, app.north.id, (tx) => sql.raw<{ n: number }>(statement).execute(tx))
    const { rows } = await inNorth(`select count(*)::int as n from ${table} where workspace_id <> '${app.north.id}'`)
    expect(rows, table).toEqual([{ n: 0 }])
    await expect(
      inNorth(`insert into ${table} (workspace_id) values ('${app.south.id}')`),
      table,
    ).rejects.toMatchObject({
      code: '42501',
    })
    for (const change of [`update ${table} set workspace_id = workspace_id`, `delete from ${table}`]) {
      const done = await inNorth(`${change} where workspace_id = '${app.south.id}'`).catch((error) => error.code)
      if (done !== '42501') expect(done.numAffectedRows, `${change}`).toBe(0n)
    }
  }
})

test('without a workspace every table answers with an error, not with an empty list', async () => {
  const fresh = await app.app.node.database.connect('test')
  for (const table of tables) {
    await expect(fresh.query(`select from ${table}`), table).rejects.toMatchObject({ code: '42704' })
  }
  await fresh.query(`begin; set local earshot.workspace_id = '${app.north.id}'; select from contact; commit`)
  for (const table of tables) {
    await expect(fresh.query(`select from ${table}`), table).rejects.toMatchObject({ code: '22P02' })
  }
  await fresh.end()
  await expect(inWorkspace(app.app.node.database.db, '', async () => {})).rejects.toThrow('not a workspace id')
})
