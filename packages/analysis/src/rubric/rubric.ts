/** The rubric as versioned data: what is judged, how much it weighs, and what a breach may cost at most. */

export const RUBRIC = {
  version: '1',
  parts: [
    {
      key: 'answered',
      max: 30,
      title: 'Answered',
      about: 'Each question and request of the contact got a reply that says something on it.',
    },
    {
      key: 'resolution',
      max: 20,
      title: 'Resolution',
      about: 'How far the help is proven. Words alone never count above 8, a function call never above 12.',
    },
    {
      key: 'supported',
      max: 15,
      title: 'Supported',
      about: 'Claims of done actions are backed by a function call, amounts by a result or a source.',
    },
    {
      key: 'effort',
      max: 15,
      title: 'Effort',
      about: 'The contact did not have to repeat, correct, or give the same thing twice.',
    },
    {
      key: 'care',
      max: 10,
      title: 'Tone and care',
      about: 'Polite, never rude, and a bad feeling is acknowledged within one turn.',
    },
    {
      key: 'speed',
      max: 10,
      title: 'Speed',
      about: 'First reply and slowest tenth of replies against the target of the channel.',
    },
  ],
  caps: { breach: 30, contradicted_claim: 45, last_question_unanswered: 60, negative_end_unacknowledged: 65 },
} as const

export type PartKey = (typeof RUBRIC.parts)[number]['key']

export const maxOf = (key: PartKey): number => RUBRIC.parts.find((part) => part.key === key)?.max ?? 0
