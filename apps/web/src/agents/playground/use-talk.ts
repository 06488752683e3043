/** A talk with an agent that is no conversation: it lives in this tab, and each answer carries how it came about. */
import { call } from '@earshot/client'
import { type TriedAnswer, tryAgent } from '@earshot/contracts'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { tellProblem } from '../../app/problem.ts'
import type { Asked } from './which.ts'

export type Turn = {
  id: string
  text: string
  /** Null while it is made, or when it was stopped. */
  answer: TriedAnswer | null
  /** Which document answered. */
  by: string
  confirmed: string[]
}

export function useTalk(agentId: string) {
  const [turns, setTurns] = useState<readonly Turn[]>([])
  const [shown, show] = useState<string | null>(null)
  const abort = useRef<AbortController>(undefined)
  const ask = useMutation({
    mutationFn: ({
      asked,
      before,
      turn,
      signal,
    }: {
      asked: Asked
      before: readonly Turn[]
      turn: Turn
      signal: AbortSignal
    }) =>
      call(tryAgent, {
        params: { id: agentId },
        body: { ...asked, messages: messagesOf([...before, turn]), confirmed: turn.confirmed },
        signal,
      }),
    onError: (error) => {
      if (!abort.current?.signal.aborted) tellProblem(error)
    },
  })
  const run = (before: readonly Turn[], turn: Turn, asked: Asked) => {
    abort.current?.abort()
    const mine = new AbortController()
    abort.current = mine
    setTurns([...before, turn])
    show(turn.id)
    ask.mutate(
      { asked, before, turn, signal: mine.signal },
      {
        onSuccess: (answer) => setTurns((all) => all.map((one) => (one.id === turn.id ? { ...one, answer } : one))),
      },
    )
  }
  return {
    turns,
    shown: turns.find(({ id }) => id === shown) ?? turns.at(-1) ?? null,
    show,
    busy: ask.isPending,
    say: (text: string, asked: Asked, by: string) =>
      run(turns, { id: crypto.randomUUID(), text, answer: null, by, confirmed: [] }, asked),
    /** Answers this message anew, and forgets what came after it. */
    again(turn: Turn, asked: Asked, by: string, confirmed: string[] = []) {
      const at = turns.findIndex(({ id }) => id === turn.id)
      run(turns.slice(0, at), { ...turn, answer: null, by, confirmed }, asked)
    },
    /** Takes the last message back, to be said otherwise. */
    takeBack(): string {
      abort.current?.abort()
      setTurns(turns.slice(0, -1))
      return turns.at(-1)?.text ?? ''
    },
    stop: () => abort.current?.abort(),
    clear() {
      abort.current?.abort()
      setTurns([])
      show(null)
    },
  }
}
export type Talk = ReturnType<typeof useTalk>

const messagesOf = (turns: readonly Turn[]) =>
  turns.flatMap(({ text, answer }) => [
    { author: 'contact' as const, text, note: null },
    ...(answer?.text ? [{ author: 'agent' as const, text: answer.text, note: answer.note }] : []),
  ])
