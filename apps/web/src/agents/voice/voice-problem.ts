/** What keeps an agent's voice from being saved. */
import type { AgentConfig } from '@earshot/contracts'
import { isSocketAddress } from './socket-address.ts'

const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

export const isLanguageWrong = (language: string | null): boolean => language !== null && !LANGUAGE.test(language)

export function isVoiceWrong({ by, bot, language }: AgentConfig['voice']): boolean {
  if (isLanguageWrong(language)) return true
  const addresses = bot ? [bot.url, bot.controlUrl] : []
  return by === 'media_streams' && addresses.some((url) => url !== null && !isSocketAddress(url))
}
