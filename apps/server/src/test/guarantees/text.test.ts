/** Text that is hardly text is made sound once, at the door: what is stored, shown, streamed, repeated and found is the same everywhere. */
import { wellFormed } from '@earshot/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../app.ts'
import { Screen } from '../screen.ts'
import { TestVisitor } from '../visitor.ts'
import { maker } from './maker.ts'

let app: TestApp
let channelKey: string
beforeAll(async () => {
  app = await startTestApp()
  channelKey = (await app.north.machine.get('/api/v1/channels')).body.items[0].key
})
afterAll(() => app?.stop())

/** The test is told in escapes, so that no editor can put the text right. */
const TEXTS: Record<string, string> = {
  NUL: 'a\u0000b',
  'a lone high surrogate': 'a\ud800b',
  'a lone low surrogate': '\udc00 at the start',
  'surrogates the wrong way round': '\udc00\ud800',
  'an emoji cut in half': 'Hi \ud83d',
  'whole emoji': 'Hi \ud83d\ude00 \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67',
  noncharacters: 'a\ufffeb\uffffc',
  'overlong combining': `e${'\u0301'.repeat(1000)}`,
  'right-to-left override': 'invoice \u202egpj.exe',
  'zero widths': 'a\u200bb\u200dc\ufeffd',
  controls: 'a\u0001b\u001bc\u007fd\u0085e\u2028f',
  'CR and LF': 'a\r\nb\rc\nd',
  'only what becomes nothing': '\u0000',
}

test.each(Object.entries(TEXTS))('%s: stored = shown = streamed = repeated at every door', async (_, text) => {
  const sound = wellFormed(text)
  expect(sound.isWellFormed()).toBe(true)
  const { ana } = app.north.people
  const visitor = await TestVisitor.start(app.url, channelKey)
  const said = await visitor.say(text, 'key-of-the-visitor')
  expect(said.body.entry.text).toBe(sound)
  const id = said.body.conversation.id
  const path = `/api/v1/conversations/${id}`
  const screen = await Screen.open(ana.caller, [id])
  await ana.caller.put(`${path}/control`, { control: 'operator' })
  const answered = await ana.caller.post(`${path}/messages`, { text: `${text}!`, clientKey: 'answer' })
  expect(answered).toMatchObject({ status: 201, body: { text: `${sound}!` } })

  // The same again, by the same key, is a repeat of the same, and not a conflict.
  expect((await visitor.say(text, 'key-of-the-visitor')).status).toBe(200)
  expect((await ana.caller.post(`${path}/messages`, { text: `${text}!`, clientKey: 'answer' })).status).toBe(200)

  await screen.untilCurrent(id)
  const shown = screen.entries
    .get(id)!
    .entries.filter((e) => e.kind === 'message')
    .map((e) => e.text)
  expect(shown[0]).toBe(sound)
  expect(shown).toContain(`${sound}!`)
  const { body } = await visitor.caller.get('/widget/v1/messages')
  expect(body.entries[0].text).toBe(sound)
  const { rows } = await app.database.owner.query(
    'select text from entry where conversation_id = $1 and position = 1',
    [id],
  )
  expect(rows).toEqual([{ text: sound }])
  screen.close()
})

const SHORT = Object.entries(TEXTS).filter(([, text]) => text.length < 60)
test.each(SHORT)('%s: in names, keys, titles, memory and articles', async (what, text) => {
  const sound = wellFormed(text)
  const { machine, people } = app.north
  const message = { externalId: `${text} m`, author: 'contact', text: `${text} t`, authorName: `${text} n` }
  const conversation = { externalId: `${text} ${what}` }
  const contact = { name: `${text} n`, phone: `${text} p`, attributes: { [`${text} k`]: [{ deep: text }] } }
  const send = () => machine.post('/api/v1/ingest/messages', { conversation, contact, message })
  const [first, again] = [await send(), await send()]
  expect([first.status, again.status], JSON.stringify(first.body)).toEqual([201, 200])
  const path = `/api/v1/conversations/${first.body.conversationId}`
  await people.ana.caller.patch(path, { title: `x${text}`, tags: [{ key: `${text} k`, value: `${text} v` }] })
  await people.ana.caller.patch(`${path}/memory`, { memory: { [`${text} key`]: { [text]: text } } })
  const { body } = await people.ana.caller.get(path)
  expect(body).toMatchObject({ title: `x${sound}`.trim(), memory: { [`${sound} key`]: { [sound]: sound } } })
  expect(body.contact.name).toBe(`${sound} n`)
  const stored = await people.ana.caller.get(`/api/v1/contacts/${body.contact.id}`)
  expect(stored.body.attributes).toEqual({ [`${sound} k`]: [{ deep: sound }] })
  const article = await people.owner.caller.post('/api/v1/knowledge', {
    title: `x${text}`,
    body: text,
    status: 'published',
  })
  expect(article.body).toMatchObject({ title: `x${sound}`.trim(), body: sound })
  expect((await people.owner.caller.get(`/api/v1/knowledge?q=${encodeURIComponent('x')}`)).status).toBe(200)
})

