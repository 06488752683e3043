/** Rubric part Supported: claims of done actions need a successful call before them, amounts a result or a source. */
import type { QualityPart } from '../contract.ts'
import type { Facts } from '../facts.ts'
import type { Message, Reading } from '../reading.ts'
import { flat, spokenName } from '../signals/functions.ts'
import { count, notApplicable, part, sentence } from './part.ts'

const AMOUNT =
  /(?:[$€£¥₹₴]\s?(\d[\d.,]*\d|\d))|(?:(\d[\d.,]*\d|\d)\s?(?:[$€£¥₹₴]|usd|eur|gbp|dollars?|euros?|pounds?|credits)(?!\p{L}))/giu

/** 1.234,50 and 1,234.5 are the same amount. */
const plain = (amount: string): string => {
  const number = Number(amount.replace(/[.,](?=\d{3}(?:\D|$))/g, '').replace(',', '.'))
  return Number.isNaN(number) ? amount : String(number)
}
const amountsIn = (text: string): string[] =>
  [...text.matchAll(AMOUNT)].map((match) => plain(match[1] ?? match[2] ?? ''))
const numbersIn = (text: string): string[] =>
  (text.match(/\d[\d.,]*/g) ?? []).map((number) => plain(number.replace(/[.,]+$/, '')))

export type UnbackedAmount = { message: Message; amount: string }

/** Amounts an agent states that neither a function, a source nor the contact ever gave. Only judged where something could have. */
export const unbackedAmounts = (reading: Reading): { checked: number; unbacked: UnbackedAmount[] } => {
  const known = new Set<string>()
  let sources = 0
  let checked = 0
  const unbacked: UnbackedAmount[] = []
  const learn = (text: string) => {
    for (const number of numbersIn(text)) known.add(number)
  }
  const steps = [...reading.messages, ...reading.calls].sort((a, b) => a.position - b.position)
  for (const step of steps) {
    if (!('side' in step)) {
      sources++
      for (const [, value] of [...flat(step.parameters), ...flat(step.result)]) learn(value)
    } else if (step.side === 'contact') learn(step.text)
    else {
      sources += step.sources.length
      step.sources.forEach(learn)
      if (step.author !== 'agent' || sources === 0) continue
      for (const amount of amountsIn(step.text)) {
        checked++
        if (!known.has(amount)) unbacked.push({ message: step, amount })
        known.add(amount)
      }
    }
  }
  return { checked, unbacked }
}

export const judgeSupported = (facts: Facts): QualityPart => {
  const { claims, reading } = facts
  if (reading.judged === 'human') return notApplicable('supported', 'People act in systems this log does not see.')
  const { checked, unbacked } = unbackedAmounts(reading)
  if (claims.length === 0 && checked === 0)
    return notApplicable('supported', 'No action was claimed and no amount could be checked.')
  const bare = claims.filter(({ backing }) => backing === 'none')
  const contradicted = claims.filter(({ backing }) => backing === 'contradicted')
  const points = 15 - 8 * bare.length - 15 * contradicted.length - 4 * unbacked.length
  const problems = [
    contradicted[0] && `Said to be done, but ${spokenName(contradicted[0].call?.name ?? '')} had just failed.`,
    bare[0] && `${sentence(count(bare.length, 'claim'))} of a done action without a successful function call.`,
    unbacked[0] && `The amount ${unbacked[0].amount} is in no function result or source.`,
  ].filter((problem) => !!problem)
  const wrong = [...contradicted, ...bare].map(({ message, sentence: said }) => ({
    position: message.position,
    start: said.start,
    end: said.end,
  }))
  if (problems.length > 0)
    return part('supported', points, problems.join(' '), [
      ...wrong,
      ...unbacked.map(({ message }) => ({ position: message.position })),
    ])
  const backing = [...new Set(claims.flatMap(({ call }) => (call ? [call.name] : [])))]
  const what =
    backing.length > 0
      ? `What was said to be done matches ${backing.slice(0, 3).join(', ')}.`
      : 'Amounts match what the functions and sources gave.'
  return part(
    'supported',
    points,
    what,
    claims.flatMap(({ message, call }) => [
      { position: message.position },
      ...(call ? [{ position: call.position }] : []),
    ]),
  )
}
