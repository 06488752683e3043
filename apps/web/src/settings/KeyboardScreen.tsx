/** Single keys on or off (WCAG 2.1.4), and which ones there are. */
import { useTranslation } from 'react-i18next'
import { singleKeys } from '../app/preferences.ts'
import { ShortcutList } from '../app/ShortcutSheet.tsx'
import { useStore } from '../app/store.ts'
import { Switch } from '../ui/Choice.tsx'
import { SettingsPage } from './SettingsPage.tsx'

export function KeyboardScreen() {
  const { t } = useTranslation('settings')
  const on = useStore(singleKeys)
  return (
    <SettingsPage documentTitle={t('keyboard.title')} title={t('keyboard.title')} lead={t('keyboard.lead')}>
      <div className="card row">
        <div className="grow">
          <div className="strong">{t('keyboard.single')}</div>
          <div className="small t3">{t('keyboard.singleHint')}</div>
        </div>
        <Switch label={t('keyboard.single')} checked={on} onChange={singleKeys.set} />
      </div>
      <h2 className="title section">{t('keyboard.here')}</h2>
      <p className="t3 section-lead">{t('keyboard.hereHint')}</p>
      <ShortcutList />
    </SettingsPage>
  )
}
