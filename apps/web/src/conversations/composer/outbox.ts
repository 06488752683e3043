/** Replies and notes on their way out: shown at once, kept in this browser until the server has them. */
import { call, Outbox, type Outgoing } from '@earshot/client'
import { type Attachment, addCoaching, addNote, type Entry, sayAsOperator } from '@earshot/contracts'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { useMemo } from 'react'
import { loadLate } from '../../app/load-late.ts'
import { hasWords } from '../../app/problem.ts'
import { useSession } from '../../app/session.ts'
import { createStore, type Store, useStore } from '../../app/store.ts'
import { putEntry } from '../cache.ts'
import type { WritingKind } from './mode.ts'

export interface Saying {
  conversationId: string
  kind: WritingKind
  text: string
  attachments: Attachment[]
  /** Closes the conversation with it. */
  close?: boolean
}
export type Pending = Outgoing<Saying>

interface Opened {
  owner: string
  outbox: Outbox<Saying, Entry>
  messages: Store<readonly Pending[]>
}
let opened: Opened | null = null

/** One outbox a signed-in member; what another member left behind waits for them. */
function openFor(owner: string, cache: QueryClient): Opened {
  if (opened?.owner === owner) return opened
  opened?.outbox.close()
  const messages = createStore<readonly Pending[]>([])
  const name = `earshot.outbox.${owner}`
  const outbox = new Outbox<Saying, Entry>({
    storage: { get: () => localStorage.getItem(name), set: (value) => localStorage.setItem(name, value) },
    send: ({ key, body }, signal) => send(cache, key, body, signal),
    onChange: messages.set,
    onSent: ({ body }, entry) => putEntry(cache, body.conversationId, entry),
  })
  opened = { owner, outbox, messages }
  return opened
}

async function send(cache: QueryClient, clientKey: string, saying: Saying, signal: AbortSignal): Promise<Entry> {
  const { conversationId, kind, text, attachments, close } = saying
  const params = { id: conversationId }
  if (kind === 'coaching') return call(addCoaching, { params, body: { text, clientKey }, signal })
  if (kind === 'note') {
    const mentions = text.includes('@') ? await (await loadReplies()).mentionsIn(cache, text) : []
    return call(addNote, { params, body: { text, mentions, clientKey }, signal })
  }
  const body = { text, attachmentIds: attachments.map(({ id }) => id), clientKey }
  if (close) return (await loadReplies()).sendAndClose(cache, conversationId, body, signal)
  return call(sayAsOperator, { params, body, signal })
}

/** Sending waits for the words of a note to be read: a mention must not be lost. */
const loadReplies = () => loadLate(() => import('../../replies/sending.ts'))

function useOpened(): Opened {
  const cache = useQueryClient()
  const { member } = useSession()
  return useMemo(() => openFor(member.id, cache), [member.id, cache])
}

export const useOutbox = () => useOpened().outbox

/** What is under way in one conversation and not in its log yet. */
export function usePendingMessages(conversationId: string, entries: readonly Entry[]): readonly Pending[] {
  const all = useStore(useOpened().messages)
  return useMemo(() => {
    const stored = new Set(entries.map((entry) => entry.clientKey))
    return all.filter(({ key, body }) => body.conversationId === conversationId && !stored.has(key))
  }, [all, conversationId, entries])
}

/** Why the server refused it, and what to do. */
export function refusalWords(code: string | undefined): string {
  const known = code !== undefined && hasWords(code) ? code : 'internal'
  return i18next.t(`errors:${known}`)
}
