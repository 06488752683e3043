/** Who has a reply or a macro: its maker, or everyone. */
import { useTranslation } from 'react-i18next'
import { Segmented } from '../../ui/Choice.tsx'

export function ForWhom({ shared, onShared }: { shared: boolean; onShared: (shared: boolean) => void }) {
  const { t } = useTranslation('replies')
  return (
    <div className="field">
      <span className="label">{t('for')}</span>
      <Segmented
        label={t('for')}
        value={shared ? 'shared' : 'mine'}
        onChange={(value) => onShared(value === 'shared')}
        options={[
          { value: 'mine', label: t('mine') },
          { value: 'shared', label: t('shared') },
        ]}
      />
    </div>
  )
}
