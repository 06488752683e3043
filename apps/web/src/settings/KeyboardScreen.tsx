/** Single keys on or off (WCAG 2.1.4), and which ones there are. */
import { useTranslation } from 'react-i18next'
import { singleKeys } from '../app/preferences.ts'
import { useStore } from '../app/store.ts'
import { Switch } from '../ui/Choice.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { ALL_KEYS } from './all-keys.ts'
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
      <h2 className="title section">{t('keyboard.all')}</h2>
      <p className="t3 section-lead">{t('keyboard.allHint')}</p>
      <div className="keys">
        {ALL_KEYS.map(({ group, keys }) => (
          <section key={group}>
            <h3>{t(`keyboard.groups.${group}`)}</h3>
            {keys.map(([does, printed]) => (
              <div className="k" key={printed}>
                <span>{t(`keyboard.does.${does}`)}</span>
                <span className="row g2">
                  <Kbd keys={printed} />
                </span>
              </div>
            ))}
          </section>
        ))}
      </div>
    </SettingsPage>
  )
}
