/** What is being said at this moment: words that may still change, until the log has them. */
import type { CallMoment } from '@earshot/contracts'
import { useMemo, useSyncExternalStore } from 'react'
import { createStore } from '../app/store.ts'

export interface Partial {
  utterance: string
  role: Extract<CallMoment, { t: 'partial' }>['role']
  text: string
  /** So many of its letters have not changed since the last time. */
  settled: number
  startMs: number
  at: number
}

const NONE: readonly Partial[] = []
/** Nobody says the end of what a lost recogniser began. */
const FORGET_MS = 20_000
const store = createStore<Record<string, readonly Partial[]>>({})

export function hearPartial(moment: Extract<CallMoment, { t: 'partial' }>, now = Date.now()): void {
  store.set((all) => {
    const next = applyPartial(all[moment.conversationId] ?? NONE, moment, now)
    return { ...all, [moment.conversationId]: next }
  })
}

export function applyPartial(
  held: readonly Partial[],
  { utterance, role, text, startMs }: Extract<CallMoment, { t: 'partial' }>,
  now: number,
): readonly Partial[] {
  const before = held.find((one) => one.utterance === utterance)
  const others = held.filter((one) => one.utterance !== utterance && now - one.at < FORGET_MS)
  if (text === '') return others
  const settled = before ? sharedWords(before.text, text) : 0
  return [...others, { utterance, role, text, settled, startMs, at: now }].sort((a, b) => a.startMs - b.startMs)
}

/** Letters up to the end of the last word that both begin with. */
function sharedWords(before: string, now: string): number {
  let same = 0
  while (same < before.length && same < now.length && before[same] === now[same]) same++
  if (same === now.length || now[same] === ' ') return same
  return Math.max(0, now.lastIndexOf(' ', same - 1))
}

export function usePartials(conversationId: string, said: ReadonlySet<string>): readonly Partial[] {
  const held = useSyncExternalStore(store.subscribe, () => store.get()[conversationId] ?? NONE)
  return useMemo(() => {
    const left = held.filter(({ utterance }) => !said.has(utterance))
    return left.length === held.length ? held : left
  }, [held, said])
}

export const forgetPartials = () => store.set({})
