/** What is known besides: ids, number, when it began, other ways to reach the contact, facts of the visit. */
import type { Contact, Conversation, JsonValue } from '@earshot/contracts'
import ChevronRight from 'lucide-react/icons/chevron-right'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyValue } from '../ui/Copy.tsx'
import { Icon } from '../ui/Icon.tsx'
import { absoluteTime } from '../ui/relative-time.ts'

type Props = { conversation: Conversation; contact: Contact | undefined }

export function SeeMore({ conversation, contact }: Props) {
  const { t, i18n } = useTranslation('conversations')
  const { number, sessionId, startedAt, language, previousId } = conversation
  const when = (at: string) => absoluteTime(new Date(at))
  const points = contact?.points.filter(({ value }) => value !== contact.email && value !== contact.phone) ?? []
  return (
    <details>
      <summary className="small t2 row g2 seemore">
        <Icon of={ChevronRight} size="xs" className="chev" />
        {t('panel.seeMore')}
      </summary>
      <dl className="kv small">
        <Fact name={t('panel.externalId')}>
          {contact?.externalId && (
            <CopyValue
              className="mono"
              text={contact.externalId}
              label={t('panel.copyExternalId', { value: contact.externalId })}
            />
          )}
        </Fact>
        <Fact name={t('panel.sessionId')}>
          <CopyValue className="mono" text={sessionId} label={t('panel.copySessionId', { value: sessionId })} />
        </Fact>
        <Fact name={t('panel.number')}>
          <span className="num">#{number}</span>
        </Fact>
        <Fact name={t('panel.started')}>{when(startedAt)}</Fact>
        <Fact name={t('panel.firstSeen')}>{contact && when(contact.createdAt)}</Fact>
        <Fact name={t('panel.language')}>{language && languageName(language, i18n.language)}</Fact>
        {points.map(({ kind, value }) => (
          <Fact name={kind} key={`${kind} ${value}`}>
            {value}
          </Fact>
        ))}
        {Object.entries(contact?.attributes ?? {}).map(([key, value]) => (
          <Fact name={key} key={key}>
            {plain(value)}
          </Fact>
        ))}
        {previousId && <Fact name={t('panel.continues')}>{t('panel.continuesYes')}</Fact>}
      </dl>
    </details>
  )
}

/** Missing is written, never blank. */
function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  const { t } = useTranslation('conversations')
  return (
    <>
      <dt dir="auto">{name}</dt>
      <dd dir="auto">{children || <span className="none">{t('panel.none')}</span>}</dd>
    </>
  )
}

export const plain = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value))

function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
