/** You: theme, profile, sign out. */
import { Link } from '@tanstack/react-router'
import Keyboard from 'lucide-react/icons/keyboard'
import LogOut from 'lucide-react/icons/log-out'
import Monitor from 'lucide-react/icons/monitor'
import Moon from 'lucide-react/icons/moon'
import Sun from 'lucide-react/icons/sun'
import UserRound from 'lucide-react/icons/user-round'
import { useTranslation } from 'react-i18next'
import { OperatorAvatar } from '../ui/Avatar.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Menu, MenuChoices, MenuItem, MenuLabel, MenuLink, MenuSeparator } from '../ui/Menu.tsx'
import { toast } from '../ui/Toasts.tsx'
import { signOut } from './auth.ts'
import { theme } from './preferences.ts'
import { useSession } from './session.ts'
import { useStore } from './store.ts'

export function UserMenu() {
  const { t } = useTranslation('shell')
  const { user, member } = useSession()
  const chosen = useStore(theme)
  const trigger = (
    <button type="button" className="ib me" aria-label={t('user.menu', { name: member.name })}>
      <OperatorAvatar name={member.name} size="sm" />
    </button>
  )
  const leave = async () => {
    try {
      await signOut()
      // A full load: nothing of this person stays in memory.
      window.location.assign('/sign-in')
    } catch {
      toast.failed(t('user.signOutFailed'))
    }
  }
  return (
    <Menu trigger={trigger} align="end">
      <MenuLabel>{user.email}</MenuLabel>
      <MenuLink icon={UserRound} render={<Link to="/settings/profile" />}>
        {t('user.profile')}
      </MenuLink>
      <MenuLink icon={Keyboard} render={<Link to="/settings/keyboard" />}>
        {t('shortcuts.settings')}
      </MenuLink>
      <MenuSeparator />
      <MenuChoices
        label={t('user.theme')}
        value={chosen}
        onChange={theme.set}
        choices={[
          { value: 'system', label: t('user.themeSystem'), icon: <Icon of={Monitor} /> },
          { value: 'light', label: t('user.themeLight'), icon: <Icon of={Sun} /> },
          { value: 'dark', label: t('user.themeDark'), icon: <Icon of={Moon} /> },
        ]}
      />
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={() => void leave()}>
        {t('user.signOut')}
      </MenuItem>
    </Menu>
  )
}
