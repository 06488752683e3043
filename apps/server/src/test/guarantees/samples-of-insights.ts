/** Samples of insights and intents. */
import { none, one, type Sample } from './sample.ts'

const examples = (mark: string) => [`${mark} one`, `${mark} two`, `${mark} three`]

export const INSIGHTS: Record<string, Sample> = {
  'insights.listUnanswered': none,
  'insights.getUnanswered': async (make) => one((await make.unansweredQuestion()).id),
  'insights.listAskings': async (make) => one((await make.unansweredQuestion()).id),
  'insights.changeUnanswered': async (make) => ({
    ...one((await make.unansweredQuestion()).id),
    body: { question: make.text('question'), state: 'dismissed', reason: 'one_off' },
  }),
  'insights.mergeUnanswered': async (make) => ({
    ...one((await make.unansweredQuestion()).id),
    body: { into: (await make.unansweredQuestion()).id },
  }),
  'insights.splitUnanswered': async (make) => {
    const { id, askingIds } = await make.unansweredQuestion(2)
    return { ...one(id), body: { askingIds: [askingIds[0]] } }
  },
  'insights.undoMove': async (make) => one(await make.questionMove()),
  'insights.suggestAnswer': async (make) => one((await make.unansweredQuestion()).id),
  'insights.writeAnswer': async (make) => ({
    ...one((await make.unansweredQuestion()).id),
    body: { title: make.text('title'), body: make.text('answer') },
  }),
  'insights.replayUnanswered': async (make) => one((await make.unansweredQuestion()).id),
  'insights.getReplay': async (make) => one(await make.replayedQuestion()),
  'insights.listTopics': none,
  'insights.getTransfers': none,
  'insights.suggestIntents': none,
  'intents.get': none,
  'intents.save': async (make) => ({
    body: {
      version: await make.intentsVersion(),
      intents: [{ name: make.text('intent'), examples: examples(make.mark) }],
    },
  }),
  'intents.test': (make) => ({
    body: {
      text: make.text('words'),
      intents: [
        { name: 'a', examples: examples(make.mark) },
        { name: 'b', examples: ['where is it', 'when does it come', 'how long does it take'] },
      ],
    },
  }),
}
