/** Recordings through HTTP: brought here whole, played in parts by those who may, gone with what they belong to. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tablesWith } from '../../deletions/everywhere.fixture.ts'
import { probe } from '../../platform/audio/probe.ts'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { until } from '../../test/until.ts'
import { bytesOf, LINES, makeCall, recordingsIn, SOUND } from './calls.fixture.ts'
import { clearRemains, removeExpiredRecordings } from './index.ts'
import { mp3Bytes } from './sound/info-frame.ts'
import { WAV_HEAD } from './sound/wav.ts'

let app: TestApp
let on: ReturnType<typeof recordingsIn>
beforeAll(async () => {
  app = await startTestApp()
  on = recordingsIn(app)
})
afterAll(() => app?.stop())

const owner = () => app.north.people.owner.caller

async function recordedCall() {
  const call = await makeCall(app, LINES)
  on.engine.keep(call.callId, SOUND, {
    speakers: [
      { fromMs: 0, toMs: 3900, speaker: 'ai', user: null },
      { fromMs: 3900, toMs: 6020, speaker: 'supervisor', user: app.north.people.ana.memberId },
    ],
    gaps: [{ fromMs: 5200, toMs: 5800, why: 'paused' }],
  })
  await call.end()
  await on.isReady(call.id)
  return { ...call, path: `/api/v1/conversations/${call.id}` }
}

test('an ended call has its recording: as long as it was, aligned with its words, and the engine keeps none', async () => {
  const running = await makeCall(app, LINES)
  expect(await on.infoOf(running.id)).toMatchObject({ state: 'recording', durationMs: 0 })
  const { id, callId, path } = await recordedCall()
  expect(await on.infoOf(id)).toMatchObject({
    callId,
    state: 'ready',
    durationMs: 6020,
    recordedAt: '2026-11-22T09:00:00.000Z',
    gaps: [{ fromMs: 5200, toMs: 5800, why: 'paused' }],
    speakers: [
      { speaker: 'ai', person: null },
      { speaker: 'supervisor', person: { name: 'Ana' } },
    ],
    utterances: [
      { position: 1, voice: 'ai', startMs: 200, endMs: 1800 },
      { position: 2, voice: 'caller', startMs: 2000, endMs: 3460 },
      { position: 3, voice: 'supervisor', startMs: 4000, endMs: 5000 },
    ],
    words: 'spoken',
  })
  expect((await owner().get(path)).body.hasAudio).toBe(true)
  const entries = (await owner().get(`${path}/entries`)).body.items
  expect(entries.at(-2)).toMatchObject({ position: 2, audio: { id: callId, durationMs: 1460 } })
  await until(() => !on.engine.has(callId), 'the engine has forgotten it')
  const peaks = (await owner().get(`${path}/call/recording/peaks?columns=301`)).body
  expect(peaks.contact.length).toBe(301)
  expect([peaks.contact[50], peaks.contact[130] > 40, peaks.ours[50] > 40, peaks.ours[280]]).toEqual([0, true, true, 0])
})

test('its sound comes in parts, a message is the very bytes of its stretch, and nothing is kept by caches', async () => {
  const { path } = await recordedCall()
  const whole = await on.get(`${path}/call/recording/audio`)
  expect(whole.headers.get('cache-control')).toBe('private, no-store')
  const mp3 = await bytesOf(whole)
  expect(mp3.length).toBe(mp3Bytes(SOUND.length))
  expect(probe(mp3, 'audio/mpeg').kind).toBe('audio')
  const part = await on.get(`${path}/call/recording/audio`, { range: 'bytes=1000-1999' })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 1000-1999/${mp3.length}`])
  expect((await bytesOf(part)).equals(mp3.subarray(1000, 2000))).toBe(true)
  const original = await bytesOf(await on.get(`${path}/call/recording/download?format=original`))
  expect(original.subarray(WAV_HEAD).equals(SOUND)).toBe(true)
  for (const [position, channel, from, to] of [
    [2, 0, 2000, 3460],
    [3, 1, 4000, 5000],
  ] as const) {
    const slice = await bytesOf(await on.get(`${path}/entries/${position}/audio`))
    const source = SOUND.subarray(from * 16, to * 16).filter((_, i) => i % 2 === channel)
    expect(slice.subarray(WAV_HEAD).equals(source)).toBe(true)
    const piece = await on.get(`${path}/entries/${position}/audio`, { range: 'bytes=50-99' })
    expect([piece.status, (await bytesOf(piece)).equals(slice.subarray(50, 100))]).toEqual([206, true])
  }
  expect((await on.get(`${path}/entries/2/audio`, { range: 'bytes=999999-' })).status).toBe(416)
  expect((await owner().get(`${path}/entries/9/audio`)).body.code).toBe('entry.not_found')
})

test('who may listen may not take it out; taking it out is written down; another workspace finds nothing', async () => {
  const { id, callId, path } = await recordedCall()
  const viewer = app.north.people.viewer.caller
  expect((await on.get(`${path}/call/recording/audio`, {}, viewer)).status).toBe(200)
  expect((await on.get(`${path}/call/recording/download`, {}, viewer)).status).toBe(403)
  const taken = await on.get(`${path}/call/recording/download`)
  expect(taken.headers.get('content-disposition')).toMatch(/^attachment; filename="call-[\d-]+\.mp3"/)
  const log = (await owner().get('/api/v1/audit-log')).body.items
  expect(log[0]).toMatchObject({
    action: 'call_recording.downloaded',
    subject: id,
    details: { call: callId, format: 'mp3' },
  })
  // Download Audio of the conversation is the same right, and takes the call along with what else can be heard.
  expect((await on.get(`${path}/audio/download`, {}, viewer)).status).toBe(403)
  const all = await on.get(`${path}/audio/download`)
  expect([all.status, probe(await bytesOf(all), 'audio/mpeg').kind]).toEqual([200, 'audio'])
  const stranger = app.south.people.owner.caller
  for (const rest of ['', '/audio', '/download', '/peaks'])
    expect((await on.get(`${path}/call/recording${rest}`, {}, stranger)).status, rest).toBe(404)
  expect((await on.get(`${path}/entries/2/audio`, {}, stranger)).status).toBe(404)
  expect((await fetch(`${app.url}${path}/call/recording/audio`)).status).toBe(401)
})

test('what comes short is brought again, what nobody has is told, and one that failed can be tried again', async () => {
  const short = await makeCall(app, LINES)
  on.engine.keep(short.callId, SOUND)
  on.engine.cutAt = 40_000
  await short.end()
  await until(async () => (await on.infoOf(short.id)).reason === 'incomplete', 'it came short')
  const { owner: database } = app.database
  await database.query('update call_recording set due_at = now() where call_id = $1', [short.callId])
  await on.isReady(short.id)
  const lost = await makeCall(app, [])
  await lost.end()
  await until(async () => (await on.infoOf(lost.id)).reason === 'lost', 'it is looked for')
  await database.query('update call_recording set attempts = 8, due_at = now() where call_id = $1', [lost.callId])
  await until(async () => (await on.infoOf(lost.id)).state === 'failed', 'it is given up')
  expect((await owner().get(`/api/v1/conversations/${lost.id}/call/recording/audio`)).body.code).toBe(
    'call.no_recording',
  )
  on.engine.keep(lost.callId, SOUND)
  await owner().post(`/api/v1/conversations/${lost.id}/call/recording/retry`)
  await on.isReady(lost.id)
})

test('too old, the sound goes and its tombstone stays; the words stay too', async () => {
  const { callId, path, id } = await recordedCall()
  await app.database.owner.query(
    `insert into voice_settings (workspace_id, record, announcement, listening_notice, countries, transfers_per_day, queue_after_seconds, queue_then, max_minutes, recording_days)
     values ($1, true, '', '', '{}', 1, 60, 'agent', 60, 30) on conflict (workspace_id) do update set recording_days = 30`,
    [app.north.id],
  )
  const before = on.stored().length
  expect(await removeExpiredRecordings(on.services)).toBe(0)
  await app.database.owner.query(`update call_recording set ready_at = now() - interval '31 days' where call_id = $1`, [
    callId,
  ])
  expect(await removeExpiredRecordings(on.services)).toBe(1)
  const isCleared = async () => {
    await clearRemains(on.services)
    return on.stored().length === before - 3
  }
  await until(isCleared, 'its files are gone')
  expect(await on.infoOf(id)).toMatchObject({ state: 'removed', reason: 'retention', removedAt: expect.any(String) })
  expect((await owner().get(path)).body).toMatchObject({ hasAudio: false, messageCount: 3 })
  expect((await on.get(`${path}/call/recording/audio`)).status).toBe(404)
  expect((await on.get(`${path}/entries/2/audio`)).status).toBe(404)
})

test('a deleted conversation takes its calls along: rows, files, and the copy of the engine', async () => {
  const marker = `zq${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`
  const call = await makeCall(app, [{ role: 'caller', startMs: 0, endMs: 900, text: `Where is ${marker}?` }])
  await app.database.owner.query('update call set from_name = $2 where id = $1', [call.callId, marker])
  await app.database.owner.query(
    `insert into call_coaching (workspace_id, call_id, id, text, member_id, member_name) values ($1, $2, gen_random_uuid(), $3, gen_random_uuid(), 'Ana')`,
    [app.north.id, call.callId, `Say ${marker}`],
  )
  const before = on.stored().length
  on.engine.keep(call.callId, SOUND)
  await call.end()
  await on.isReady(call.id)
  // Somebody makes it anew at this very moment.
  on.engine.keep(call.callId, SOUND)
  await app.database.owner.query('update call_recording set forgotten_at = null where call_id = $1', [call.callId])
  expect((await owner().get(`/api/v1/conversations/${call.id}/deletion`)).body.audio).toBe(1)
  expect((await owner().delete(`/api/v1/conversations/${call.id}`)).body.removed).toMatchObject({ audio: 1 })
  expect(on.stored().length).toBe(before)
  const isForgotten = async () => {
    await clearRemains(on.services)
    return !on.engine.has(call.callId)
  }
  await until(isForgotten, 'the engine has forgotten it')
  await app.database.owner.query('select earshot.fold_tags()')
  expect(await tablesWith(app.database.owner, marker)).toEqual([])
  expect((await tablesWith(app.database.owner, call.callId)).filter((t) => !/\.(event|audit_row)$/.test(t))).toEqual([])
  expect((await on.get(`/api/v1/conversations/${call.id}/call/recording/audio`)).status).toBe(404)
})

test('split, put back and merged, a call goes along with its words and is heard there; transcripts tell its times', async () => {
  const call = await makeCall(app, LINES, ['Where is my order?', 'On its way.'])
  on.engine.keep(call.callId, SOUND)
  await call.end()
  await on.isReady(call.id)
  const path = `/api/v1/conversations/${call.id}`
  const transcript = async (id: string, format: string) =>
    (await owner().get(`/api/v1/conversations/${id}/transcript?format=${format}`)).body
  expect(await transcript(call.id, 'txt')).toContain('at 0:02 of the call')
  expect(await transcript(call.id, 'csv')).toMatch(/"I moved house\.","",2,3\.46/)
  const hasAudio = async (id: string) => (await owner().get(`/api/v1/conversations/${id}`)).body.hasAudio
  const isHeardIn = async (id: string, first: number) => {
    expect((await on.infoOf(id)).utterances.map((u: { position: number }) => u.position)[0]).toBe(first)
    expect((await on.get(`/api/v1/conversations/${id}/entries/${first + 1}/audio`)).status).toBe(200)
    expect(await hasAudio(id)).toBe(true)
  }
  const split = await owner().post(`${path}/split`, { position: 3 })
  expect(split.status, JSON.stringify(split.body)).toBe(200)
  const created: string = split.body.created.id
  await isHeardIn(created, 1)
  expect((await on.infoOf(call.id)).code).toBe('call.not_found')
  expect(await hasAudio(call.id)).toBe(false)
  const merged = await owner().post(`${path}/merge`, { conversationId: created })
  expect(merged.status, JSON.stringify(merged.body)).toBe(200)
  expect((await on.infoOf(call.id)).utterances.length).toBe(3)
  expect(await hasAudio(call.id)).toBe(true)
  expect((await owner().post(`${path}/merges/${merged.body.mergeId}/undo`)).status).toBe(200)
  await isHeardIn(created, 1)
  expect((await owner().post(`${path}/merges/${split.body.mergeId}/undo`)).status).toBe(200)
  await isHeardIn(call.id, 3)
})
