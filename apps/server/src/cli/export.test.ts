/** Export as a shell meets it: what leaves comes back the same, and no file is ever half. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShell, SAMPLES, type Shell, sumOf } from './shell.fixture.ts'

let shell: Shell
let earshot: Shell['earshot']
beforeAll(async () => {
  shell = await openShell()
  earshot = shell.earshot
})
afterAll(() => shell?.stop())

test('an export read into another workspace and exported again is the same', async () => {
  const rich = {
    externalId: 'rich',
    channel: 'whatsapp',
    agent: 'Nova',
    flow: 'Booking',
    sessionId: 's_1',
    title: 'A trip',
    contact: { externalId: 'p1', name: 'Ann', email: 'ann@example.com', phone: '+1', attributes: { plan: 'gold' } },
    startedAt: '2026-01-02T03:04:05.678Z',
    endedAt: '2026-01-02T03:10:00.000Z',
    status: 'closed',
    outcome: 'transferred',
    stage: 'opportunity',
    messages: [
      { externalId: 'a', author: 'contact', text: 'Hi\u2028 🙂', at: '2026-01-02T03:04:05.678Z' },
      {
        externalId: 'b',
        author: 'agent',
        authorName: 'Nova',
        text: 'One moment',
        at: '2026-01-02T03:04:06.000Z',
        usage: { inputTokens: 10, outputTokens: 2, costUsd: 0.25 },
      },
      {
        externalId: 'c',
        author: 'agent',
        at: '2026-01-02T03:04:07.000Z',
        functionCall: { name: 'find', parameters: { a: [1, null] }, result: null, status: 'error', durationMs: 12 },
      },
      {
        externalId: 'd',
        author: 'operator',
        authorName: 'Dana',
        text: 'Hello',
        at: '2026-01-02T03:10:00.000Z',
        attachments: [{ name: 'a.pdf', url: 'https://files.example.com/a.pdf', mediaType: 'application/pdf' }],
      },
    ],
    memory: { budget: 400 },
    rating: { stars: 4, comment: 'Nice' },
    tags: ['lead:hot', 'vip'],
  }
  await earshot(['import', join(SAMPLES, 'star.jsonl')])
  await earshot(['import', join(SAMPLES, 'taskmaster4.jsonl')])
  expect(await earshot(['import', '-'], JSON.stringify(rich))).toMatchObject({ code: 0 })
  await shell.addWorkspace('South')
  const first = join(shell.folder, 'north.jsonl.gz')
  expect(await earshot(['export', '--workspace', 'North', '--out', first])).toMatchObject({ code: 0, out: '' })
  const read = await earshot(['import', first, '--workspace', 'South', '--json'])
  expect(read).toMatchObject({ code: 0 })
  const second = await earshot(['export', '--workspace', 'South'])
  const sorted = (text: string) => text.trim().split('\n').sort()
  const original = sorted(gunzipSync(readFileSync(first)).toString())
  expect(sorted(second.out)).toEqual(original)
  expect(original.length).toBeGreaterThan(60)
  const line = JSON.parse(original.find((text) => JSON.parse(text).externalId === 'rich')!)
  const { usage: _, ...plain } = rich.messages[1]!
  expect(line).toEqual({
    ...rich,
    messages: [rich.messages[0], plain, { ...rich.messages[2], usage: rich.messages[1]!.usage }, rich.messages[3]],
  })
  expect(sumOf((await earshot(['import', '-', '--workspace', 'South', '--json'], second.out)).out)).toMatchObject({
    created: 0,
    updated: 0,
    unchanged: original.length,
  })
})

test('an export that cannot be written leaves no half file', async () => {
  expect(await earshot(['export', '--workspace', 'North', '--out', '/nowhere/x.jsonl'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('The export to /nowhere/x.jsonl failed'),
  })
})
