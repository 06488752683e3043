/** The S3 driver of the file store: requests signed by aws4fetch, bodies streamed from the disk. */
import { openAsBlob } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { AwsClient } from 'aws4fetch'
import { AppError } from './errors.ts'
import type { ByteRange, FileDriver, Written } from './files-driver.ts'

export interface S3Settings {
  endpoint: string
  bucket: string
  region: string
  accessKey: string
  secretKey: string
}

const ANSWER_MS = 60_000
const TRIES = 3

/** Path-style addresses, which every S3 compatible store understands. */
export function openS3Driver(settings: S3Settings): FileDriver {
  const client = new AwsClient({
    accessKeyId: settings.accessKey,
    secretAccessKey: settings.secretKey,
    region: settings.region,
    service: 's3',
    retries: 0,
  })
  const urlOf = (key: string) =>
    `${settings.endpoint.replace(/\/+$/, '')}/${encodeURIComponent(settings.bucket)}/${key}`

  /** Tries again what may pass; a body is read anew each time. */
  async function send(key: string, init: RequestInit, attempt = 1): Promise<Response> {
    const signed = await client.sign(urlOf(key), init)
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), ANSWER_MS) // of the answer's beginning only: a slow reader may take longer
    const response = await fetch(signed, { signal: abort.signal })
      .catch((cause: unknown) => {
        if (attempt >= TRIES) throw new AppError('unavailable', { part: 'file store' }, { cause })
        return undefined
      })
      .finally(() => clearTimeout(timer))
    if (response && (response.status < 500 || attempt >= TRIES)) return response
    await response?.body?.cancel()
    await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt))
    return send(key, init, attempt + 1)
  }

  return {
    async keep(key: string, path: string, { sha256 }: Written) {
      const body = await openAsBlob(path)
      // The hash is signed, so the store refuses bytes that changed on the way.
      const response = await send(key, {
        method: 'PUT',
        body,
        headers: { 'x-amz-content-sha256': sha256.toString('hex') },
      })
      await expectOk(response)
    },
    async read(key: string, range?: ByteRange) {
      const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end}` } : {}
      const response = await send(key, { headers })
      if (response.status === 404) {
        await response.body?.cancel()
        return undefined
      }
      await expectOk(response, false)
      return response.body ? Readable.fromWeb(response.body as ReadableStream) : Readable.from([])
    },
    async remove(key: string) {
      const response = await send(key, { method: 'DELETE' })
      if (response.status !== 404) await expectOk(response)
      else await response.body?.cancel()
    },
  }
}

async function expectOk(response: Response, drain = true): Promise<void> {
  if (response.ok) {
    if (drain) await response.body?.cancel()
    return
  }
  const cause = new Error(`the file store answered ${response.status}`)
  await response.body?.cancel()
  throw new AppError('unavailable', { part: 'file store' }, { cause })
}
