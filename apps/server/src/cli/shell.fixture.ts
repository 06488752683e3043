/** A shell in a test: a database of its own with one workspace, a folder for files, and commands that run in this process. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { createTestDatabase } from '../test/database.ts'
import { run } from './run.ts'

export const SAMPLES = fileURLToPath(new URL('../../../../samples/', import.meta.url))

export type Shell = Awaited<ReturnType<typeof openShell>>

/** The workspace is called North. */
export async function openShell() {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-shell-'))
  const database = await createTestDatabase()
  const env = { DATABASE_URL: database.url, EARSHOT_DATA: join(folder, 'data') }
  const earshot = async (args: string[], input: string | Buffer = '', isWatched = false) => {
    const ran = { out: '', err: '' }
    const code = await run(args, {
      env,
      input: Readable.from([Buffer.from(input)]),
      out: (text) => {
        ran.out += text
      },
      err: (text) => {
        ran.err += text
      },
      isWatched,
    })
    return { code, ...ran }
  }
  const user = ['user', 'create', '--email', 'ada@example.com', '--password-stdin', '--role', 'owner']
  await earshot([...user, '--workspace', 'North'], 'correct horse battery')
  const { rows } = await database.owner.query('select workspace_id from workspace')
  const north: string = rows[0].workspace_id
  return {
    database,
    folder,
    env,
    north,
    earshot,
    file(name: string, content: string | Buffer): string {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    },
    /** Another workspace of the same installation, with the same stages. */
    async addWorkspace(name: string): Promise<void> {
      await database.owner.query(
        `with made as (insert into workspace (name) values ($1) returning workspace_id)
         insert into stage (workspace_id, key, name, category, position)
           select made.workspace_id, s.key, s.name, s.category, s.position from made, stage s where s.workspace_id = $2`,
        [name, north],
      )
    },
    /** Conversations of North whose external id is like this. */
    async count(pattern: string): Promise<number> {
      const found = await database.owner.query(
        'select count(*)::int as count from conversation where workspace_id = $1 and external_id like $2',
        [north, pattern],
      )
      return found.rows[0].count
    },
    async stop() {
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** One line of the data format. */
export const said = (id: string, text: string): string =>
  JSON.stringify({
    id,
    source: 'T',
    messages: [
      { id: 'm1', role: 'user', text },
      { id: 'm2', role: 'assistant', text: 'Hello' },
    ],
  })

/** What `--json` says at the end. */
export const sumOf = (out: string) => JSON.parse(out.trim().split('\n').at(-1)!).summary
