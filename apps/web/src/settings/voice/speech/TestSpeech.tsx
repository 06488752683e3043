/** Has a sentence spoken and written down again by what is stored, and says what happened. */
import type { SpeechAttempt } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { useTestSpeech } from './use-speech.ts'

export function TestSpeech({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation('speech')
  const test = useTestSpeech()
  return (
    <>
      <Button busy={test.isPending} disabled={disabled} onClick={() => test.mutate()}>
        {t('test')}
      </Button>
      {disabled && <span className="small t3">{t('saveFirst')}</span>}
      <div role="status" className="col gap grow">
        {test.data && <Attempt name={t('testSpeak')} attempt={test.data.speak} />}
        {test.data?.listen && <Attempt name={t('testListen')} attempt={test.data.listen} />}
      </div>
    </>
  )
}

function Attempt({ name, attempt }: { name: string; attempt: SpeechAttempt }) {
  const { t } = useTranslation('speech')
  return (
    <div className="row g2 wrap">
      <Badge tone={attempt.ok ? 'ok' : 'bad'}>{name}</Badge>
      <span className="grow">{attempt.detail}</span>
      <span className="small t3">{t('ms', { ms: attempt.tookMs })}</span>
    </div>
  )
}
