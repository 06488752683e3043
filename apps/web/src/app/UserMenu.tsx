/** You: theme, profile, sign out. */
import type { Operator } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Keyboard from 'lucide-react/icons/keyboard'
import LogOut from 'lucide-react/icons/log-out'
import Monitor from 'lucide-react/icons/monitor'
import Moon from 'lucide-react/icons/moon'
import Sun from 'lucide-react/icons/sun'
import UserRound from 'lucide-react/icons/user-round'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { OperatorAvatar } from '../ui/Avatar.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Menu, MenuChoices, MenuItem, MenuLabel, MenuLink, MenuSeparator } from '../ui/Menu.tsx'
import { toast } from '../ui/Toasts.tsx'
import { signOut } from './auth.ts'
import { loadLate } from './load-late.ts'
import { theme } from './preferences.ts'
import { useMay, useSession } from './session.ts'
import { useStore } from './store.ts'

const PresenceChoices = lazy(() => loadLate(() => import('../inbox/PresenceChoices.tsx')))

export function UserMenu() {
  const { t } = useTranslation('shell')
  const { user, member } = useSession()
  const chosen = useStore(theme)
  const mayAnswer = useMay('operator')
  // Read and kept by the queue beside every screen.
  const { data: presence } = useQuery<Operator>({ queryKey: ['queue', 'presence'], enabled: false })
  const trigger = (
    <button type="button" className="ib me" aria-label={t('user.menu', { name: member.name })}>
      <OperatorAvatar name={member.name} size="sm" />
      {presence && mayAnswer && <span className={`presence-dot ${presence.state}`} />}
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
      {mayAnswer && (
        <Suspense>
          <PresenceChoices />
        </Suspense>
      )}
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
