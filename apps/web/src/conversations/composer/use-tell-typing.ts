/** Says that this operator is typing, now and then while they do, and that they stopped. */
import { call } from '@earshot/client'
import { tellTyping } from '@earshot/contracts'
import { useCallback, useEffect, useRef } from 'react'

const AGAIN_MS = 3_000
const STOPPED_MS = 5_000

export function useTellTyping(conversationId: string) {
  const state = useRef<{ toldAt: number; timer: ReturnType<typeof setTimeout> | undefined }>({
    toldAt: 0,
    timer: undefined,
  })
  const tell = useCallback(
    // Nobody waits for this: a lost one is repeated or expires by itself.
    (active: boolean) => void call(tellTyping, { body: { conversationId, active } }).catch(() => {}),
    [conversationId],
  )
  const stopped = useCallback(() => {
    clearTimeout(state.current.timer)
    if (state.current.toldAt > 0) tell(false)
    state.current.toldAt = 0
  }, [tell])
  const typed = useCallback(() => {
    const now = Date.now()
    if (now - state.current.toldAt > AGAIN_MS) {
      state.current.toldAt = now
      tell(true)
    }
    clearTimeout(state.current.timer)
    state.current.timer = setTimeout(stopped, STOPPED_MS)
  }, [tell, stopped])
  useEffect(() => stopped, [stopped])
  return { typed, stopped }
}
