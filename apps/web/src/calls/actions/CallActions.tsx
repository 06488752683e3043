/** What can be done to the open call: listen, coach, speak, give it back, pass it on, end it. Only what its state and this person's role allow. */
import type { Call } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../app/session.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useOnAir } from '../sound/on-air.ts'
import { ActionBar } from './ActionBar.tsx'
import type { Asked } from './asked.ts'
import { CoachComposer } from './CoachComposer.tsx'
import { EndDialog } from './EndDialog.tsx'
import { EnqueueDialog } from './EnqueueDialog.tsx'
import { HandBackDialog } from './HandBackDialog.tsx'
import { mayDo } from './may.ts'
import { TakeOverDialog } from './TakeOverDialog.tsx'
import { TransferDialog } from './TransferDialog.tsx'
import { TransferState } from './TransferState.tsx'
import { useCallCommands } from './use-call-commands.ts'
import { useListen } from './use-listen.ts'

export function CallActions({ call }: { call: Call }) {
  const { member } = useSession()
  const [asked, setAsked] = useState<Asked>(null)
  const may = mayDo(call, member.role, member.id)
  const air = useOnAir()
  const here = air?.conversationId === call.conversationId ? air : null
  const commands = useCallCommands(call)
  const listen = useListen(call)
  const close = () => setAsked(null)
  useKeys({ call, may, ask: setAsked, listen: listen.toggle, record: commands.record.mutate })
  return (
    <>
      <TransferState call={call} mayCancel={may('transfer') || call.state === 'transferring'} />
      {asked === 'coach' && may('coach') && <CoachComposer call={call} onClose={close} />}
      <ActionBar
        call={call}
        may={may}
        here={here}
        listen={listen}
        record={commands.record}
        asked={asked}
        ask={setAsked}
      />
      {(asked === 'takeOver' || asked === 'comeBack') && <TakeOverDialog call={call} how={asked} onClose={close} />}
      {asked === 'handBack' && <HandBackDialog call={call} onClose={close} />}
      {asked === 'transfer' && <TransferDialog call={call} onClose={close} />}
      {asked === 'enqueue' && <EnqueueDialog call={call} onClose={close} />}
      {asked === 'end' && <EndDialog call={call} onClose={close} />}
    </>
  )
}

type Keys = {
  call: Call
  may: ReturnType<typeof mayDo>
  ask: (what: Asked) => void
  listen: () => void
  record: (on: boolean) => void
}

function useKeys({ call, may, ask, listen, record }: Keys): void {
  const { t } = useTranslation('calls')
  const air = useOnAir()
  const hears = air?.conversationId === call.conversationId && air.role === 'listener'
  const act = 'act' as const
  useShortcuts([
    ...(may('listen') || hears ? [{ keys: 'L', group: act, label: t('keys.listen'), run: listen }] : []),
    ...(may('coach') ? [{ keys: '⇧C', group: act, label: t('keys.coach'), run: () => ask('coach') }] : []),
    ...(may('release') ? [{ keys: 'R', group: act, label: t('keys.takeOver'), run: () => ask('handBack') }] : []),
    ...(may('takeover') ? [{ keys: 'R', group: act, label: t('keys.takeOver'), run: () => ask('takeOver') }] : []),
    ...(may('transfer') ? [{ keys: 'T', group: act, label: t('keys.transfer'), run: () => ask('transfer') }] : []),
    ...(may('enqueue') ? [{ keys: 'Q', group: act, label: t('keys.enqueue'), run: () => ask('enqueue') }] : []),
    ...(may('record')
      ? [{ keys: 'P', group: act, label: t('keys.record'), run: () => record(call.recording.state === 'paused') }]
      : []),
    ...(may('end') ? [{ keys: 'E', group: act, label: t('keys.end'), run: () => ask('end') }] : []),
  ])
}