/** Letters that mean something to LIKE, to SQL, to regular expressions and to full-text search. */
const LETTERS = ['a', 'B', 'é', 'É', '%', '_', '\\', "'", '"', '-', '(', '|', '&', '*', ' ', '$', '1', '😀']
const folded = (text: string) => text.toLowerCase()

test('a search finds what contains the text, letter by letter, and nothing else', async () => {
  const texts = fc.sample(fc.array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 12 }), {
    numRuns: 60,
    seed: 7,
  })
  const items = texts.map((letters, i) => ({
    externalId: `search-${i}`,
    // What is searched besides the messages holds none of the letters.
    agent: 'Q',
    sessionId: 'Q',
    messages: [{ externalId: 'm', author: 'contact', text: letters.join('') }],
  }))
  const { body } = await app.north.machine.post('/api/v1/ingest/conversations', { items })
  const ids = new Map(body.results.map(({ id }: { id: string }, i: number) => [id, items[i]!.messages[0]!.text]))
  const owner = app.north.people.owner.caller
  let found = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 4 }), async (letters) => {
      const q = letters.join('')
      fc.pre(q.trim() !== '')
      const { body } = await owner.get(`/api/v1/conversations?limit=200&q=${encodeURIComponent(q)}`)
      const hits = body.items.map(({ id }: { id: string }) => id).filter((id: string) => ids.has(id))
      const expected = [...ids].filter(([, text]) => folded(text as string).includes(folded(q))).map(([id]) => id)
      expect(hits.toSorted(), q).toEqual(expected.toSorted())
      const { body: counts } = await owner.get(`/api/v1/conversations/counts?q=${encodeURIComponent(q)}`)
      expect(counts.total).toBe(body.items.length)
      found += hits.length
    }),
    { numRuns: 100 },
  )
  expect(found, 'the test is alive').toBeGreaterThan(100)
})

test('every text finds itself, in any alphabet and any case', async () => {
  const make = maker(app, app.north)
  const owner = app.north.people.owner.caller
  for (const text of [
    'ΟΔΟΣ',
    'İstanbul',
    'STRAẞE',
    'ǅungla',
    'ꭰꮃ',
    'ﬁsh',
    'K',
    'été',
    'ß',
    'ς',
    '100%',
    'a_b',
    '\\',
    'C:\\n',
  ]) {
    const whole = { ...make.wholeConversation(), title: `before ${text} after` }
    const { body } = await app.north.machine.post('/api/v1/ingest/conversations', { items: [whole] })
    for (const q of [text, text.toUpperCase()]) {
      const lists = await owner.get(`/api/v1/conversations?limit=200&q=${encodeURIComponent(q)}`)
      const isFound = lists.body.items.some(({ id }: { id: string }) => id === body.results[0].id)
      // Letters whose capitals are others (ß, ﬁ) are found as written.
      if (q === text || text.toUpperCase().toLowerCase() === text.toLowerCase())
        expect(isFound, `${q} finds ${text}`).toBe(true)
    }
    await owner.patch(
      `/api/v1/contacts/${(await owner.get(`/api/v1/conversations/${body.results[0].id}`)).body.contact.id}`,
      { name: text },
    )
    const contacts = await owner.get(`/api/v1/contacts?q=${encodeURIComponent(text)}`)
    expect(contacts.body.items.length, text).toBeGreaterThan(0)
    for (const { name, email, phone } of contacts.body.items)
      expect(
        [name, email, phone].some((value) => value !== null && folded(value).includes(folded(text))),
        text,
      ).toBe(true)
  }
})
