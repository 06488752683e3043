/** A conversation may hold several calls: which one is heard. */
import type { CallRecording } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { readerLocale } from '../../ui/reader-locale.ts'

export function WhichCall({ recording, onChoose }: { recording: CallRecording; onChoose: (callId: string) => void }) {
  const { t } = useTranslation('recorded')
  const locale = readerLocale()
  if (recording.calls.length < 2) return null
  const timeOf = (at: string) => new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <select
      className="select sm"
      aria-label={t('of')}
      value={recording.callId}
      onChange={(event) => onChoose(event.target.value)}
    >
      {recording.calls.map(({ id, startedAt }) => (
        <option value={id} key={id}>
          {t('which', { at: timeOf(startedAt) })}
        </option>
      ))}
    </select>
  )
}
