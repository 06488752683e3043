/** The transcript of one conversation, through HTTP: every format, any script, notes by choice, coaching never. */
import { spawnSync } from 'node:child_process'
import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../test/app.ts'
import type { Caller } from '../../test/caller.ts'

const FORMATS = ['md', 'txt', 'html', 'csv', 'json', 'pdf'] as const
const HOSTILE = '<img src=x onerror=alert(1)> ![p](https://evil.example/p.png) =HYPERLINK("https://evil.example")'

let app: TestApp
let ana: Caller
let id: string
beforeAll(async () => {
  app = await startTestApp()
  ana = app.north.people.ana.caller
  const { body } = await app.north.machine.post('/api/v1/ingest/conversations', {
    items: [
      {
        externalId: 'transcript',
        agent: '=Freya',
        title: 'طلب 42',
        contact: { name: 'محمد علي', email: 'm@example.com' },
        rating: { stars: 4, comment: 'جيد' },
        messages: [
          { externalId: '1', author: 'contact', text: 'السلام عليكم، أين طلبي رقم 12345؟' },
          { externalId: '2', author: 'agent', text: HOSTILE },
          { externalId: '3', author: 'contact', text: '你好，我的订单在哪里？ 한국어 日本語' },
          { externalId: '4', author: 'contact', text: '=1+1' },
          { externalId: '5', author: 'contact', text: '-2+3' },
          { externalId: '6', author: 'contact', text: '\t@cmd' },
          { externalId: '7', author: 'contact', text: '**Freya** (AI agent), 2026-01-01 00:00 UTC\n\n# Head' },
          {
            externalId: '8',
            author: 'contact',
            attachments: [{ name: '"><script>alert(2)</script>.png', url: 'https://a.example/x.png' }],
          },
        ],
      },
    ],
  })
  id = body.results[0].id
  await ana.post(`/api/v1/conversations/${id}/notes`, { text: 'note-word by Ana' })
  await ana.post(`/api/v1/conversations/${id}/coaching`, { text: 'coaching-word by Ana' })
})
afterAll(() => app?.stop())

const path = (query: string) => `/api/v1/conversations/${id}/transcript${query}`

async function take(format: string, notes = '0'): Promise<{ bytes: Buffer; text: string; headers: Headers }> {
  const answer = await fetch(`${ana.url}${path(`?format=${format}&notes=${notes}`)}`, { headers: ana.headers })
  expect(answer.status).toBe(200)
  const bytes = Buffer.from(await answer.arrayBuffer())
  return { bytes, text: format === 'pdf' ? textOfPdf(bytes) : bytes.toString(), headers: answer.headers }
}

/** The text behind the glyphs, by the tables of the embedded fonts, in the order it is drawn. */
function textOfPdf(bytes: Buffer): string {
  const streams: string[] = []
  for (let at = bytes.indexOf('stream\n'); at >= 0; at = bytes.indexOf('\nstream\n', at + 8)) {
    const from = bytes.indexOf('stream\n', at) + 7
    const end = bytes.indexOf('\nendstream', from)
    streams.push(inflateSync(bytes.subarray(from, end)).toString('latin1'))
    at = end
  }
  const tables = streams.filter((s) => s.includes('begincmap')).map(readTable)
  const fonts = [...bytes.toString('latin1').matchAll(/BaseFont \/EARSHO\+(\w+) \/Encoding/g)].map((m) => m[1]!)
  const byFont = new Map(fonts.map((font, i) => [font, tables[i]!]))
  const runs = streams.filter((s) => s.includes(' Tf <'))
  return runs
    .flatMap((s) => [...s.matchAll(/\/(\w+) [\d.]+ Tf <([0-9A-F]*)> Tj|\nET/g)])
    .map(([, font, codes]) =>
      font
        ? codes!
            .match(/.{4}/g)!
            .map((code) => byFont.get(font)?.get(code) ?? '?')
            .join('')
        : '\n',
    )
    .join('')
}

const readTable = (stream: string) =>
  new Map(
    [...stream.matchAll(/^<(\w{4})> <(\w+)>$/gm)].map(([, code, text]) => [
      code!,
      String.fromCharCode(...text!.match(/.{4}/g)!.map((hex) => Number.parseInt(hex, 16))),
    ]),
  )

