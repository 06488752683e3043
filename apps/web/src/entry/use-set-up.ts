/** The answers of the setup, what is wrong with them, and sending them once. */
import { call } from '@earshot/client'
import { setUp } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { meQuery } from '../app/session.ts'

export const STEPS = ['account', 'workspace', 'start'] as const
export type Step = (typeof STEPS)[number]

export type Answers = {
  name: string
  email: string
  password: string
  workspaceName: string
  start: 'sample' | 'empty'
}
export const BLANK: Answers = { name: '', email: '', password: '', workspaceName: '', start: 'sample' }

export type Problem = {
  field: 'name' | 'email' | 'password' | 'workspaceName'
  say: 'needName' | 'needEmail' | 'needPassword' | 'needWorkspace'
}

/** What keeps this step from going on; the server checks again. */
export function firstProblem(step: Step, answers: Answers): Problem | null {
  if (step === 'account') {
    if (answers.name.trim() === '') return { field: 'name', say: 'needName' }
    if (!/^\S+@\S+\.\S+$/.test(answers.email.trim())) return { field: 'email', say: 'needEmail' }
    if (answers.password.length < 10) return { field: 'password', say: 'needPassword' }
  }
  if (step === 'workspace' && answers.workspaceName.trim() === '')
    return { field: 'workspaceName', say: 'needWorkspace' }
  return null
}

export function useSetUp() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (answers: Answers) => {
      await call(setUp, { body: { ...answers, email: answers.email.trim() } })
      queries.removeQueries()
      await queries.fetchQuery(meQuery)
    },
  })
}
