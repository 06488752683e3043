/** Folders, versions, imports and questions over HTTP: what is brought in is whole, what was said is kept, what was asked is known. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transact } from '../platform/context.ts'
import { startTestApp, type TestApp } from '../test/app.ts'
import type { Caller } from '../test/caller.ts'
import { until } from '../test/until.ts'
import { wordFile, zipBomb } from './imports/files.fixture.ts'
import { drawnPdf, lockedPdf, type PdfLine, pdfBomb, pdfFile } from './imports/pdf/pdf.fixture.ts'
import { noteQuestion, searchKnowledge } from './index.ts'

let app: TestApp
let owner: Caller
beforeAll(async () => {
  app = await startTestApp()
  owner = app.north.people.owner.caller
})
afterAll(() => app.stop())

const write = async (title: string, more: object = {}) =>
  (await owner.post('/api/v1/knowledge', { title, body: `About ${title}.`, status: 'published', ...more })).body
const base64 = (content: string | Buffer) => Buffer.from(content).toString('base64')
const read = (files: Record<string, string | Buffer>) =>
  owner.post('/api/v1/knowledge-imports', {
    files: Object.entries(files).map(([name, content]) => ({ name, base64: base64(content) })),
  })
async function importAll(files: Record<string, string | Buffer>, more: object = {}) {
  const { body } = await read(files)
  const started = await owner.post(`/api/v1/knowledge-imports/${body.id}/start`, more)
  expect(started.status).toBe(202)
  let job = started.body
  await until(async () => {
    job = (await owner.get(`/api/v1/jobs/${started.body.id}`)).body
    return job.state === 'done'
  }, 'the articles are written')
  return job
}
const titled = async (title: string) =>
  (await owner.get('/api/v1/knowledge?limit=200')).body.items.find((item: { title: string }) => item.title === title)

test('articles lie in folders; a folder that goes leaves its articles', async () => {
  const folder = (await owner.post('/api/v1/knowledge-folders', { name: 'Sailing' })).body
  expect((await owner.post('/api/v1/knowledge-folders', { name: 'sailing' })).body.code).toBe('folder.name_taken')
  const article = await write('Spinnakers', { folderId: folder.id })
  expect((await owner.get(`/api/v1/knowledge?folderId=${folder.id}`)).body.items).toEqual([article])
  expect((await owner.get('/api/v1/knowledge-folders')).body.items).toContainEqual({ ...folder, articles: 1 })
  const foreign = await app.south.people.owner.caller.post('/api/v1/knowledge', {
    title: 'Elsewhere',
    body: 'x',
    folderId: folder.id,
  })
  expect(foreign.body.code).toBe('folder.not_found')
  await owner.delete(`/api/v1/knowledge-folders/${folder.id}`)
  expect((await owner.get(`/api/v1/knowledge/${article.id}`)).body.folderId).toBe(null)
})

test('an agent with folders finds only what is in them', async () => {
  const folder = (await owner.post('/api/v1/knowledge-folders', { name: 'Harbour' })).body
  const inside = await write('Mooring fees inside', { folderId: folder.id })
  await write('Mooring fees outside')
  const search = (folderIds?: string[]) =>
    transact(app.north.ctx, (tx) => searchKnowledge(tx, 'mooring fees', { folderIds }))
  expect((await search()).length).toBeGreaterThanOrEqual(2)
  expect((await search([folder.id])).map(({ articleId }) => articleId)).toEqual([inside.id])
  expect(await search([])).toEqual([])
})

test('every save is a version with its author, and an earlier one comes back as a new one', async () => {
  const article = await write('Anchors')
  await owner.patch(`/api/v1/knowledge/${article.id}`, { body: 'An anchor weighs 9 kg.' })
  const back = await owner.post(`/api/v1/knowledge/${article.id}/restore`, { version: 1 })
  expect(back.body).toMatchObject({ body: 'About Anchors.', version: 3, status: 'published' })
  const { items } = (await owner.get(`/api/v1/knowledge/${article.id}/versions`)).body
  expect(
    items.map((one: { version: number; restores: number | null; by: string }) => [one.version, one.restores, one.by]),
  ).toEqual([
    [3, 1, 'Olga'],
    [2, null, 'Olga'],
    [1, null, 'Olga'],
  ])
  const none = await owner.post(`/api/v1/knowledge/${article.id}/restore`, { version: 9 })
  expect(none.body.code).toBe('article.version_not_found')
})

test('Markdown, text, HTML, Word and tables become articles, once', async () => {
  const files = {
    'rope.md': '# Ropes\n\nA rope lasts five years.',
    'Winch care.txt': 'Grease the winch in spring.',
    'fenders.html':
      '<title>Fenders</title><script>alert(1)</script><h2>Size</h2><p>One for each <b>metre</b>.</p><a href="javascript:x()">no</a>',
    'faq.csv': 'Frage;Antwort\n"Wie tief ist der Hafen?";"Drei Meter; bei Ebbe zwei."\n',
    'buoys.docx': wordFile('Buoys &amp; lights', 'Red is left.'),
  }
  const { body } = await read(files)
  expect(body.files.map((file: { refused: string | null }) => file.refused)).toEqual([null, null, null, null, null])
  expect(await titled('Ropes')).toBeUndefined()
  const job = await importAll(files, { status: 'published' })
  expect(job).toMatchObject({ done: 5, total: 5, result: { created: 5, updated: 0, same: 0 } })
  expect(await titled('Fenders')).toMatchObject({ body: '## Size\n\nOne for each **metre**.\n\nno' })
  expect(await titled('Wie tief ist der Hafen?')).toMatchObject({ language: 'de', body: 'Drei Meter; bei Ebbe zwei.' })
  expect(await titled('Buoys & lights')).toMatchObject({ body: 'Red is left.', status: 'published' })
  const again = await importAll({ ...files, 'rope.md': '# Ropes\n\nA rope lasts six years.' }, { status: 'published' })
  expect(again.result).toEqual({ created: 0, updated: 1, same: 4 })
  expect(await titled('Ropes')).toMatchObject({ version: 2, body: 'A rope lasts six years.' })
})

test.each([
  ['a program', 'tool.md', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), 'type'],
  ['an archive', 'all.txt', zipBomb(), 'type'],
  ['an archive that is too large inside', 'bomb.docx', zipBomb(), 'broken'],
  ['a Word document cut short', 'half.docx', wordFile('Half').subarray(0, 120), 'broken'],
  ['a table whose quote never ends', 'faq.csv', 'question,answer\n"open,never closed\n', 'broken'],
  ['nothing', 'empty.md', ' \n', 'empty'],
  ['a PDF that is none', 'terms.pdf', '%PDF-1.7\n', 'broken'],
  ['a PDF of pictures', 'scan.pdf', drawnPdf(), 'no_text'],
  ['a PDF behind a password', 'locked.pdf', lockedPdf(), 'locked'],
  ['a PDF that is far larger inside', 'bomb.pdf', pdfBomb(), 'too_hard'],
  ['too much', 'long.txt', 'x'.repeat(120_000), 'size'],
])('%s is refused with its reason, and the file beside it is read', async (_, name, content, refused) => {
  const { body } = await read({ [name]: content, 'good.md': '# Good\n\nText.' })
  expect(body.files).toMatchObject([
    { name, refused, count: 0, articles: [] },
    { refused: null, count: 1 },
  ])
})

test('a PDF becomes an article: headings, paragraphs and lists, without what stands on every page', async () => {
  const page = (number: number, ...own: PdfLine[]): PdfLine[] => [
    { text: 'Harbour rules, 2026' },
    ...own,
    { text: `Page ${number} of 3`, gap: 90 },
  ]
  const file = pdfFile(
    page(
      1,
      { text: 'Mooring by night', size: 20, gap: 20 },
      { text: 'Moor at the pier of the north har-', gap: 12 },
      {
        text: 'bour, and nowhere else.',
      },
    ),
    page(
      2,
      { text: 'What to bring', size: 14, gap: 12 },
      { text: '• Fenders (both sides)', gap: 10 },
      { text: '• Lines' },
    ),
    page(3, { text: 'Fees', size: 14, gap: 12 }, { text: 'Ten euros.', gap: 10 }),
  )
  await importAll({ 'rules.pdf': file }, { status: 'published' })
  expect((await titled('Mooring by night')).body).toBe(
    [
      'Moor at the pier of the north harbour, and nowhere else.',
      '## What to bring',
      '- Fenders (both sides)\n- Lines',
      '## Fees',
      'Ten euros.',
    ].join('\n\n'),
  )
})

test('a long PDF becomes several articles', async () => {
  const page = Array.from({ length: 45 }, (_, n) => ({ text: `Line ${n} ${'of the long book '.repeat(5)}` }))
  const { body } = await read({ 'book.pdf': pdfFile(...Array.from({ length: 24 }, () => page)) })
  expect(body.files[0].count).toBeGreaterThan(1)
  expect(body.files[0].articles[0].title).toBe('book (1)')
})

test('an import starts once', async () => {
  const { body } = await read({ 'once.md': '# Once\n\nOnly.' })
  expect((await owner.post(`/api/v1/knowledge-imports/${body.id}/start`, {})).status).toBe(202)
  expect((await owner.post(`/api/v1/knowledge-imports/${body.id}/start`, {})).body.code).toBe('import.not_found')
  const foreign = await app.south.people.owner.caller.post(`/api/v1/knowledge-imports/${body.id}/start`, {})
  expect(foreign.body.code).toBe('import.not_found')
})

test('an answered question stands at its article, one that nobody answered does not', async () => {
  const article = await write('Tides')
  const { body } = await app.north.machine.post('/api/v1/ingest/conversations', {
    items: [
      {
        externalId: 'asked-1',
        agent: 'Ada',
        contact: { externalId: 'mona', name: 'Mona' },
        messages: [
          { externalId: 'a', author: 'contact', text: 'When is high tide?' },
          { externalId: 'b', author: 'operator', text: 'At noon.' },
        ],
      },
    ],
  })
  const conversationId = body.results[0].id
  const asked = { conversationId, question: 'When is high tide?', articleIds: [] as string[] }
  await noteQuestion(app.north.ctx, { ...asked, position: 1 })
  await noteQuestion(app.north.ctx, { ...asked, position: 1 })
  await noteQuestion(app.north.ctx, { ...asked, position: 2, articleIds: [article.id] })
  const coverage = (await owner.get('/api/v1/knowledge-coverage?days=7')).body
  expect(coverage).toMatchObject({ days: 7, asked: 2, covered: 1, before: { asked: 0, covered: 0 } })
  expect(coverage.articles).toEqual([{ id: article.id, title: 'Tides', questions: 1, conversations: 1 }])
  expect(coverage.folders).toEqual([{ id: null, questions: 1, conversations: 1 }])
  expect((await app.south.people.owner.caller.get('/api/v1/knowledge-coverage')).body.asked).toBe(0)
  expect((await owner.get(`/api/v1/knowledge/${article.id}/questions`)).body.items).toMatchObject([
    { conversationId, position: 2, contactName: 'Mona' },
  ])
})
