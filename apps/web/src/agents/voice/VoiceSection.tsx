/** How the agent sounds on calls, and who speaks there for it. */
import '../../settings/voice/speech/texts.ts'
import { type AgentConfig, VoiceBy } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Checkbox, RadioCards } from '../../ui/Choice.tsx'
import { TextArea, TextField } from '../../ui/Field.tsx'
import { NumberField } from '../edit/NumberField.tsx'
import { Section } from '../edit/Section.tsx'
import type { SectionProps } from '../edit/section-props.ts'
import { BotFields } from './BotFields.tsx'
import { ListenTo } from './ListenTo.tsx'
import { SpeedSelect } from './SpeedSelect.tsx'
import { isSocketAddress } from './socket-address.ts'
import { isLanguageWrong } from './voice-problem.ts'

type Voice = AgentConfig['voice']
const NEW_BOT = { url: 'wss://', controlUrl: null, secret: null }

export function VoiceSection({ draft }: SectionProps) {
  const { t } = useTranslation('speech')
  const { voice } = draft.config
  const change = (part: Partial<Voice>) => draft.change({ voice: { ...voice, ...part } })
  return (
    <Section name="voice" title={t('agent.title')} text={t('agent.text')}>
      <RadioCards
        label={t('agent.by')}
        value={voice.by}
        onChange={(by) =>
          change({
            by,
            bot:
              by === 'media_streams'
                ? (voice.bot ?? NEW_BOT)
                : voice.bot && isSocketAddress(voice.bot.url)
                  ? voice.bot
                  : null,
          })
        }
        options={VoiceBy.options.map((value) => ({
          value,
          title: t(`agent.byName.${value}`),
          text: t(`agent.byText.${value}`),
        }))}
      />
      {voice.by === 'media_streams' ? (
        <BotFields bot={voice.bot ?? NEW_BOT} onChange={(bot) => change({ bot })} />
      ) : (
        <Spoken draft={draft} voice={voice} onChange={change} />
      )}
    </Section>
  )
}

type SpokenProps = { draft: SectionProps['draft']; voice: Voice; onChange: (part: Partial<Voice>) => void }

function Spoken({ draft, voice, onChange }: SpokenProps) {
  const { t } = useTranslation('speech')
  const { name } = draft.config.profile
  return (
    <div className="below col gap">
      <div className="two">
        <TextField
          label={t('voice')}
          hint={t('voiceHint')}
          value={voice.voice ?? ''}
          maxLength={100}
          dir="ltr"
          spellCheck={false}
          onChange={({ target: { value } }) => onChange({ voice: value.trim() || null })}
        />
        <TextField
          label={t('agent.language')}
          hint={t('agent.languageHint')}
          error={isLanguageWrong(voice.language) && t('agent.languageWrong')}
          value={voice.language ?? ''}
          maxLength={20}
          dir="ltr"
          onChange={({ target: { value } }) => onChange({ language: value.trim() || null })}
        />
        <SpeedSelect value={voice.speed} onChange={(speed) => onChange({ speed })} />
        <NumberField
          label={t('agent.endpoint')}
          value={voice.endpointMs}
          min={200}
          max={3000}
          whole
          onChange={(endpointMs) => endpointMs !== null && onChange({ endpointMs })}
        />
        {voice.by === 'openai_realtime' && (
          <TextField
            label={t('agent.realtimeModel')}
            hint={t('modelHint')}
            value={voice.realtimeModel ?? ''}
            maxLength={100}
            dir="ltr"
            onChange={({ target: { value } }) => onChange({ realtimeModel: value.trim() || null })}
          />
        )}
      </div>
      <TextArea
        label={t('agent.greeting')}
        hint={t('agent.greetingHint', { name })}
        value={voice.greeting}
        maxLength={1000}
        rows={2}
        onChange={({ target: { value } }) => onChange({ greeting: value })}
      />
      <Checkbox checked={voice.bargeIn} onChange={(bargeIn) => onChange({ bargeIn })}>
        {t('agent.bargeIn')}
      </Checkbox>
      {voice.by === 'built_in' && <ListenTo config={draft.config} />}
    </div>
  )
}
