/** Where a voice bot of one's own is, and the secret it knows us by. */
import type { AgentConfig } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../ui/Field.tsx'
import { isSocketAddress } from './socket-address.ts'

type Bot = NonNullable<AgentConfig['voice']['bot']>

export function BotFields({ bot, onChange }: { bot: Bot; onChange: (bot: Bot) => void }) {
  const { t } = useTranslation('speech')
  const wrong = (url: string | null) => url !== null && url !== 'wss://' && !isSocketAddress(url) && t('agent.urlWrong')
  return (
    <div className="two">
      <TextField
        type="url"
        label={t('agent.url')}
        hint={t('agent.urlHint')}
        error={wrong(bot.url)}
        value={bot.url}
        maxLength={500}
        dir="ltr"
        onChange={({ target: { value } }) => onChange({ ...bot, url: value.trim() })}
      />
      <TextField
        type="url"
        label={t('agent.controlUrl')}
        hint={t('agent.controlUrlHint')}
        error={wrong(bot.controlUrl)}
        value={bot.controlUrl ?? ''}
        maxLength={500}
        dir="ltr"
        onChange={({ target: { value } }) => onChange({ ...bot, controlUrl: value.trim() || null })}
      />
      <TextField
        label={t('agent.secret')}
        hint={t('agent.secretHint')}
        value={bot.secret ?? ''}
        maxLength={100}
        dir="ltr"
        onChange={({ target: { value } }) => onChange({ ...bot, secret: value.trim() || null })}
      />
    </div>
  )
}
