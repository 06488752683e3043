/** How Earshot looks in this browser. */
import Monitor from 'lucide-react/icons/monitor'
import Moon from 'lucide-react/icons/moon'
import Sun from 'lucide-react/icons/sun'
import { useTranslation } from 'react-i18next'
import { theme } from '../app/preferences.ts'
import { useStore } from '../app/store.ts'
import { RadioCards } from '../ui/Choice.tsx'
import { Icon } from '../ui/Icon.tsx'
import { FormRow, SettingsPage } from './SettingsPage.tsx'

export function AppearanceScreen() {
  const { t } = useTranslation('settings')
  const chosen = useStore(theme)
  return (
    <SettingsPage documentTitle={t('appearance.title')} title={t('appearance.title')} lead={t('appearance.lead')}>
      <FormRow label={t('appearance.theme')} hint={t('appearance.themeHint')}>
        <RadioCards
          label={t('appearance.theme')}
          value={chosen}
          onChange={theme.set}
          options={[
            { value: 'system', title: t('appearance.system'), icon: <Icon of={Monitor} /> },
            { value: 'light', title: t('appearance.light'), icon: <Icon of={Sun} /> },
            { value: 'dark', title: t('appearance.dark'), icon: <Icon of={Moon} /> },
          ]}
        />
      </FormRow>
    </SettingsPage>
  )
}
