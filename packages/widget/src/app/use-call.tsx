/** A call as the chat has it: the way to begin one. What a call is made of is loaded when one is wanted, or was cut by a reload. */
import type { ComponentType, VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { CallProps } from './call/CallPanel.tsx'
import type { Chat, ChatState } from './chat.ts'
import { Icon } from './Icon.tsx'
import { t, whyNot } from './texts.ts'

export interface CallSlot {
  /** It has all the room; else a bar above the chat, or nothing. */
  isFull: boolean
  panel: VNode | null
  /** Null where no call can be begun. */
  button: VNode | null
}

export function useCall(chat: Chat, state: ChatState): CallSlot {
  const [Panel, setPanel] = useState<ComponentType<CallProps>>()
  const [isFull, setFull] = useState(false)
  const [trouble, setTrouble] = useState('')
  const canCall = state.session?.channel.voice === true
  const open = () => {
    setTrouble('')
    import('./call/CallPanel.tsx').then(
      (late) => {
        setPanel(() => late.CallPanel)
        setFull(true)
      },
      () => setTrouble(whyNot('network')),
    )
  }
  useEffect(() => {
    if (canCall && chat.call.get()) open()
  }, [canCall])
  const close = () => {
    setPanel(undefined)
    setFull(false)
  }
  return {
    isFull,
    panel: Panel ? (
      <Panel chat={chat} state={state} isFull={isFull} onFull={setFull} onClose={close} />
    ) : trouble ? (
      <p class="trouble" role="alert">
        {trouble}
      </p>
    ) : null,
    button:
      canCall && !Panel ? (
        <button type="button" class="ib" aria-label={t('call')} onClick={open}>
          <Icon name="phone" />
        </button>
      ) : null,
  }
}
