/** How much the contact's messages look like advertising or noise. Rules only: no labelled spam was at hand. */
import type { Message, Reading } from '../reading.ts'
import { anyOf } from '../text/words.ts'

const LINK = /https?:\/\/|www\.|\bbit\.ly\/|\bt\.me\//giu
const BAIT = anyOf(
  `(?:you(?:'ve| have)? )?won`,
  `winner`,
  `lottery`,
  `prize`,
  `jackpot`,
  `bitcoin`,
  `crypto(?:currency)?`,
  `forex`,
  `casino`,
  `viagra`,
  `cialis`,
  `porn`,
  `free money`,
  `make money`,
  `earn \\$?\\d+`,
  `(?:work|income) from home`,
  `click (?:here|the link|below)`,
  `limited (?:time )?offer`,
  `act now`,
  `100% free`,
  `seo (?:services?|expert|ranking)`,
  `(?:rank|ranking)(?: \\w+){0,3} google`,
  `backlinks?`,
  `guest post`,
  `web ?design services`,
  `increase (?:your )?(?:traffic|sales|followers)`,
  `buy followers`,
  `investment opportunity`,
  `inheritance`,
  `million (?:dollars|usd|euros)`,
  `nigerian?`,
  `double your`,
  `loan offer`,
)

/** Long runs of consonants, one sign over and over, or hardly any letters: a cat on the keyboard. */
const isNoise = (text: string): boolean => {
  const letters = text.match(/\p{Script=Latin}/gu) ?? []
  if (letters.length < 12) return false
  const runs = text.match(/[bcdfghjklmnpqrstvwxz]{6,}/giu) ?? []
  return runs.join('').length / letters.length > 0.5 || /(\S)\1{11,}/u.test(text)
}

export const spamScore = (reading: Reading): { score: number; evidence: { position: number }[] } => {
  const suspect = reading.contact.filter((message) => suspicion(message) >= 0.5)
  const share = reading.contact.length === 0 ? 0 : suspect.length / reading.contact.length
  const strongest = Math.max(0, ...suspect.map(suspicion))
  return { score: share >= 0.5 ? Math.min(0.95, strongest) : 0, evidence: suspect }
}

const suspicion = ({ text }: Message): number => {
  const links = text.match(LINK)?.length ?? 0
  const bait = text.slice(0, 3000).match(new RegExp(BAIT, 'giu'))?.length ?? 0
  if (isNoise(text)) return 0.8
  return Math.min(0.95, 0.3 * Math.min(bait, 3) + (links > 0 && bait > 0 ? 0.3 : 0) + (links >= 3 ? 0.4 : 0))
}
