/** Import and export as a shell meets them: files, standard input, exit codes, and what then is in the database. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShell, SAMPLES, type Shell, said, sumOf } from './shell.fixture.ts'

let shell: Shell
let earshot: Shell['earshot']
beforeAll(async () => {
  shell = await openShell()
  earshot = shell.earshot
})
afterAll(() => shell?.stop())

test('what is imported is closed, keeps its times, pairs functions, and waits to be reviewed behind what is live', async () => {
  const first = await earshot(['import', join(SAMPLES, 'star.jsonl'), '--workspace', 'North'])
  expect(first, first.err).toMatchObject({ code: 0, out: '' })
  expect(first.err).toContain('Importing ')
  const lines = readFileSync(join(SAMPLES, 'star.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(first.err).toContain(`${lines.length} new, 0 completed, 0 unchanged, 0 refused`)
  for (const given of lines.slice(0, 12)) {
    const { rows } = await shell.database.owner.query(
      `select c.status, c.review_due, c.channel_kind, e.kind, e.author_kind, e.text, e.data, e.at from conversation c
         join entry e on e.workspace_id = c.workspace_id and e.conversation_id = c.id
        where c.workspace_id = $1 and c.external_id = $2 order by e.position`,
      [shell.north, `STAR:${given.id}`],
    )
    expect(rows.map((row) => row.text).filter(Boolean)).toEqual(
      given.messages.filter((m: { role: string }) => m.role !== 'tool').map((m: { text: string }) => m.text),
    )
    expect(rows[0]).toMatchObject({ status: 'closed', review_due: 'backfill', channel_kind: 'widget' })
    const spoken = given.messages.filter((m: { role: string; action?: string }) => !m.action?.startsWith('result'))
    expect(rows.map((row) => row.at.getTime() / 1000)).toEqual(spoken.map((m: { ts: number }) => m.ts))
    const calls = spoken.flatMap((m: { action?: string }) => (m.action?.startsWith('call:') ? [m.action.slice(5)] : []))
    const functions = rows.filter((row) => row.kind === 'function_call').map((row) => row.data.functionCall)
    expect(functions.map(({ name }) => name)).toEqual(calls)
    expect(functions.every(({ result, status }) => result !== undefined && status === 'ok')).toBe(true)
  }
})

test('importing twice leaves everything as it is', async () => {
  for (const [name, source] of [
    ['star.jsonl', 'STAR'],
    ['taskmaster4.jsonl', 'Taskmaster-4'],
    ['crosswoz.jsonl', 'CrossWOZ'],
  ] as const) {
    const path = join(SAMPLES, name)
    await earshot(['import', path])
    const before = await shell.database.owner.query(
      'select external_id, last_position, started_at, last_message_at, epoch from conversation order by id',
    )
    const again = await earshot(['import', path, '--json'])
    expect(again.code).toBe(0)
    expect(sumOf(again.out)).toMatchObject({
      created: 0,
      updated: 0,
      refused: 0,
      unchanged: await shell.count(`${source}:%`),
    })
    expect(
      (
        await shell.database.owner.query(
          'select external_id, last_position, started_at, last_message_at, epoch from conversation order by id',
        )
      ).rows,
    ).toEqual(before.rows)
  }
})

const MIXED = [
  said('ok1', 'Hi'),
  '{"broken',
  '',
  said('bad', '').replace('"Hello"', '""'),
  said('long', 'x'.repeat(16_001)),
  said('ok2', 'Hi again'),
  '{"id":"r","messages":[{"id":"m1","role":"boss","text":"Hi"}]}',
].join('\n')

test('refused lines are named with number and reason, the rest is imported, and the exit code says so', async () => {
  const ran = await earshot(['import', shell.file('mixed.jsonl', MIXED)])
  expect(ran.code).toBe(2)
  expect(ran.err.match(/^Line \d+ refused: .+$/gm)).toEqual([
    expect.stringMatching(/^Line 2 refused: invalid JSON/),
    'Line 4 refused: message m1 has no text.',
    'Line 5 refused: message m1: its text has 16,001 characters; at most 16,000 are kept.',
    expect.stringMatching(/^Line 7 refused: message m1: there is no role "boss"/),
  ])
  expect(await shell.count('T:ok%')).toBe(2)
  expect(await shell.count('T:long')).toBe(0)
})

test('for programs the refusals and the sum are JSON lines', async () => {
  const ran = await earshot(['import', shell.file('mixed.jsonl', MIXED), '--json'])
  const lines = ran.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.slice(0, -1).map(({ line }) => line)).toEqual([2, 4, 5, 7])
  expect(lines.at(-1).summary).toMatchObject({ read: 6, refused: 4, unchanged: 2, dryRun: false, stopped: false })
  expect(ran.err).toBe('')
})

test('a stage that does not exist here refuses that line, with the reason of the service', async () => {
  const given = JSON.stringify({
    externalId: 'stage-1',
    stage: 'moon',
    messages: [{ externalId: '1', author: 'contact', text: 'Hi' }],
  })
  const ran = await earshot(['import', '-'], given)
  expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('Line 1 refused: stage: there is no such stage') })
})

test('a conversation one of whose messages is not taken is refused whole', async () => {
  const twice = [1, 2].map((i) => ({ externalId: 'm1', author: 'contact', text: `Version ${i}` }))
  const ran = await earshot(
    ['import', '-'],
    JSON.stringify({ externalId: 'T:half', status: 'closed', messages: twice }),
  )
  expect(ran).toMatchObject({
    code: 2,
    err: expect.stringContaining('message 2 (m1): was sent before with other content'),
  })
  expect(await shell.count('T:half')).toBe(0)
})

test('gzip and standard input work as plain files do; channel and agent can be given', async () => {
  const ran = await earshot(
    ['import', '-', '--channel', 'slack', '--agent', 'Otto'],
    gzipSync(said('zip', 'From afar')),
  )
  expect(ran.code).toBe(0)
  const { rows } = await shell.database.owner.query(
    "select c.channel_kind, a.name, a.mode from conversation c join agent a on a.workspace_id = c.workspace_id and a.id = c.agent_id where c.external_id = 'T:zip'",
  )
  expect(rows).toEqual([{ channel_kind: 'slack', name: 'Otto', mode: 'passive' }])
})

test('a dry run reads and checks, and writes nothing', async () => {
  const ran = await earshot(['import', '--dry-run', shell.file('dry.jsonl', `${said('dry', 'Hi')}\nnonsense`)])
  expect(ran.code).toBe(2)
  expect(ran.err).toContain('1 could be imported, 1 refused')
  expect(await shell.count('T:dry')).toBe(0)
})

test('a limit stops early, and the next run goes on', async () => {
  const path = shell.file('limit.jsonl', [1, 2, 3].map((i) => said(`limit${i}`, 'Hi')).join('\n'))
  expect(sumOf((await earshot(['import', path, '--limit', '2', '--json'])).out)).toMatchObject({ created: 2 })
  expect(sumOf((await earshot(['import', path, '--json'])).out)).toMatchObject({ created: 1, unchanged: 2 })
})

test('a conversation that has grown since is completed', async () => {
  const path = (more: object[]) =>
    shell.file(
      'grown.jsonl',
      JSON.stringify({
        id: 'grown',
        source: 'T',
        messages: [{ id: 'm1', role: 'user', text: 'Hi', ts: 1589375697 }, ...more],
      }),
    )
  await earshot(['import', path([])])
  const ran = await earshot([
    'import',
    path([{ id: 'm2', role: 'assistant', text: 'Hello', ts: 1589375698 }]),
    '--json',
  ])
  expect(sumOf(ran.out)).toMatchObject({ updated: 1, created: 0, unchanged: 0 })
})

test('the same line twice in one file is one conversation', async () => {
  const ran = await earshot([
    'import',
    shell.file('twice.jsonl', Array(20).fill(said('twice', 'Hi')).join('\n')),
    '--json',
  ])
  expect(ran.code).toBe(0)
  expect(sumOf(ran.out).created).toBe(1)
  expect(await shell.count('T:twice')).toBe(1)
})

test('a person who watches sees a bar, which is gone at the end', async () => {
  const many = Array.from({ length: 120 }, (_, i) => said(`bar${i}`, 'Hi')).join('\n')
  const ran = await earshot(['import', shell.file('bar.jsonl', many)], '', true)
  expect(ran.code).toBe(0)
  expect(ran.err).toContain('120 new')
  expect(ran.err.split('\n').every((line) => !line.includes('[###') || line.includes('\r\u001b[2K'))).toBe(true)
})

test.each([
  [['import'], 2, 'Which file?'],
  [['import', 'a', 'b'], 2, 'Only one file'],
  [['import', '/nowhere/x.jsonl'], 1, 'There is no file /nowhere/x.jsonl.'],
  [['import', tmpdir()], 1, 'is a folder'],
  [['import', '-', '--channel', 'pigeon'], 2, '--channel must be one of widget'],
  [['import', '-', '--limit', '0'], 2, '--limit must be a whole number'],
  [['import', '-', '--agent', ' '], 2, '--agent must be'],
  [['import', '-', '--workspace', 'Elsewhere'], 1, 'There is no workspace Elsewhere'],
])('%j is refused', async (args, code, reason) => {
  expect(await earshot(args)).toMatchObject({ code, err: expect.stringContaining(reason) })
})

test('interrupted in the middle, what was acknowledged stays and the next run completes the rest', async () => {
  const many = shell.file('many.jsonl', Array.from({ length: 600 }, (_, i) => said(`stop${i}`, 'Hi')).join('\n'))
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, 'import', many, '--json', '--workspace', 'North'], {
    env: { PATH: process.env.PATH ?? '', ...shell.env },
  })
  let out = ''
  child.stdout.on('data', (chunk) => (out += chunk))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  try {
    await expect.poll(() => shell.count('T:stop%'), { timeout: 30_000, interval: 20 }).toBeGreaterThan(20)
  } finally {
    child.kill('SIGINT')
  }
  expect(await ended).toBe(130)
  const before = sumOf(out)
  expect(before).toMatchObject({ stopped: true })
  expect(await shell.count('T:stop%')).toBe(before.created)
  const { rows } = await shell.database.owner.query(
    "select count(*)::int as half from conversation where external_id like 'T:stop%' and (status <> 'closed' or last_position <> 2)",
  )
  expect(rows).toEqual([{ half: 0 }])
  const after = sumOf((await earshot(['import', many, '--json', '--workspace', 'North'])).out)
  expect(after).toMatchObject({ created: 600 - before.created, unchanged: before.created, refused: 0 })
}, 120_000)
