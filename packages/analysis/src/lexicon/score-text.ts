/** The feeling of one text: GoEmotions weights 0..1 and a polarity −1..1, from word lists. */
import type { Emotion, MessageTone } from '../contract.ts'
import { readable, words } from '../text/words.ts'
import { ARABIC, CHINESE, JAPANESE, POLISH, RUSSIAN, TURKISH, UKRAINIAN } from './eastern.ts'
import { BOOSTERS, ENGLISH, NEGATIONS } from './english.ts'
import { DUTCH, FRENCH, GERMAN, ITALIAN, PORTUGUESE, SPANISH } from './european.ts'
import { type CompiledLexicon, compile, type Hit, hitsAt } from './lexicon.ts'

/** How much an emotion says about being content. Thanks are mostly manners, confusion is only half a complaint. */
const VALENCE: Partial<Record<Emotion, number>> = {
  admiration: 0.9,
  amusement: 0.5,
  approval: 0.25,
  caring: 0.5,
  desire: 0.1,
  excitement: 0.9,
  gratitude: 0.6,
  joy: 1,
  love: 1,
  optimism: 0.5,
  pride: 0.7,
  relief: 0.7,
  anger: -1.2,
  annoyance: -1,
  disappointment: -0.9,
  disapproval: -0.8,
  disgust: -1,
  embarrassment: -0.5,
  fear: -0.8,
  grief: -1,
  nervousness: -0.6,
  remorse: -0.2,
  sadness: -0.9,
  confusion: -0.4,
}

const ENGLISH_ONLY = compile(ENGLISH)
// English words and emoji are at home in every chat, so they are read beside each language's own.
const EMOJI: typeof ENGLISH = Object.fromEntries(
  Object.entries(ENGLISH).map(([emotion, lists]) => [
    emotion,
    lists.map((list) =>
      (list ?? '')
        .split(/\s+/)
        .filter((term) => /[^\p{L}_*'\s]/u.test(term))
        .join(' '),
    ),
  ]),
)
const BY_LANGUAGE: Record<string, CompiledLexicon> = {
  en: ENGLISH_ONLY,
  de: compile(GERMAN, EMOJI),
  es: compile(SPANISH, EMOJI),
  fr: compile(FRENCH, EMOJI),
  pt: compile(PORTUGUESE, EMOJI),
  it: compile(ITALIAN, EMOJI),
  nl: compile(DUTCH, EMOJI),
  pl: compile(POLISH, EMOJI),
  ru: compile(RUSSIAN, EMOJI),
  uk: compile(UKRAINIAN, EMOJI),
  tr: compile(TURKISH, EMOJI),
  ar: compile(ARABIC, EMOJI),
  zh: compile(CHINESE, EMOJI),
  ja: compile(JAPANESE, EMOJI),
}
const SIGNS_ONLY = compile(EMOJI)

/** Languages with a word list; elsewhere only emoji speak, and confidence says so. */
export const hasLexicon = (language: string): boolean => language === 'und' || language in BY_LANGUAGE

const NEGATED: Partial<Record<Emotion, Emotion>> = {
  joy: 'disappointment',
  admiration: 'disapproval',
  approval: 'disapproval',
  love: 'disapproval',
  gratitude: 'disapproval',
  excitement: 'disappointment',
  optimism: 'disappointment',
}

export const scoreText = (text: string, language: string): MessageTone => {
  const lexicon = language === 'und' ? ENGLISH_ONLY : (BY_LANGUAGE[language] ?? SIGNS_ONLY)
  const strength = new Map<Emotion, number>()
  const feel = (emotion: Emotion, weight: number) => strength.set(emotion, (strength.get(emotion) ?? 0) + weight)

  const lower = readable(text).toLowerCase()
  for (const [sign, hit] of lexicon.signs) if (lower.includes(sign)) feel(hit.emotion, hit.weight)
  feelWords(words(text), lexicon, feel)
  raiseVoice(text, strength)

  const emotions = [...strength]
    .map(([label, sum]) => ({ label, score: round(1 - Math.exp(-0.9 * sum)) }))
    .filter(({ score }) => score >= 0.1)
    .sort((a, b) => b.score - a.score)
  return { polarity: polarityOf(strength), emotions: emotions.slice(0, 5) }
}

const feelWords = (tokens: string[], lexicon: CompiledLexicon, feel: (emotion: Emotion, weight: number) => void) => {
  for (let at = 0; at < tokens.length; at++) {
    const hits = hitsAt(lexicon, tokens, at)
    if (hits.length === 0) continue
    const before = tokens.slice(Math.max(0, at - 3), at)
    const after = tokens[at + (hits[0]?.length ?? 1)]
    // Turkish and Arabic may negate after the word.
    const negated = before.some((word) => NEGATIONS.has(word)) || after === 'değil'
    const boost = before.slice(-2).some((word) => BOOSTERS.has(word)) ? 1.4 : 1
    for (const hit of hits) feelHit(hit, hit.weight * boost, negated && hit.length === 1, feel)
    at += (hits[0]?.length ?? 1) - 1
  }
}

const feelHit = (hit: Hit, weight: number, negated: boolean, feel: (emotion: Emotion, weight: number) => void) => {
  if (!negated) return feel(hit.emotion, weight)
  const opposite = NEGATED[hit.emotion]
  if (opposite) feel(opposite, weight * 0.7)
}

/** Shouting and rows of marks make what is there stronger, and shouting alone is a little annoyed. */
const raiseVoice = (text: string, strength: Map<Emotion, number>) => {
  const shouted = text.match(/\b\p{Lu}{4,}\b/gu)?.length ?? 0
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0
  const shouting = letters >= 8 && capitals / letters > 0.6
  const marks = /[!?]{2,}/.test(text)
  if (shouting || marks) for (const [emotion, sum] of strength) strength.set(emotion, sum * 1.25)
  const pleased = [...strength].some(([emotion, sum]) => (VALENCE[emotion] ?? 0) > 0.5 && sum >= 0.5)
  if (!pleased && (shouting || (shouted >= 2 && marks)))
    strength.set('annoyance', (strength.get('annoyance') ?? 0) + 0.5)
}

const polarityOf = (strength: Map<Emotion, number>): number => {
  let pleased = 0
  let displeased = 0
  for (const [emotion, sum] of strength) {
    const valence = VALENCE[emotion] ?? 0
    if (valence > 0) pleased += valence * sum
    else displeased -= valence * sum
  }
  return round((pleased - displeased) / (pleased + displeased + 0.6))
}

const round = (value: number): number => Math.round(value * 1000) / 1000
