/** On the bar of a call that a person has from the queue: back to the queue, or end it. */
import './texts.ts'
import PhoneOff from 'lucide-react/icons/phone-off'
import UsersRound from 'lucide-react/icons/users-round'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useCallCommands } from '../actions/use-call-commands.ts'
import { leaveAir, type OnAir, stopSpeaking } from '../sound/on-air.ts'

export function HeldControls({ air }: { air: OnAir }) {
  const { t } = useTranslation('incoming')
  const { enqueue, end } = useCallCommands(air)
  const off = () => {
    stopSpeaking()
    leaveAir()
  }
  return (
    <>
      <Button
        size="sm"
        icon={UsersRound}
        busy={enqueue.isPending}
        onClick={() =>
          enqueue.mutate(
            { skills: [] },
            {
              onSuccess: () => {
                off()
                toast.done(t('queued', { name: air.name }))
              },
            },
          )
        }
      >
        {t('queue')}
      </Button>
      <Button
        size="sm"
        variant="destroy"
        icon={PhoneOff}
        busy={end.isPending}
        onClick={() => end.mutate(undefined, { onSuccess: off })}
      >
        {t('end')}
      </Button>
    </>
  )
}
