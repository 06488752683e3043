/** The control plane's requests, as packages/voice/src/hub-api.ts says them. Whoever has not the secret is told nothing. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { CallPlan, Command, LegReport } from '@earshot/voice'
import type { z } from 'zod'
import { obey, report } from '../call/commands.ts'
import type { Calls } from '../calls.ts'
import type { Journal } from '../journal.ts'
import { findFolder, infoOf, type RecordingIndex, readIndex } from '../recording/index-file.ts'
import { readRecording } from '../recording/read-recording.ts'
import { HubRefusal } from '../refusal.ts'
import type { Events } from './events.ts'

/** A plan carries announcements of up to eight million characters each. */
const MOST_BYTES = 32 * 1024 * 1024

export interface Control {
  secret: string
  dataDir: string
  calls: Calls
  events: Events
  journal: Journal
  metrics(): string
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

export async function answer(control: Control, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://hub')
  const { journal, calls } = control
  if (pathname === '/healthz' && request.method === 'GET')
    return json(response, 200, { status: journal.failing ? 'disk' : 'ok', hub: journal.hub, calls: calls.live })
  if (!timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${control.secret}`)))
    throw new HubRefusal(401, 'auth.invalid', 'The hub’s secret is needed.')
  if (pathname === '/metrics' && request.method === 'GET')
    return void response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(control.metrics())
  if (pathname === '/v1/events' && request.method === 'GET')
    return control.events.open(response, Number(searchParams.get('after')) || 0)
  await answerAboutCalls(control, pathname, request, response)
}

async function answerAboutCalls(
  { calls, dataDir }: Control,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [version, kind, id, what, leg, more] = pathname.split('/').slice(1)
  const asked = `${request.method} ${what ?? ''}`
  if (version !== 'v1' || kind !== 'calls' || more !== undefined || (leg !== undefined && what !== 'legs'))
    throw unknown()
  if (id === undefined) {
    if (request.method !== 'GET') throw unknown()
    return json(response, 200, calls.list())
  }
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new HubRefusal(404, 'call.not_found', 'The hub knows no such call.')
  if (asked === 'GET ') return json(response, 200, calls.get(id).snapshot())
  if (asked === 'PUT ') {
    const plan = await bodyOf(request, CallPlan)
    if (plan.call !== id) throw new HubRefusal(400, 'request.invalid', 'The plan is of another call.')
    return json(response, 200, calls.prepare(plan))
  }
  if (asked === 'POST commands') {
    const command = await bodyOf(request, Command)
    return json(response, 200, await obey(calls.get(id), command))
  }
  if (asked === 'POST legs' && leg !== undefined)
    return json(response, 200, report(calls.get(id), leg, await bodyOf(request, LegReport)))
  await answerAboutRecording({ calls, dataDir }, id, asked, response)
}

async function answerAboutRecording(
  { calls, dataDir }: Pick<Control, 'calls' | 'dataDir'>,
  id: string,
  asked: string,
  response: ServerResponse,
): Promise<void> {
  if (!/^(GET recording(\.json)?|DELETE recording)$/.test(asked)) throw unknown()
  const call = calls.find(id)
  const folder = call?.recorder?.folder ?? findFolder(join(dataDir, 'recordings'), id)
  const isRunning = call !== undefined && call.state !== 'ended'
  if (asked === 'DELETE recording') {
    if (isRunning) throw new HubRefusal(409, 'call.conflict', 'The call is still being recorded.')
    if (folder) await rm(folder, { recursive: true, force: true })
    return void response.writeHead(204).end()
  }
  if (isRunning) await call.recorder?.flush()
  const index = folder && (isRunning && call.recorder ? call.recorder.index : readIndex(folder))
  if (!folder || !index) throw new HubRefusal(404, 'recording.not_found', 'There is no recording of that call.')
  const info = infoOf(folder, index, isRunning ? call.tick : null)
  if (asked === 'GET recording.json') return json(response, 200, info)
  await sendSound(response, folder, index, info.durationMs / 20)
}

async function sendSound(
  response: ServerResponse,
  folder: string,
  index: RecordingIndex,
  ticks: number,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': ticks * 320 })
  await pipeline(readRecording(folder, index, ticks), response)
}

const unknown = () => new HubRefusal(404, 'not_found', 'There is nothing here.')

async function bodyOf<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw new HubRefusal(413, 'request.too_large', 'That is more than the hub takes.')
    chunks.push(chunk)
  }
  let value: unknown
  try {
    value = JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    throw new HubRefusal(400, 'request.invalid', 'That is not JSON.')
  }
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const where = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  throw new HubRefusal(400, 'request.invalid', where.slice(0, 500))
}

export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
