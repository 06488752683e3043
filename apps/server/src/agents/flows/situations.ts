/** Situations that words tell: noticed in the contact's messages, each message once. */
import type { Situation } from '@earshot/contracts'
import type { Said } from '../answer.ts'
import { findWord } from '../triggers/says.ts'

export interface Happened {
  situation: Situation
  /** Names the message, so that a turn that is begun again counts it once. */
  key: string
}

export function situationsIn(situations: Situation[], said: Said[]): Happened[] {
  return situations.flatMap((situation) =>
    situation.on && situation.words.length > 0
      ? said
          .filter(({ author, text }) => author === 'contact' && findWord(text, situation.words) !== undefined)
          .map(({ position }) => ({ situation, key: keyOf(situation, position) }))
      : [],
  )
}

export const keyOf = ({ id }: Pick<Situation, 'id'>, position: number): string => `situation:${id}:${position}`
