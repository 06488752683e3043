/** In a row of the queue: takes a call that waits, with its sound; or says that one is on it. */
import './texts.ts'
import '../../styles/incoming.css'
import type { Call } from '@earshot/contracts'
import Phone from 'lucide-react/icons/phone'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useOnAir } from '../sound/on-air.ts'
import { type Taking, useAnswer } from './use-answer.ts'

type Props = { call: Call; name: string; taking: Taking; keys?: string | undefined }

export function AnswerButton({ call, name, taking, keys }: Props) {
  const { t } = useTranslation('incoming')
  const air = useOnAir()
  const { state, problem, answer } = useAnswer(call.conversationId, name)
  useEffect(() => {
    if (problem) toast.failed(t(`problem.${problem}`))
  }, [problem, t])
  if (air?.conversationId === call.conversationId && air.role !== 'listener')
    return <span className="badge ok">{t('onCall')}</span>
  if (!call.allowed.includes('answer')) return null
  return (
    <Button
      className="accept"
      icon={Phone}
      keys={keys}
      busy={state !== 'idle'}
      onClick={() => answer('browser', taking)}
    >
      {t(taking === 'have' ? 'comeBack' : 'acceptCall')}
    </Button>
  )
}
