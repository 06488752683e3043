/** Makes what people can say something against: reviews with a score. */
import type { TestWorkspace } from '../app.ts'

interface Maker {
  text(what: string): string
  post(path: string, body?: unknown): Promise<{ id: string }>
}
type Whole = () => { messages: { externalId: string; author: string; text: string }[] }

export function reviewThings({ machine }: TestWorkspace, { text, post }: Maker, wholeConversation: Whole) {
  return {
    /** A reviewed conversation with two answers, which is what a score needs. */
    async scored(): Promise<{ id: string; reviewId: string; parts: { key: string }[] }> {
      const talk = wholeConversation()
      const more = [
        { externalId: 'm3', author: 'contact', text: text('Could you tell me the day once more, please?') },
        { externalId: 'm4', author: 'agent', text: text('On Monday, between nine and eleven.') },
      ]
      const items = [{ ...talk, messages: [...talk.messages, ...more] }]
      const id: string = (await machine.post('/api/v1/ingest/conversations', { items })).body.results[0].id
      const review = (await post(`/api/v1/conversations/${id}/review`)) as unknown as {
        id: string
        quality: { parts: { key: string; applicable: boolean }[] }
      }
      return { id, reviewId: review.id, parts: review.quality.parts.filter(({ applicable }) => applicable) }
    },
  }
}
