/** The eight cells of the conversation: channel, status, duration, messages, tone, converted, session, start. */
import type { Conversation } from '@earshot/contracts'
import Frown from 'lucide-react/icons/frown'
import Meh from 'lucide-react/icons/meh'
import Smile from 'lucide-react/icons/smile'
import { useTranslation } from 'react-i18next'
import { amount, durationOf } from '../contact/amounts.ts'
import { Section } from '../contact/Section.tsx'
import { Channel } from '../ui/ChannelMark.tsx'
import { CopyValue } from '../ui/Copy.tsx'
import { Icon } from '../ui/Icon.tsx'
import { readerLocale } from '../ui/reader-locale.ts'
import { Fact, Facts } from './Facts.tsx'

const FACES = {
  positive: { icon: Smile, tone: 'ok' },
  neutral: { icon: Meh, tone: 't3' },
  negative: { icon: Frown, tone: 'bad' },
}

export function ConversationFacts({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['clientData', 'conversations'])
  const { channel, status, durationMs, messageCount, tone, converted, sessionId, startedAt } = conversation
  const face = tone && FACES[tone]
  return (
    <Section title={t('conversation')}>
      <Facts>
        <Fact name={t('channel')}>
          <Channel kind={channel.kind}>{t(`conversations:channel.${channel.kind}`)}</Channel>
        </Fact>
        <Fact name={t('status')}>
          <span className={`status ${status}`}>{t(`conversations:status.${status}`)}</span>
        </Fact>
        <Fact name={t('duration')}>
          {status === 'active' ? (
            <span className="ok">{t('ongoing')}</span>
          ) : (
            <span className="num">{durationOf(durationMs)}</span>
          )}
        </Fact>
        <Fact name={t('messages')}>
          <span className="num">{amount(messageCount)}</span>
        </Fact>
        <Fact name={t('tone')} none={t('notAnalyzed')}>
          {tone && face && (
            <span className="row g2">
              <Icon of={face.icon} size="s" className={face.tone} />
              {t(`tones.${tone}`)}
            </span>
          )}
        </Fact>
        <Fact name={t('converted')}>{t(converted ? 'yes' : 'no')}</Fact>
        <Fact name={t('sessionId')}>
          <CopyValue
            className="mono"
            text={sessionId}
            label={t('conversations:panel.copySessionId', { value: sessionId })}
          />
        </Fact>
        <Fact name={t('start')}>
          <time className="num" dateTime={startedAt}>
            {momentOf(startedAt)}
          </time>
        </Fact>
      </Facts>
    </Section>
  )
}

export const momentOf = (at: string): string =>
  new Intl.DateTimeFormat(readerLocale(), { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at))
