/** Sets my availability; leaving asks what becomes of the conversations that the queue gave me. */
import './texts.ts'
import { call } from '@earshot/client'
import { type Operator, type PresenceState, setPresence } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { useSession } from '../app/session.ts'
import { createStore } from '../app/store.ts'
import { toast } from '../ui/Toasts.tsx'
import { myQueueQuery, queueKeys } from './queue-cache.ts'

export const CHOOSABLE = ['available', 'busy', 'offline'] as const
export type Choosable = (typeof CHOOSABLE)[number]
type Wish = { state: Choosable; takes?: Operator['takes']; keepWork?: boolean }

/** A wish to leave while the queue's work is held, until it is said what becomes of it. */
export const leaving = createStore<{ state: Choosable; count: number } | null>(null)

export function useSetPresence() {
  const { t } = useTranslation('inbox')
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: Wish) => call(setPresence, { body }),
    onSuccess: (operator, { takes }) => {
      cache.setQueryData<Operator>(queueKeys.presence, operator)
      if (!takes) toast.done(t('presence.set', { state: t(`presence.${operator.state}`).toLowerCase() }))
      void cache.invalidateQueries({ queryKey: queueKeys.mine })
    },
    onError: tellProblem,
  })
}

export function useChoosePresence(): (state: Choosable) => void {
  const cache = useQueryClient()
  const { member } = useSession()
  const { mutate } = useSetPresence()
  return (state) => {
    void (async () => {
      const mine = state === 'available' ? [] : await cache.ensureQueryData(myQueueQuery(member.id)).catch(() => [])
      const count = mine.filter(({ holder, routed }) => holder?.id === member.id && routed === 'offer').length
      if (count > 0) leaving.set({ state, count })
      else mutate({ state })
    })()
  }
}

export const isChoosable = (state: PresenceState): state is Choosable => CHOOSABLE.some((one) => one === state)
