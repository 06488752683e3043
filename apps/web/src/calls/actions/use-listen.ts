/** Listening in: begins and ends with one button, and never asks for a microphone. */
import type { Call } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from '../../ui/Toasts.tsx'
import { clockStart, useCallerName } from '../names.ts'
import { goOnAir, leaveAir, onAir, speaks } from '../sound/on-air.ts'
import { useCallCommands } from './use-call-commands.ts'

export interface Listening {
  toggle: () => void
  isBusy: boolean
}

export function useListen(call: Call): Listening {
  const { t } = useTranslation('calls')
  const { listen } = useCallCommands(call)
  const name = useCallerName(call)
  const [starting, setStarting] = useState(false)
  const begin = async () => {
    setStarting(true)
    try {
      const { call: now, ticket } = await listen.mutateAsync()
      if (!ticket) return
      await goOnAir({ call: now, ticket, name, since: clockStart(now) }).catch(() =>
        toast.failed(t('over.soundFailed')),
      )
    } catch {
      // The command has said why.
    } finally {
      setStarting(false)
    }
  }
  const toggle = () => {
    const air = onAir()
    if (starting || speaks(air)) return
    if (air?.conversationId === call.conversationId) leaveAir()
    else void begin()
  }
  return { toggle, isBusy: starting }
}
