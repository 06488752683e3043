/** The greeting as callers will hear it, with what is in the editor now. */
import type { AgentConfig } from '@earshot/contracts'
import Volume from 'lucide-react/icons/volume-2'
import { useTranslation } from 'react-i18next'
import { useSayAloud } from '../../settings/voice/speech/use-speech.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'

export function ListenTo({ config: { voice, profile } }: { config: AgentConfig }) {
  const { t } = useTranslation('speech')
  const say = useSayAloud()
  const text = voice.greeting.trim().slice(0, 300) || t('sample')
  const language = voice.language ?? profile.languages[0] ?? 'en'
  return (
    <div className="below">
      <Button
        busy={say.isPending}
        onClick={() => say.mutate({ text, voice: voice.voice, language, speed: voice.speed })}
      >
        <Icon of={Volume} size="s" />
        {t('listenTo')}
      </Button>
    </div>
  )
}
