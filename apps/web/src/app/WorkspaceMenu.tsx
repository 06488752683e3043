/** Which workspace this is, and the way to what belongs to all of it. */
import { Link } from '@tanstack/react-router'
import Building2 from 'lucide-react/icons/building-2'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import ListChecks from 'lucide-react/icons/list-checks'
import Radio from 'lucide-react/icons/radio'
import { useTranslation } from 'react-i18next'
import { BrandMark } from '../ui/BrandMark.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Menu, MenuLabel, MenuLink } from '../ui/Menu.tsx'
import { useSession } from './session.ts'

export function WorkspaceMenu() {
  const { t } = useTranslation('shell')
  const { workspace } = useSession()
  const trigger = (
    <button type="button" className="ws" aria-label={t('workspace.menu', { name: workspace.name })}>
      <BrandMark />
      <span className="strong tr" dir="auto">
        {workspace.name}
      </span>
      <Icon of={ChevronsUpDown} size="s" className="t3" />
    </button>
  )
  return (
    <Menu trigger={trigger}>
      <MenuLabel>{workspace.name}</MenuLabel>
      <MenuLink icon={ListChecks} render={<Link to="/welcome" />}>
        {t('workspace.firstSteps')}
      </MenuLink>
      <MenuLink icon={Radio} render={<Link to="/settings/channels" />}>
        {t('workspace.channels')}
      </MenuLink>
      <MenuLink icon={Building2} render={<Link to="/settings/general" />}>
        {t('workspace.settings')}
      </MenuLink>
    </Menu>
  )
}
