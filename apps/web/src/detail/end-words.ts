/** Why a conversation is over, in words: what ended its call, or what ended it otherwise. */
import i18next from 'i18next'
import { codeWords } from '../conversations/code-words.ts'

export function endWords(reason: string): string {
  const key = `detail:endedBy.${reason}`
  if (/^[a-z_]+$/.test(reason) && i18next.exists(key)) return String(i18next.t(key as 'detail:endedBy.failed'))
  return codeWords('reason', reason).replaceAll('_', ' ')
}
