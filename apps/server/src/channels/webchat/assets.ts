/** The built widget, read once and kept compressed: the loader, and the app's script and style under names that change with them. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../platform/errors.ts'

export interface Asset {
  type: string
  etag: string
  plain: Buffer
  br: Buffer
  gzip: Buffer
}

export interface WidgetAssets {
  loader: Asset
  /** By file name. */
  files: Map<string, Asset>
  /** Names of the app's script and style. */
  script: string
  style: string
  /** Name of the tracker, which pages load only after their visitors' consent. */
  tracker: string
}

const TYPES: Record<string, string> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' }

/** Reads the folder that the widget was built into; asked again until it is there. */
export function widgetAssets(dir: string): () => Promise<WidgetAssets> {
  let loaded: Promise<WidgetAssets> | undefined
  return () => {
    loaded ??= load(dir).catch((cause: unknown) => {
      loaded = undefined
      throw new AppError('unavailable', { reason: 'The widget has not been built: run bin/start.' }, { cause })
    })
    return loaded
  }
}

async function load(dir: string): Promise<WidgetAssets> {
  const names = (await readdir(join(dir, 'assets'))).filter((name) => extensionOf(name) in TYPES)
  const files = new Map<string, Asset>()
  for (const name of names) files.set(name, await pack(join(dir, 'assets', name)))
  const find = (pattern: RegExp) => {
    const name = names.find((n) => pattern.test(n))
    if (name === undefined) throw new Error(`no ${pattern} in the built widget`)
    return name
  }
  return {
    loader: await pack(join(dir, 'widget.js')),
    files,
    script: find(/^app-[\w-]+\.js$/),
    style: find(/^app-[\w-]+\.css$/),
    tracker: find(/^tracker-[\w-]+\.js$/),
  }
}

async function pack(path: string): Promise<Asset> {
  const plain = await readFile(path)
  return {
    type: TYPES[extensionOf(path)]!,
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    plain,
    br: await promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    gzip: await promisify(gzip)(plain, { level: 9 }),
  }
}

const extensionOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

/** Sends an asset in the best encoding that is accepted. Any page may load it: the loader runs on our customers' pages. */
export function sendAsset(
  request: FastifyRequest,
  reply: FastifyReply,
  asset: Asset,
  cacheControl: string,
): FastifyReply {
  reply
    .type(asset.type)
    .header('etag', asset.etag)
    .header('cache-control', cacheControl)
    .header('vary', 'accept-encoding')
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('access-control-allow-origin', '*')
  if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send()
  const accepted = String(request.headers['accept-encoding'] ?? '')
  if (/\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(asset.br)
  if (/\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(asset.gzip)
  return reply.send(asset.plain)
}
