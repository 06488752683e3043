/** A timbre of the offline voice, to choose and to listen to. */
import Volume from 'lucide-react/icons/volume-2'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/Button.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { Select } from '../../../ui/Select.tsx'
import { useSayAloud } from './use-speech.ts'

type Props = {
  voices: readonly string[]
  value: string | null
  disabled: boolean
  onChange: (voice: string) => void
}

export function VoicePicker({ voices, value, disabled, onChange }: Props) {
  const { t } = useTranslation('speech')
  const say = useSayAloud()
  const chosen = voices.find((voice) => voice === value) ?? voices[0] ?? ''
  return (
    <div className="row g2 wrap">
      <Select
        label={t('voice')}
        value={chosen}
        disabled={disabled}
        onChange={onChange}
        options={voices.map((voice) => ({ value: voice, label: voice }))}
      />
      <Button
        busy={say.isPending}
        disabled={disabled}
        onClick={() => say.mutate({ text: t('sample'), voice: chosen, language: 'en', speed: 1 })}
      >
        <Icon of={Volume} size="s" />
        {t('listenTo')}
      </Button>
    </div>
  )
}
