/** The embedded answerer on 154 articles in three languages: right article first, strangers refused, how fast. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { loadConfig } from '../apps/server/src/config.ts'
import { asSystem } from '../apps/server/src/platform/context.ts'
import { migrate } from '../apps/server/src/platform/migrate.ts'
import { startThrowawayDatabase } from '../apps/server/src/platform/postgres/index.ts'
import { openNode } from '../apps/server/src/services.ts'
import { createWorkspace } from '../apps/server/src/team/index.ts'
import { dropDatabase, onServer, withDatabase } from '../apps/server/src/test/database.ts'
import { figuresOf } from './answers/figures.ts'
import { fillKnowledge, type Judged, measure } from './answers/measure.ts'
import { type Part, readQuestions } from './answers/read-set.ts'
import type { Evaluation } from './evaluation.ts'

export const answers: Evaluation = {
  name: 'answers',
  about: 'the embedded answerer: right article first, out of scope refused, time of an answer',
  async run({ part, misses }) {
    const judged = await askAll(part)
    if (misses) for (const one of judged.filter((question) => !isGood(question))) process.stdout.write(missOf(one))
    return figuresOf(judged, `${part} questions`)
  },
}

/** Uses the server DATABASE_URL names, in a database of its own, or a throw-away one. */
async function askAll(part: Part): Promise<Judged[]> {
  const given = process.env.DATABASE_URL
  const server = given ? { url: given, stop: async () => {} } : await startThrowawayDatabase()
  const name = `eval_${process.pid}`
  await onServer(server.url, `create database ${name}`)
  const databaseUrl = withDatabase(server.url, name)
  const data = mkdtempSync(join(tmpdir(), 'earshot-eval-'))
  try {
    await migrate(databaseUrl)
    const config = { ...loadConfig({}, { data, port: '0' }), databaseUrl, baseUrl: 'http://127.0.0.1' }
    const node = await openNode(config, pino({ level: 'silent' }))
    try {
      const owner = () =>
        node.services.team.auth.createUser({ name: 'Eval', email: 'eval@example.com', password: 'eval eval eval eval' })
      const { workspaceId } = await createWorkspace(node.services, { name: 'Eval', start: 'empty', owner })
      const ctx = asSystem(node.services, workspaceId)
      const keys = await fillKnowledge(ctx)
      await analyze(databaseUrl)
      // The first questions pay for opening connections and compiling statements, as a service has done when it is asked.
      await measure(ctx, keys, readQuestions('tuning').slice(0, 5))
      return await measure(ctx, keys, readQuestions(part))
    } finally {
      await node.stop()
    }
  } finally {
    await dropDatabase(server.url, name)
    await server.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

async function analyze(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('vacuum analyze')
  await client.end()
}

const isGood = (one: Judged): boolean => (one.kind === 'out' ? one.isRefused : one.isRight)

const missOf = ({ language, kind, score, text, keys, named }: Judged): string =>
  `${language} ${kind.padEnd(5)} ${score.toFixed(2)}  ${text}\n        wanted ${keys.join(' + ') || 'none'}, named ${named.join(', ') || 'none'}\n`
