/** The composition root: the only file that knows every slice. Binds the routes, starts followers and sweeps. */
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { agentRoutes, Turns } from './agents/index.ts'
import { alertRoutes, callAlertWebhooks, lookAtAlerts, pruneAlerts } from './alerts/index.ts'
import { describeOwnApi } from './api-description.ts'
import { audioRoutes, fetchAudio, makePeaks } from './audio/index.ts'
import { mediaSourceOf } from './calls/engine/index.ts'
import { callRoutes, followCalls, settleDue as settleCalls, startVoiceAgents, tendQueuedCalls } from './calls/index.ts'
import { lineRoutes } from './calls/lines/index.ts'
import { clearRemains, keepRecordings, recordingRoutes, removeExpiredRecordings } from './calls/recording/index.ts'
import { speechRoutes } from './calls/speech/index.ts'
import { keepTrunks, openSipEdge, sipRoutes } from './calls/telephony/sip/index.ts'
import { twilioRoutes } from './calls/telephony/twilio/index.ts'
import { callPeopleRoutes, webCallRoutes } from './calls/web/index.ts'
import { channelRoutes, liftExpiredBlocks, VisitorStreams, webchatRoutes } from './channels/index.ts'
import { repositoryDir } from './config.ts'
import { contactRoutes } from './contacts/index.ts'
import {
  conversationRoutes,
  foldCells,
  foldTags,
  Indexer,
  pruneChanges,
  pruneMerges,
  wakeDue,
} from './conversations/index.ts'
import { deletionRoutes, sweepDeletions } from './deletions/index.ts'
import { exportRoutes, sweepExports } from './exports/index.ts'
import { fileRoutes, sweepUnattachedFiles } from './files/index.ts'
import { followUpRoutes, sweepFollowUps } from './followups/index.ts'
import { hoursRoutes } from './hours/index.ts'
import { ingestRoutes } from './ingest/index.ts'
import { groupQuestions, insightRoutes } from './insights/index.ts'
import { JobRunner, jobRoutes, pruneJobs } from './jobs/index.ts'
import { knowledgeRoutes } from './knowledge/index.ts'
import { followNotifications, notificationRoutes, pruneNotifications, sendPushes } from './notifications/index.ts'
import { binder } from './platform/bind.ts'
import { processSecret } from './platform/children.ts'
import type { Services } from './platform/context.ts'
import { dashboardRoutes } from './platform/dashboard.ts'
import { foldCounters, pruneEvents } from './platform/events.ts'
import { followDurably } from './platform/follower.ts'
import { type HealthParts, healthRoutes } from './platform/health.ts'
import { createHttp } from './platform/http.ts'
import type { Log } from './platform/log.ts'
import { pruneMails, sendDueMails } from './platform/mail/index.ts'
import { apiDescriptionRoutes } from './platform/openapi/index.ts'
import { type Sweep, startSweeps } from './platform/sweep.ts'
import { beatOperators, queueRoutes, sweepQueues } from './queue/index.ts'
import { Hub, realtimeRoutes } from './realtime/index.ts'
import { replyRoutes } from './replies/index.ts'
import { briefHandoffs, followTalks, refineBriefs, refineReviews, reviewRoutes, reviewSweep } from './reviews/index.ts'
import { type AppConfig, type Node, openNode } from './services.ts'
import { authRoutes, createEdge, pruneStoredReplies, teamRoutes } from './team/index.ts'
import { viewRoutes } from './views/index.ts'
import { callWebhooks, visitRoutes } from './visits/index.ts'

export interface App {
  url: string
  node: Node
  http: FastifyInstance
  stop(): Promise<void>
}

const MINUTE = 60_000

