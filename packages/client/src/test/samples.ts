/** A conversation and its entries, as short as a test wants them. */
import type { Conversation, Delta, Entry } from '@earshot/contracts'

const AT = '2026-11-20T09:00:00.000Z'

export function conversation(id: string, change: Partial<Conversation> = {}): Conversation {
  return {
    id,
    number: 1,
    sessionId: 's',
    title: null,
    log: 1,
    status: 'active',
    control: 'agent',
    epoch: 1,
    blocked: false,
    handoff: null,
    outcome: null,
    endReason: null,
    resolution: 'unknown',
    stage: { key: 'in_progress', name: 'In Progress', category: 'open', color: 'auto' },
    channel: { id: 'ch', kind: 'widget', name: 'Website' },
    agent: { id: 'a', name: 'Sol', mode: 'active' },
    flow: null,
    contact: { id: 'contact', name: null, email: null, phone: null, lastActiveAt: null },
    assignee: null,
    messageCount: 0,
    unreadCount: 0,
    readPosition: 0,
    lastPosition: 0,
    preview: null,
    tokens: { input: 0, output: 0 },
    costUsd: 0,
    rating: null,
    quality: null,
    tone: null,
    emotions: [],
    flagCount: 0,
    functions: [],
    tags: [],
    memory: {},
    hasAudio: false,
    converted: null,
    language: null,
    startedAt: AT,
    lastMessageAt: AT,
    endedAt: null,
    durationMs: 0,
    reviewedAt: null,
    previousId: null,
    priority: 'normal',
    snooze: null,
    woken: null,
    outcomeBy: null,
    ...change,
  }
}

export function entry(position: number, change: Partial<Entry> = {}): Entry {
  return {
    position,
    kind: 'message',
    author: { kind: 'contact', id: null, name: null },
    text: `entry ${position}`,
    attachments: [],
    audio: null,
    functionCall: null,
    data: {},
    at: AT,
    delivery: 'stored',
    clientKey: null,
    ...change,
  }
}

export function delta(conversationId: string, change: Partial<Delta> = {}): Delta {
  const agent = { id: 'a', name: 'Sol' }
  return { conversationId, turnId: 't1', epoch: 1, agent, seq: 0, text: '', whole: false, state: 'writing', ...change }
}
