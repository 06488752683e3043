/** The feeling of one message: GoEmotions weights 0..1 and a polarity −1..1, from the trained models and the word lists together. */
import { EMOTIONS, type Emotion, type MessageTone } from '../contract.ts'
import { scoreText } from '../lexicon/score-text.ts'
import { featuresOf } from '../model/features.ts'
import { emotionGroupModel, emotionModel, toneModel } from '../model/models.ts'
import { remembered } from '../text/remembered.ts'
import { readable } from '../text/words.ts'

/** A short text in no known language is read as English, as the word lists do. */
const isEnglish = (language: string): boolean => language === 'en' || language === 'und'

/** The models read so much; a message may be 16,000 characters, and its feeling is told in its beginning. */
const READ_AT_MOST = 2000

/** "No, that is all" answers a question; strangers on the internet who write so disagree with each other. */
const PLAIN_NO = /^\W*(?:no|nope|nah|not yet|not really)\b(?:\W+[\w']+){0,5}\W*$/i

export const scoreMessage = (text: string, language: string): MessageTone => {
  let score = byLanguage.get(language)
  if (!score) {
    score = remembered((one) => scoreAnew(one, language))
    byLanguage.set(language, score)
  }
  return score(text)
}

/** Languages are what our own detector names: a few dozen. */
const byLanguage = new Map<string, (text: string) => MessageTone>()

const scoreAnew = (text: string, language: string): MessageTone => {
  const byWords = scoreText(text, language)
  const read = readable(text).slice(0, READ_AT_MOST)
  // What has no letters (an emoji, "???", a number) no model has learnt.
  if (!/\p{L}{2}/u.test(read) || (PLAIN_NO.test(read) && byWords.emotions.length === 0)) return byWords
  return isEnglish(language) ? scoreEnglish(read, byWords) : scoreOther(read, byWords)
}

/** Chosen on the training part of GoEmotions: mostly the model, and half where it finds nothing but facts. */
const ENGLISH_MODEL = 0.7

const scoreEnglish = (text: string, byWords: MessageTone): MessageTone => {
  const emotions = emotionModel()
  const features = featuresOf(text, emotions.head.features)
  const [pleased = 0, displeased = 0, , plain = 0] = emotionGroupModel().scoreFeatures(features)
  const mixed = ENGLISH_MODEL * (pleased - displeased) + (1 - ENGLISH_MODEL) * byWords.polarity
  return {
    polarity: round(plain > Math.max(pleased, displeased) ? mixed / 2 : mixed),
    emotions: emotionsOf(text, emotions.scoreFeatures(features), byWords),
  }
}

/** Film lines are louder than customers, so the model only leans on the word lists' side where it is sure. */
const OTHER_MODEL = 0.4
const SURE = 0.4

const scoreOther = (text: string, byWords: MessageTone): MessageTone => {
  const [pleased = 0, displeased = 0] = toneModel().score(text)
  const leaning = pleased - displeased
  const sure = Math.sign(leaning) * Math.max(0, Math.abs(leaning) - SURE) * (1 / (1 - SURE))
  return { ...byWords, polarity: round(clamp(byWords.polarity + OTHER_MODEL * sure)) }
}

/** Labels that are right too seldom to be shown unless the model is sure of them (F1 under 0.4 on unseen comments). */
const SELDOM_RIGHT = new Set<Emotion>(['disappointment', 'realization', 'relief', 'approval', 'nervousness', 'caring'])
const MARGIN = 0.15
/** To ask is a customer's trade: it shows curiosity or confusion only where the words say so too. */
const OF_ANY_QUESTION = new Set<Emotion>(['curiosity', 'confusion'])
const SHOWN_AT_MOST = 5

const emotionsOf = (text: string, scores: Float32Array, byWords: MessageTone): MessageTone['emotions'] => {
  const { labels, thresholds } = emotionModel().head
  const asks = text.includes('?')
  const found = new Map<Emotion, number>()
  for (const label of EMOTIONS) {
    const at = labels.indexOf(label)
    if (at < 0) continue
    const score = scores[at]!
    const inWords = byWords.emotions.some((one) => one.label === label)
    const least = thresholds[at]! + (SELDOM_RIGHT.has(label) && !inWords ? MARGIN : 0)
    if (score < (inWords ? least / 2 : least)) continue
    if (asks && OF_ANY_QUESTION.has(label) && !inWords) continue
    found.set(label, score)
  }
  return [...found]
    .map(([label, score]) => ({ label, score: round(score) }))
    .filter(({ score }) => score >= 0.1)
    .sort((a, b) => b.score - a.score)
    .slice(0, SHOWN_AT_MOST)
}

const clamp = (value: number): number => Math.max(-1, Math.min(1, value))
const round = (value: number): number => Math.round(value * 1000) / 1000
