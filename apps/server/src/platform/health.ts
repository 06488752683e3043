/** Liveness, readiness and metrics. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Db } from './db.ts'

export interface HealthParts {
  db: Db
  /** Sampled when metrics are read: name → what it means and how to read it. */
  gauges: Record<string, { help: string; read(): number }>
  isStopping(): boolean
}

const config = { access: { raw: 'health and metrics say nothing about customers' } }

export function healthRoutes(app: FastifyInstance, { db, gauges, isStopping }: HealthParts): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const [name, { help, read }] of Object.entries(gauges)) {
    new Gauge({
      name: `earshot_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  }
  const answered = new Histogram({
    name: 'earshot_http_request_seconds',
    help: 'Time from request to answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: String(reply.statusCode),
    }
    answered.observe(labels, reply.elapsedTime / 1000)
  })

  app.get('/healthz', { config }, async () => ({ ok: true }))
  app.get('/readyz', { config }, async (_request, reply) => {
    const ready = !isStopping() && (await isAnswering(db))
    return reply.code(ready ? 200 : 503).send({ ok: ready })
  })
  app.get('/metrics', { config }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
}

async function isAnswering(db: Db): Promise<boolean> {
  try {
    await sql`select 1`.execute(db)
    return true
  } catch {
    return false
  }
}