/** Starts one node on a migrated database. Several may run on the same one. `extend` adds routes before it listens (benches). */
export async function startApp(
  config: AppConfig,
  log: Log,
  extend?: (http: FastifyInstance, services: Services) => void,
): Promise<App> {
  const node = await openNode(config, log)
  const hub = new Hub(node)
  const visitors = new VisitorStreams(node)
  const indexer = new Indexer(node)
  const http = createHttp({ log, trustProxy: config.trustProxy })
  let stopping = false
  healthRoutes(http, {
    db: node.database.db,
    gauges: gaugesOf(node, hub, visitors, indexer),
    isStopping: () => stopping,
  })
  await bindRoutes(http, node, hub, visitors)
  extend?.(http, node.services)
  const sweeps = startSweeps(sweepsOf(node, hub), log)
  const url = await http.listen({ host: config.host, port: config.port })
  const voices = startVoiceAgents(node, http.server, url)
  const turns = new Turns(node)
  const calls = followCalls(node)
  const trunks = keepTrunks(node.services, node.feed, openSipEdge(config.edgeUrl, processSecret(config.secret)))
  const jobs = new JobRunner(node)
  const notifier = followNotifications(node)
  const observer = followTalks(node)
  const briefer = followDurably(node, 'reviews.brief', (events) => briefHandoffs(node.services, events))
  return {
    url,
    node,
    http,
    async stop() {
      if (stopping) return
      stopping = true
      hub.stop()
      visitors.stop()
      await voices.stop()
      await http.close()
      await calls.stop()
      trunks.stop()
      await turns.stop()
      node.services.exporting.stopping = true
      await jobs.stop()
      await indexer.stop()
      await observer.stop()
      await notifier.stop()
      await briefer.stop()
      await sweeps.stop()
      await node.stop()
    },
  }
}

async function bindRoutes(http: FastifyInstance, node: Node, hub: Hub, visitors: VisitorStreams): Promise<void> {
  const { services, config, bus } = node
  const edge = createEdge(services)
  const bind = binder(http, edge)
  authRoutes(http, { auth: services.team.auth, baseUrl: config.baseUrl })
  teamRoutes(bind)
  hoursRoutes(bind)
  jobRoutes(bind)
  contactRoutes(bind)
  await fileRoutes(http, bind, services)
  conversationRoutes(bind)
  viewRoutes(bind)
  audioRoutes(bind)
  channelRoutes(bind)
  visitRoutes(bind)
  const { secret, widgetOrigin: ownOrigin } = config
  const ownOrigins = [config.baseUrl, services.widgetOrigin]
  const mediaSource = ({ host, protocol }: { host: string; protocol: string }) =>
    mediaSourceOf(config, { host, secure: protocol === 'https' })
  webchatRoutes(http, { services, bus, streams: visitors, secret, ownOrigin, ownOrigins, mediaSource, repositoryDir })
  knowledgeRoutes(bind)
  agentRoutes(bind)
  speechRoutes(bind)
  lineRoutes(bind)
  twilioRoutes(http, services)
  sipRoutes(http, services, processSecret(secret))
  recordingRoutes(bind)
  queueRoutes(bind)
  replyRoutes(bind)
  followUpRoutes(bind)
  notificationRoutes(bind)
  alertRoutes(bind)
  reviewRoutes(bind)
  callRoutes(bind)
  callPeopleRoutes(bind)
  webCallRoutes(http, { services, secret, ownOrigins })
  insightRoutes(bind)
  exportRoutes(http, bind, services)
  deletionRoutes(bind)
  ingestRoutes(bind)
  realtimeRoutes(bind, { hub, bus, edge })
  apiDescriptionRoutes(http, describeOwnApi)
  await dashboardRoutes(http, join(repositoryDir, 'apps/web/dist'), { filesOrigin: config.filesOrigin, mediaSource })
}

