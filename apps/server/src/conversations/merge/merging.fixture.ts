/** Two conversations of one contact, and what the API shows of them, for the tests of merging. */
import type { TestApp } from '../../test/app.ts'

export interface Said {
  author: string
  text: string
  at?: string
}
export const at = (minute: number) => new Date(Date.UTC(2026, 9, 1, 10, minute)).toISOString()
export const said = (author: string, text: string, minute: number): Said => ({ author, text, at: at(minute) })
export const path = (id: string) => `/api/v1/conversations/${id}`

export function mergingIn(app: TestApp) {
  const { ana } = app.north.people

  async function store(person: string, messages: Said[], more: object = {}): Promise<string> {
    const named = messages.map((message, i) => ({ externalId: `m${i + 1}`, ...message }))
    const item = { externalId: crypto.randomUUID(), contact: { externalId: person }, messages: named, ...more }
    const { body } = await app.north.machine.post('/api/v1/ingest/conversations', { items: [item] })
    if (body.results[0].error) throw new Error(JSON.stringify(body.results[0]))
    return body.results[0].id
  }

  return {
    store,
    /** Everything the API shows of a conversation, without the two numbers that only ever rise. */
    async shown(id: string) {
      const read = async (part: string) => (await ana.caller.get(path(id) + part)).body
      const { epoch, log, memory, ...told } = await read('')
      // What is heard in the words comes into the memory a moment later: compared is what was stored.
      const conversation = { ...told, memory: 'city' in memory ? { city: memory.city } : {} }
      const review = await ana.caller.get(`${path(id)}/review`)
      const entries = (await read('/entries?limit=200')).items
      const flags = (await read('/flags')).items
      return { conversation, entries, flags, review: review.status === 200 ? review.body : null }
    },
    texts: async (id: string): Promise<string[]> =>
      (await ana.caller.get(`${path(id)}/entries?limit=200&kinds=message`)).body.items
        .toReversed()
        .map((entry: { text: string }) => entry.text),
    merge: (id: string, conversationId: string) => ana.caller.post(`${path(id)}/merge`, { conversationId }),
    undo: (id: string, mergeId: string) => ana.caller.post(`${path(id)}/merges/${mergeId}/undo`),
    async pair() {
      const person = crypto.randomUUID()
      const first = await store(person, [
        said('contact', 'Where is my order A-17?', 0),
        said('agent', 'It is on its way.', 4),
        said('contact', 'When does it come, please?', 30),
      ])
      const second = await store(
        person,
        [
          said('contact', 'Hello, it is me again', 2),
          said('agent', 'How may I help you?', 3),
          said('contact', 'About A-17', 40),
        ],
        { tags: ['vip'], title: 'The second', rating: { stars: 2, comment: 'slow' }, memory: { city: 'Lyon' } },
      )
      return { first, second, person }
    },
  }
}
