/** How far the knowledge reaches: what of the questions asked found an article, and which folders and articles answered. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id } from './text.ts'

const counts = {
  questions: z.int().nonnegative().meta({ description: 'Answered from it.' }),
  conversations: z.int().nonnegative().meta({ description: 'In which it was used.' }),
}

export const getKnowledgeCoverage = endpoint({
  id: 'knowledge.getCoverage',
  method: 'GET',
  path: '/api/v1/knowledge-coverage',
  summary: 'How many questions found an article, by folder and article, beside as many days before',
  access: { role: 'viewer', scope: 'agents' },
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(92).default(28) }),
  reply: z.object({
    days: z.int(),
    asked: z.int().nonnegative(),
    covered: z.int().nonnegative().meta({ description: 'Of those asked: they found an article.' }),
    before: z.object({ asked: z.int().nonnegative(), covered: z.int().nonnegative() }).meta({
      description: 'In as many days before.',
    }),
    folders: z.array(z.object({ id: Id.nullable(), ...counts })).meta({ description: 'Null: articles in no folder.' }),
    articles: z.array(z.object({ id: Id, title: z.string(), ...counts })).meta({ description: 'The fifty most used.' }),
    unused: z.int().nonnegative().meta({ description: 'Published articles that answered nothing.' }),
  }),
})