function sweepsOf({ config, database, services }: Node, hub: Hub): Sweep[] {
  const { db } = database
  // The setting's default leaves the delay to each workspace; any other value counts for all of them.
  const afterSeconds = config.reviewAfterSeconds === 600 ? null : config.reviewAfterSeconds
  return [
    { name: 'review', everyMs: 5000, run: reviewSweep({ services, afterSeconds }) },
    { name: 'refine briefs', everyMs: 1000, run: () => refineBriefs(services) },
    { name: 'refine reviews', everyMs: 2000, run: () => refineReviews(services) },
    { name: 'group questions', everyMs: 2000, run: () => groupQuestions(services) },
    { name: 'fold counters', everyMs: MINUTE / 2, run: () => foldCounters(db) },
    { name: 'fold cells', everyMs: MINUTE / 2, run: () => foldCells(db) },
    { name: 'fold tags', everyMs: MINUTE / 2, run: () => foldTags(services) },
    { name: 'prune events', everyMs: 60 * MINUTE, run: () => pruneEvents(db, '3 days') },
    { name: 'settle calls', everyMs: 500, run: () => settleCalls(services) },
    { name: 'callers who wait', everyMs: 1000, run: () => tendQueuedCalls(services) },
    { name: 'queues', everyMs: 1000, run: () => sweepQueues(services) },
    { name: 'operators here', everyMs: 10_000, run: () => beatOperators(services, hub.screens.seats()) },
    { name: 'wake', everyMs: 1000, run: () => wakeDue(services) },
    { name: 'follow up', everyMs: 5000, run: () => sweepFollowUps(services) },
    { name: 'send pushes', everyMs: 1000, run: () => sendPushes(services) },
    { name: 'look at alerts', everyMs: 5000, run: () => lookAtAlerts(services) },
    { name: 'call webhooks of alerts', everyMs: 1000, run: () => callAlertWebhooks(services) },
    { name: 'prune alerts', everyMs: 60 * MINUTE, run: () => pruneAlerts(services) },
    { name: 'send mails', everyMs: 1000, run: () => sendDueMails(services) },
    { name: 'call webhooks', everyMs: 1000, run: () => callWebhooks(services) },
    { name: 'prune mails', everyMs: 60 * MINUTE, run: () => pruneMails(services) },
    { name: 'prune notifications', everyMs: 60 * MINUTE, run: () => pruneNotifications(services) },
    { name: 'prune changes', everyMs: 60 * MINUTE, run: () => pruneChanges(services) },
    { name: 'prune merges', everyMs: 60 * MINUTE, run: () => pruneMerges(services) },
    { name: 'prune jobs', everyMs: 60 * MINUTE, run: () => pruneJobs(services) },
    { name: 'finish deletions', everyMs: 5000, run: () => sweepDeletions(services) },
    { name: 'remove expired exports', everyMs: MINUTE, run: () => sweepExports(services) },
    { name: 'prune stored replies', everyMs: 60 * MINUTE, run: () => pruneStoredReplies(services) },
    { name: 'lift expired blocks', everyMs: MINUTE, run: () => liftExpiredBlocks(services) },
    { name: 'sweep unattached files', everyMs: 60 * MINUTE, run: () => sweepUnattachedFiles(services) },
    { name: 'fetch audio', everyMs: 3000, run: () => fetchAudio(services, { allowed: config.allowPrivateAddresses }) },
    { name: 'keep recordings', everyMs: 1000, run: () => keepRecordings(services) },
    { name: 'remove expired recordings', everyMs: 10 * MINUTE, run: () => removeExpiredRecordings(services) },
    { name: 'clear remains of calls', everyMs: 5000, run: () => clearRemains(services) },
    { name: 'make audio peaks', everyMs: 3000, run: () => makePeaks(services) },
    { name: 'prune accounts', everyMs: 60 * MINUTE, run: () => services.team.auth.prune() },
  ]
}

const gaugesOf = (node: Node, hub: Hub, visitors: VisitorStreams, { stats }: Indexer): HealthParts['gauges'] => ({
  live_streams: { help: 'Dashboards connected to this node.', read: () => hub.screens.all().length },
  visitor_streams: { help: 'Visitors connected to this node.', read: () => visitors.count },
  feed_behind_seconds: { help: 'How far this node is behind the event feed.', read: () => hub.behindMs() / 1000 },
  append_waiting: { help: 'Entries accepted and not yet committed.', read: () => node.writer.waiting },
  append_items_total: { help: 'Entries sent to the database.', read: () => node.writer.stats.items },
  append_batches_total: { help: 'Transactions they were sent in.', read: () => node.writer.stats.batches },
  search_behind: {
    help: 'Conversations the search index is behind with, where this node leads.',
    read: () => stats.behind,
  },
  search_indexed_total: { help: 'Conversations this node indexed.', read: () => stats.conversations },
  search_index_seconds_total: { help: 'How long that took.', read: () => stats.busyMs / 1000 },
  search_index_failures_total: { help: 'Conversations that could not be indexed.', read: () => stats.failed },
})
