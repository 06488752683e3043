/** When an agent asks for a person: each trigger is switched and bounded per agent, and is recorded as the reason. */
import { z } from 'zod'
import { MemoryKey } from './agent-functions.ts'
import { name, text } from './text.ts'

const words = z.array(name(100)).max(100)

/** Reasons a handoff may carry. Others may come from outside; screens show those as they are. */
export const HANDOFF_REASONS = [
  'contact_asked',
  'nothing_found',
  'repeated_failure',
  'negative_tone',
  'keyword',
  'topic',
  'waiting',
  'turn_limit',
  'value',
  'situation',
  'agent_asked',
  'agent_failed',
  'model_failed',
  'budget',
  'out_of_hours',
  'agent_unavailable',
] as const
export type HandoffReason = (typeof HANDOFF_REASONS)[number]

export const handoffConfig = z
  .strictObject({
    contactAsks: z
      .strictObject({
        on: z.boolean().default(true),
        phrases: words.default([]).meta({ description: 'Words that ask for a person, besides the built-in ones.' }),
      })
      .prefault({}),
    nothingFound: z
      .strictObject({ on: z.boolean().default(false) })
      .prefault({})
      .meta({
        description: 'At once, when the knowledge holds no answer; otherwise the agent says so and offers a person.',
      }),
    repeatedFailure: z
      .strictObject({
        on: z.boolean().default(true),
        times: z.int().min(2).max(10).default(2).meta({ description: 'Answers in a row that found nothing.' }),
      })
      .prefault({}),
    negativeTone: z
      .strictObject({
        on: z.boolean().default(true),
        times: z.int().min(1).max(10).default(1).meta({ description: 'Angry messages in one conversation.' }),
      })
      .prefault({}),
    keyword: z.strictObject({ on: z.boolean().default(false), words: words.default([]) }).prefault({}),
    topic: z
      .strictObject({
        on: z.boolean().default(false),
        topics: z
          .array(
            z.strictObject({
              name: name(100),
              description: text(500).default('').meta({ description: 'What a model reads about it.' }),
              words: words.default([]).meta({ description: 'What tells the topic without a model.' }),
            }),
          )
          .max(30)
          .default([]),
      })
      .prefault({}),
    waitingTooLong: z
      .strictObject({
        on: z.boolean().default(false),
        seconds: z
          .int()
          .min(5)
          .max(3600)
          .default(60)
          .meta({ description: 'Since the contact wrote, without an answer.' }),
      })
      .prefault({}),
    turnLimit: z
      .strictObject({
        on: z.boolean().default(false),
        turns: z.int().min(1).max(200).default(20).meta({ description: 'Answers of the agent in one conversation.' }),
      })
      .prefault({}),
    value: z
      .strictObject({
        on: z.boolean().default(false),
        amount: z.number().min(0).max(1_000_000_000).default(1000),
        memoryKey: MemoryKey.nullable().default(null).meta({
          description: 'The memory field that holds the value. Null: amounts of money that the contact names.',
        }),
      })
      .prefault({}),
    skills: z.array(name(60)).max(10).default([]).meta({ description: 'What the person must be able to do.' }),
    announcement: text(500).default('').meta({
      description: 'What the contact reads when a person is called. Empty: the agent’s own words, in their language.',
    }),
  })
  .prefault({})
