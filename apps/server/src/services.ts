/** The services of one node, put together; also what the command line works with. */
import { join } from 'node:path'
import { createEmbeddedAnalyzer } from '@earshot/analysis'
import { createDefaultAgent, openAgents, replayJob } from './agents/index.ts'
import { hubParts } from './calls/engine/index.ts'
import { openCalls } from './calls/index.ts'
import { callSound } from './calls/recording/index.ts'
import { openSpeech } from './calls/speech/index.ts'
import { askTrunkTest, openSipEdge } from './calls/telephony/sip/index.ts'
import { createDefaultChannels } from './channels/index.ts'
import type { Config } from './config.ts'
import { bulkKind, changeTagKind, emptyStageKind, undoBulkKind, Writer } from './conversations/index.ts'
import { deletionJob } from './deletions/index.ts'
import { exportJob } from './exports/index.ts'
import { createFileLinks } from './files/index.ts'
import { jobKinds } from './jobs/index.ts'
import { createSampleArticles, importJob } from './knowledge/index.ts'
import { openPush } from './notifications/index.ts'
import { type Bus, startBus } from './platform/bus.ts'
import { processSecret } from './platform/children.ts'
import type { Services } from './platform/context.ts'
import { snapshotsOf } from './platform/copy-out.ts'
import { type Database, openDatabase } from './platform/db.ts'
import { type Feed, startFeed } from './platform/feed.ts'
import { openFileStore } from './platform/files.ts'
import type { Log } from './platform/log.ts'
import { openMail } from './platform/mail/index.ts'
import { openQueue } from './queue/index.ts'
import { backfillJob } from './reviews/index.ts'
import { openTeam, type WorkspaceHook } from './team/index.ts'
import { VERSION } from './version.ts'
import { openGeo, openTriggerCalls } from './visits/index.ts'

export type AppConfig = Config & { databaseUrl: string }

export interface Node {
  config: AppConfig
  log: Log
  database: Database
  feed: Feed
  bus: Bus
  writer: Writer
  services: Services
  stop(): Promise<void>
}

/** What a new workspace is furnished with, in this order. */
const FURNISH: WorkspaceHook[] = [
  async (ctx) => void (await createDefaultAgent(ctx)),
  async (ctx) => void (await createDefaultChannels(ctx)),
  async (ctx) => createSampleArticles(ctx),
  // Read only when it is wanted: a start has no use for it.
  async (ctx, { start }) => (start === 'sample' ? (await import('./demo/index.ts')).fillWithSamples(ctx) : undefined),
]

/** Opens connections and services on a migrated database; nothing listens or runs by itself yet. */
export async function openNode(config: AppConfig, log: Log): Promise<Node> {
  const database = openDatabase(config.databaseUrl, {
    onError: (error) => log.debug({ err: error }, 'a connection ended'),
  })
  const feed = await startFeed(database, log)
  const bus = await startBus(database.db, feed, log)
  const writer = new Writer({ connect: database.connect })
  const { databaseUrl, secret, baseUrl } = config
  const team = openTeam(
    { databaseUrl, secret, baseUrl, version: VERSION },
    { db: database.db, log, feed, onWorkspaceCreated: FURNISH },
  )
  const sipEdge = openSipEdge(config.edgeUrl, processSecret(secret))
  const services: Services = {
    db: database.db,
    log,
    append: writer.append,
    openSnapshot: snapshotsOf(database),
    exporting: { stopping: false },
    team,
    files: await openFileStore({ dir: join(config.dataDir, 'files'), s3: config.s3 }),
    fileLinks: createFileLinks({ secret, origin: config.filesOrigin }),
    otherSound: [callSound],
    widgetOrigin: config.widgetOrigin ?? baseUrl,
    agents: openAgents(config),
    twilioUrl: config.twilioUrl,
    testTrunk: (id) => askTrunkTest(services, sipEdge, id),
    speech: openSpeech(config),
    queue: openQueue(),
    calls: openCalls(config, { bus, edge: sipEdge, ...hubParts(config, processSecret(secret)) }),
    push: openPush(config),
    mail: openMail(config.mail),
    triggerCalls: openTriggerCalls(config),
    analyzer: createEmbeddedAnalyzer(),
    geo: await openGeo({ countryFile: config.geoipCountryFile, cityFile: config.geoipCityFile }, log),
    // Every kind of job a node can run.
    jobKinds: jobKinds(
      bulkKind,
      undoBulkKind,
      emptyStageKind,
      changeTagKind,
      exportJob,
      deletionJob,
      replayJob,
      importJob,
      backfillJob,
    ),
  }
  return {
    config,
    log,
    database,
    feed,
    bus,
    writer,
    services,
    async stop() {
      await writer.stop()
      await bus.flush()
      await feed.stop()
      services.mail.close()
      services.speech.espeak.stop()
      await team.stop()
      await database.stop()
    },
  }
}
