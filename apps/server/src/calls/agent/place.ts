/** The call an agent speaks on, and who it is there. */
import type { AgentConfig } from '@earshot/contracts'
import type { AgentRow } from '../../agents/index.ts'
import type { Context } from '../../platform/context.ts'
import type { CallRow } from '../queries.ts'
import type { Providers } from '../speech/index.ts'

export interface CallPlace {
  ctx: Context
  call: CallRow
  agent: AgentRow
  providers: Providers
  /** Spoken and listened for. */
  language: string
  /** Undefined where the document names none: the recogniser finds out. */
  listensFor: string | undefined
}

const GREETINGS: Record<string, (name: string) => string> = {
  en: (name) => `Hello, this is ${name}. How can I help you?`,
  de: (name) => `Guten Tag, hier ist ${name}. Wie kann ich Ihnen helfen?`,
  fr: (name) => `Bonjour, ici ${name}. Comment puis-je vous aider ?`,
  es: (name) => `Hola, soy ${name}. ¿En qué puedo ayudarle?`,
}

export function greetingOf({ agent, language }: Pick<CallPlace, 'agent' | 'language'>): string {
  const own = agent.config.voice.greeting.trim()
  if (own !== '') return own
  return (GREETINGS[language.slice(0, 2).toLowerCase()] ?? GREETINGS.en!)(agent.name)
}

export const languageOf = ({ voice, profile }: AgentConfig): string => voice.language ?? profile.languages[0] ?? 'en'
