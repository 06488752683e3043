/** What the demo makes of questions nobody could answer: grouped, one answered by an article that is played again, one dismissed; and intents. */
import {
  answerQuestion,
  groupQuestions,
  listUnansweredQuestions,
  playQuestionAgain,
  settleQuestion,
} from '../insights/index.ts'
import type { Context } from '../platform/context.ts'
import { getIntents, saveIntents } from '../reviews/index.ts'

const INTENTS = [
  {
    name: 'Where is my order',
    examples: [
      'Where is my order?',
      'My parcel has not come yet',
      'When will my order arrive?',
      'It was supposed to be here last week',
      'Can you track my package?',
    ],
  },
  {
    name: 'Return or refund',
    examples: [
      'I want to return a rug',
      'How do I send this back?',
      'I want my money back',
      'When do I get my refund?',
      'The lamp arrived broken, can I exchange it?',
    ],
  },
  {
    name: 'Payment',
    examples: [
      'Can I pay in instalments?',
      'I was charged twice',
      'Which cards do you take?',
      'I need an invoice for my company',
      'The payment did not go through',
    ],
  },
  {
    name: 'Appointment',
    examples: [
      'I would like to book an appointment',
      'Can I move my appointment to Friday?',
      'I need to cancel my visit',
      'Do you have a free slot tomorrow?',
      'When can I see the doctor?',
    ],
  },
]

/** Before the conversations are reviewed, so that the reviews can name them. */
export async function nameIntents(ctx: Context): Promise<void> {
  const { version } = await getIntents(ctx)
  if (version === 0) await saveIntents(ctx, { version, intents: INTENTS })
}

export async function askUnknown(ctx: Context): Promise<void> {
  while ((await groupQuestions(ctx)) > 0);
  const { items } = await listUnansweredQuestions(ctx, { days: 90, limit: 100, state: ['open'] })
  const about = (word: string) => items.find(({ question, examples }) => [question, ...examples].join().includes(word))
  const repair = about('repair')
  if (repair) {
    const body =
      'We repair lamps of any age in our workshop: new cables, sockets and switches. Bring the old lamp, a repair takes a week.'
    await answerQuestion(ctx, repair.id, { title: 'Do you repair old lamps?', body, status: 'published' })
    await playQuestionAgain(ctx, repair.id)
  }
  const dimmer = about('dimmer')
  if (dimmer) await settleQuestion(ctx, dimmer.id, { state: 'dismissed', reason: 'one_off' })
}
