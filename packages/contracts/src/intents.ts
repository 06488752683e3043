/** Intents: what contacts come for, in the workspace's own words, told to the review by a few examples each. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, name, UtcTime } from './text.ts'

const read = { role: 'viewer', scope: 'conversations:read' } as const
const write = { role: 'admin', scope: 'admin' } as const
const DOCUMENT_BYTES = 1024 * 1024
/** All of them together: they are learnt in about a second. */
export const MOST_INTENT_EXAMPLES = 1000

export const Intent = z
  .strictObject({
    name: name(60),
    examples: z.array(name(300)).min(3).max(50).meta({ description: 'How contacts say it. Five say a lot.' }),
  })
  .meta({ id: 'Intent' })
export type Intent = z.infer<typeof Intent>

const intents = z
  .array(Intent)
  .max(50)
  .refine((all) => new Set(all.map((one) => one.name.toLowerCase())).size === all.length, 'two have the same name')
  .refine(
    (all) => all.reduce((sum, { examples }) => sum + examples.length, 0) <= MOST_INTENT_EXAMPLES,
    `at most ${MOST_INTENT_EXAMPLES} examples together`,
  )

export const IntentSet = z
  .object({
    version: z.int().nonnegative().meta({ description: 'Raised by each save; 0: none was ever saved.' }),
    intents: z.array(Intent),
    savedAt: UtcTime.nullable(),
    savedBy: z.string().nullable(),
  })
  .meta({ id: 'IntentSet' })
export type IntentSet = z.infer<typeof IntentSet>

export const getIntents = endpoint({
  id: 'intents.get',
  method: 'GET',
  path: '/api/v1/intents',
  summary: 'Read the workspace’s intents',
  access: read,
  reply: IntentSet,
})
export const saveIntents = endpoint({
  id: 'intents.save',
  method: 'PUT',
  path: '/api/v1/intents',
  summary: 'Save the workspace’s intents, as a new version; reviews name them from then on',
  access: write,
  body: z
    .strictObject({ version: z.int().nonnegative().meta({ description: 'The version that was changed.' }), intents })
    .meta({
      examples: [
        {
          version: 0,
          intents: [
            {
              name: 'Delivery time',
              examples: ['When will it arrive?', 'How long does shipping take?', 'Where is my parcel?'],
            },
            { name: 'Refund', examples: ['I want my money back', 'How do I return this?', 'Can I get a refund?'] },
          ],
        },
      ],
    }),
  maxBytes: DOCUMENT_BYTES,
  reply: IntentSet,
  errors: ['intents.changed'],
})
export const testIntents = endpoint({
  id: 'intents.test',
  method: 'POST',
  path: '/api/v1/intents/test',
  summary: 'Ask what a text would be, of the saved intents or of some that are not saved',
  access: write,
  body: z
    .strictObject({ text: name(2000), intents: intents.optional() })
    .meta({ examples: [{ text: 'my parcel has not come' }] }),
  maxBytes: DOCUMENT_BYTES,
  repeatsSafely: true,
  reply: z.object({
    intent: z.string().nullable().meta({ description: 'Null: none of them.' }),
    guesses: z
      .array(z.object({ name: z.string(), margin: z.number() }))
      .meta({ description: 'The nearest five; the larger the margin, the further inside.' }),
  }),
})
export const IntentSuggestion = z
  .object({ questionId: Id, name: z.string(), examples: z.array(z.string()), count: z.int() })
  .meta({ id: 'IntentSuggestion' })
export type IntentSuggestion = z.infer<typeof IntentSuggestion>
export const suggestIntents = endpoint({
  id: 'insights.suggestIntents',
  method: 'GET',
  path: '/api/v1/insights/intent-suggestions',
  summary: 'List what is asked often and is none of the intents yet, as suggestions for new ones',
  access: read,
  reply: z.object({ items: z.array(IntentSuggestion), nextCursor: z.null() }),
})
