/** The reserved place: what arrived waits here until it is asked in. */
import ArrowUp from 'lucide-react/icons/arrow-up'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Icon } from '../../ui/Icon.tsx'

export function NewPlace({ count, onApply }: { count: number; onApply: () => void }) {
  const { t } = useTranslation('conversations')
  useShortcuts(count > 0 ? [{ keys: '.', group: 'move', label: t('list.applyNew'), run: onApply }] : [])
  return (
    <span role="status">
      {count > 0 && (
        <button type="button" className="newpill" onClick={onApply}>
          <Icon of={ArrowUp} size="xs" />
          {t('list.new', { count })}
        </button>
      )}
    </span>
  )
}
