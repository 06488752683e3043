/** The service under the ingest bench, with one more route: the same authentication and checks, then one bare INSERT. */

import pg from 'pg'
import { pino } from 'pino'
import { startApp } from '../apps/server/src/app.ts'
import { parse } from '../apps/server/src/platform/bind.ts'
import type { AppConfig } from '../apps/server/src/services.ts'
import { createEdge } from '../apps/server/src/team/index.ts'
import { ingestMessage } from '../packages/contracts/src/index.ts'

const config = JSON.parse(process.argv[2]!) as AppConfig
const pool = new pg.Pool({ connectionString: config.databaseUrl, max: 32, options: '-c search_path=earshot' })
const someId = crypto.randomUUID()

const app = await startApp(config, pino({ level: 'silent' }), (http, services) => {
  const edge = createEdge(services)
  http.post('/bench/bare', { config: { access: { raw: 'bench' } } }, async (request, reply) => {
    await edge.authenticate(request, ingestMessage.access)
    const { message } = parse(ingestMessage.body, request.body)
    await pool.query({
      name: 'bare',
      text: "insert into bare (conversation_id, position, kind, author_kind, text) values ($1, 1, 'message', $2, $3)",
      values: [someId, message.author, message.text],
    })
    return reply.code(201).send(ingestMessage.reply.parse({ conversationId: someId, position: 1, duplicate: false }))
  })
})
process.send?.(Number(new URL(app.url).port))
process.on(
  'disconnect',
  () =>
    void app
      .stop()
      .then(() => pool.end())
      .then(() => process.exit(0)),
)
