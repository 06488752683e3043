/** The two documents of the widget's app: the frame that `/widget.js` opens on customers' pages, and the hosted chat page. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Services, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { findByKey } from '../queries.ts'
import { isChat, readSettings } from '../settings.ts'
import { sendAsset, type WidgetAssets, widgetAssets } from './assets.ts'
import { findChatChannel } from './queries.ts'
import { isUnwilling } from './track.ts'

const YEAR = 'public, max-age=31536000, immutable'
const SHORT = 'public, max-age=300'

export interface PageParts {
  services: Services
  /** The folder that the widget was built into. */
  distDir: string
  /** Set when the widget has an origin of its own: documents asked for elsewhere are sent there. */
  ownOrigin?: string | undefined
  /** Where the sound of calls comes from, as this request reaches us. */
  mediaSource?: (request: { host: string; protocol: string }) => string | null
}

export function pageRoutes(app: FastifyInstance, { services, distDir, ownOrigin, mediaSource }: PageParts): void {
  const assets = widgetAssets(distDir)
  const config = { access: { raw: 'public: the widget as anybody loads it' } }

  app.get('/widget.js', { config }, async (request, reply) => sendAsset(request, reply, (await assets()).loader, SHORT))
  app.get('/widget/assets/:name', { config }, async (request, reply) => {
    const asset = (await assets()).files.get((request.params as { name: string }).name)
    return asset ? sendAsset(request, reply, asset, YEAR) : reply.callNotFound()
  })

  // The launcher's colour, before anything else of the chat is loaded; and whether there is a chat at all.
  app.get('/widget/v1/look/:channelKey', { config }, async (request, reply) => {
    const channel = await findOpenChannel(services, (request.params as { channelKey: string }).channelKey)
    reply.header('access-control-allow-origin', '*').header('cache-control', SHORT).header('vary', 'dnt, sec-gpc')
    if (!channel) throw new AppError('channel.not_found')
    const mayTrack = channel.tracking && !isUnwilling(request)
    return { color: channel.color, ...(mayTrack ? { tracker: `/widget/assets/${(await assets()).tracker}` } : {}) }
  })

  const page = (mode: 'frame' | 'page') => async (request: FastifyRequest, reply: FastifyReply) => {
    if (ownOrigin && request.host.toLowerCase() !== new URL(ownOrigin).host)
      return reply.redirect(ownOrigin + request.url)
    const { channelKey } = request.params as { channelKey: string }
    const channel = await findOpenChannel(services, channelKey)
    if (!channel) return sendPage(reply.code(404), goneDocument(), "'none'")
    const ancestors = mode === 'page' ? "'none'" : frameAncestors(channel.allowedOrigins)
    return sendPage(
      reply,
      appDocument(await assets(), channelKey, channel.title, mode),
      ancestors,
      services.fileLinks.origin,
      mediaSource?.(request) ?? '',
    )
  }
  app.get('/widget/frame/:channelKey', { config }, page('frame'))
  app.get('/chat/:channelKey', { config }, page('page'))
}

interface OpenChannel {
  title: string
  color: string
  tracking: boolean
  allowedOrigins: string[]
}

async function findOpenChannel(services: Services, key: string): Promise<OpenChannel | undefined> {
  const found = /^[\w-]{1,100}$/.test(key) ? await findByKey(services.db, key) : undefined
  if (!found) return undefined
  const row = await transact({ ...services, workspaceId: found.workspaceId }, (tx) =>
    findChatChannel(tx, found.workspaceId, found.id),
  )
  if (!row || !isChat(row.kind)) return undefined
  const { color, tracking, allowedOrigins } = readSettings(row.settings)
  return { title: row.workspaceName, color, tracking, allowedOrigins }
}

/** The list has been checked to hold origins only; an empty one lets any page embed the widget. */
const frameAncestors = (origins: string[]): string =>
  origins.length === 0 ? '*' : ["'self'", ...origins.filter((o) => /^https?:\/\/[^\s;,/]+$/.test(o))].join(' ')

/** No inline script or style, nothing from elsewhere, no HTML made from text. */
function sendPage(
  reply: FastifyReply,
  html: string,
  frameAncestors: string,
  filesOrigin = '',
  mediaSource = '',
): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header(
      'content-security-policy',
      `default-src 'none'; script-src 'self'; style-src 'self'; connect-src ${`'self' ${mediaSource}`.trimEnd()}; ` +
        `img-src 'self' data: blob: ${filesOrigin}; media-src 'self' ${filesOrigin}; base-uri 'none'; form-action 'none'; ` +
        `frame-ancestors ${frameAncestors}; require-trusted-types-for 'script'`,
    )
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('permissions-policy', 'camera=(), microphone=(self), geolocation=()')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('cache-control', 'no-cache')
    .send(html)
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

function appDocument({ script, style }: WidgetAssets, key: string, title: string, mode: 'frame' | 'page'): string {
  return `<!doctype html>
<html lang="en" data-channel="${escapeHtml(key)}" data-mode="${mode}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/widget/assets/${style}">
<script type="module" src="/widget/assets/${script}"></script>
</head>
<body><noscript>This chat needs JavaScript.</noscript></body>
</html>
`
}

const goneDocument = (): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex"><title>No chat here</title><link rel="icon" href="data:,"></head>
<body><main><h1>There is no chat at this address</h1><p>It may have been closed. Please look for a new link where you found this one.</p></main></body></html>
`
