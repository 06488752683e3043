/** Canned replies and macros as Settings changes them. */
import { call } from '@earshot/client'
import {
  type CannedReply,
  changeMacro,
  changeReply,
  createMacro,
  createReply,
  deleteMacro,
  deleteReply,
  type Macro,
  type MacroStep,
} from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { tellProblem } from '../../app/problem.ts'
import { atLeast, useSession } from '../../app/session.ts'
import { macrosQuery, repliesQuery } from '../../replies/queries.ts'

export type ReplyWish = { shortcut: string; title: string; body: string; shared: boolean }
export type MacroWish = { name: string; digit: number | null; steps: MacroStep[]; shared: boolean }

export function useReplyCommands() {
  const cache = useQueryClient()
  const again = () => void cache.invalidateQueries({ queryKey: repliesQuery.queryKey })
  const save = useMutation({
    mutationFn: ({ id, ...body }: ReplyWish & { id?: string }) =>
      id ? call(changeReply, { params: { id }, body }) : call(createReply, { body }),
    onError: tellProblem,
    onSettled: again,
  })
  const remove = useMutation({
    mutationFn: (id: string) => call(deleteReply, { params: { id } }),
    onError: tellProblem,
    onSettled: again,
  })
  return { save, remove }
}

export function useMacroCommands() {
  const cache = useQueryClient()
  const again = () => void cache.invalidateQueries({ queryKey: macrosQuery.queryKey })
  const save = useMutation({
    mutationFn: ({ id, ...body }: MacroWish & { id?: string }) =>
      id ? call(changeMacro, { params: { id }, body }) : call(createMacro, { body }),
    onError: tellProblem,
    onSettled: again,
  })
  const remove = useMutation({
    mutationFn: (id: string) => call(deleteMacro, { params: { id } }),
    onError: tellProblem,
    onSettled: again,
  })
  return { save, remove }
}

/** One's own, and as a supervisor what all share. */
export function useMayChange(): (one: CannedReply | Macro) => boolean {
  const { member } = useSession()
  return ({ owner, shared }) =>
    (owner.id === member.id && atLeast(member.role, 'operator')) || (shared && atLeast(member.role, 'supervisor'))
}