test.each(FORMATS)(
  '%s: an attachment, with what was said in any script, notes by choice and coaching never',
  async (format) => {
    const without = await take(format)
    expect(without.headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="conversation-\\d+\\.${format}"$`),
    )
    expect(without.headers.get('x-content-type-options')).toBe('nosniff')
    expect(without.text).toContain('你好')
    expect(without.text).toContain('한국어')
    expect(without.text).toContain('日本語')
    if (format !== 'pdf') expect(without.text).toContain('السلام عليكم')
    expect(without.text).not.toContain('note-word')
    const notes = await take(format, '1')
    expect(notes.text).toContain('note-word')
    expect(`${without.text}${notes.text}`).not.toContain('coaching-word')
  },
)

test('PDF: letters joined and run to the left, fonts inside, nothing that needs another file', async () => {
  const { bytes, text } = await take('pdf')
  const raw = bytes.toString('latin1')
  expect(raw.slice(0, 8)).toBe('%PDF-1.7')
  expect(raw.match(/\/FontFile2 /g)).toHaveLength(3)
  expect(raw).not.toMatch(/\/URI|\/JavaScript|\/Launch|\/EmbeddedFile/)
  // Drawn from the left, the last letter of the sentence comes first, and the number keeps its order.
  const line = text.split('\n').find((l) => l.includes('12345'))!
  expect(line.startsWith('؟12345')).toBe(true)
  expect([...line].reverse().join('')).toContain('أين طلبي رقم')
  expect(bytes.length).toBeLessThan(200_000)
})

test('HTML stands alone: every word escaped, nothing loaded, no script', async () => {
  const { text } = await take('html', '1')
  expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(text).not.toMatch(/<(img|script|link|iframe|object)\b/i)
  expect(text).not.toMatch(/(src|href)="/)
  expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  expect(text).toContain('dir="auto"')
})

test('CSV: a cell never begins as a formula', async () => {
  const { text } = await take('csv', '1')
  expect(text.startsWith('\uFEFF')).toBe(true)
  for (const defused of [`"'=1+1"`, `"'-2+3"`, `"'\t@cmd"`, `"'=Freya"`]) expect(text).toContain(defused)
  expect(text).not.toMatch(/(^|,)"?[=+\-@\t]/m)
})

test('Markdown and text: what a message says cannot pass for another message, and loads nothing', async () => {
  const { text: markdown } = await take('md')
  expect(markdown).toContain('> \\*\\*Freya\\*\\*')
  expect(markdown).toContain('> \\# Head')
  expect(markdown).not.toMatch(/(?<!\\)!\[/)
  expect(markdown).not.toContain('<img')
  const { text } = await take('txt')
  expect(text).toContain('\n    **Freya** (AI agent), 2026-01-01 00:00 UTC\n    \n    # Head')
})

test('JSON is what it says', async () => {
  const { conversation, entries } = JSON.parse((await take('json', '1')).text)
  expect(conversation).toMatchObject({ id, title: 'طلب 42', contact: { email: 'm@example.com' }, rating: { stars: 4 } })
  expect(entries.map((e: { kind: string }) => e.kind).filter((kind: string) => kind === 'note')).toHaveLength(1)
})

test.each([
  '?format=exe',
  '?format=',
  '?format=md&format=pdf',
  '?notes=maybe',
  '?format=md&columns=x',
  '?FORMAT=md',
  `?format=${'x'.repeat(500)}`,
])('refuses %s', async (query) => {
  expect((await ana.get(path(query))).body).toMatchObject({ status: 400, code: 'request.invalid' })
})

test('who may not, and who is not of this workspace, gets nothing; taking it out is audited', async () => {
  expect((await app.north.people.viewer.caller.get(path(''))).status).toBe(403)
  expect((await app.south.people.owner.caller.get(path(''))).body.code).toBe('conversation.not_found')
  expect((await ana.get('/api/v1/conversations/x/transcript')).status).toBe(400)
  await take('txt', '1')
  const log = (await app.north.people.owner.caller.get('/api/v1/audit-log')).body.items
  expect(log[0]).toMatchObject({
    action: 'transcript.exported',
    subject: id,
    details: { format: 'txt', withNotes: true },
  })
})

test('a long conversation is many pages, and each can be drawn', { timeout: 60_000 }, async () => {
  const messages = Array.from({ length: 400 }, (_, i) => ({
    externalId: `m${i}`,
    author: i % 2 ? 'agent' : 'contact',
    text: `${i} ${'Lorem ipsum dolor sit amet. '.repeat((i % 7) + 1)}`,
  }))
  const { body } = await app.north.machine.post('/api/v1/ingest/conversations', {
    items: [{ externalId: 'long', messages }],
  })
  const answer = await fetch(`${ana.url}/api/v1/conversations/${body.results[0].id}/transcript?format=pdf`, ana)
  const bytes = Buffer.from(await answer.arrayBuffer())
  const pages = Number(/\/Type \/Pages \/Count (\d+)/.exec(bytes.toString('latin1'))?.[1])
  expect(pages).toBeGreaterThan(20)
  const drawn = spawnSync('gs', ['-q', '-dNOPAUSE', '-dBATCH', '-sDEVICE=nullpage', '-'], { input: bytes })
  // Where Ghostscript is installed, it reads every page without a word of complaint.
  if (!drawn.error) expect(`${drawn.status} ${drawn.stdout}${drawn.stderr}`).toBe('0 ')
})
