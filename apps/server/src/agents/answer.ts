/** What an answer is made from and what it is: the same for the embedded answerer and for a model. */
import type { AgentConfig, Citation } from '@earshot/contracts'
import type { KnowledgePassage } from '../knowledge/index.ts'
import type { Facts } from './triggers/facts.ts'

export interface AnsweringAgent {
  id: string
  name: string
  company: string | null
  config: AgentConfig
}

/** A line of the conversation as the agent reads it. */
export interface Said {
  position: number
  author: 'contact' | 'agent' | 'operator'
  name: string | null
  text: string
  /** What the embedded answerer remembered with its own answer. */
  note: AnswerNote | null
}

/** Kept in the entry, so that the next answer knows what this one was about. */
export interface AnswerNote {
  kind: 'answer' | 'clarify' | 'not_found' | 'small_talk' | 'handoff'
  question?: string
  choices?: { articleId: string; title: string }[]
}

export interface Question {
  agent: AnsweringAgent
  /** Oldest first, without what is unanswered. */
  history: Said[]
  /** The contact's messages that wait for this answer, oldest first. */
  unanswered: Said[]
  search(question: string, limit?: number): Promise<KnowledgePassage[]>
  /** Left out where there is no conversation. */
  facts?: Facts
}

export interface Answer {
  /** Markdown; null: nothing but the handoff. */
  text: string | null
  citations: Citation[]
  note: AnswerNote | null
  handoff: Handoff | null
  /** The conversation ends with this answer. */
  end?: { reason: string }
}

export interface Handoff {
  reason: string
  by: 'agent' | 'contact' | 'rule'
  /** What the contact reads. */
  announcement: string
  /** For the team: which word, which topic, how much. */
  detail?: string | null
  /** What the person must be able to do. */
  skills?: string[]
}

/** What a model used. */
export interface Usage {
  inputTokens: number
  outputTokens: number
}
