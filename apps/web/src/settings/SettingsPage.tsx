/** One page of the settings: head, actions, content; on narrow screens a menu leads to the other pages. */
import { Link } from '@tanstack/react-router'
import ChevronRight from 'lucide-react/icons/chevron-right'
import MenuIcon from 'lucide-react/icons/menu'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useTitle } from '../app/title.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Menu, MenuLink } from '../ui/Menu.tsx'
import { SETTINGS } from './SettingsScreen.tsx'

type Props = { title: ReactNode; lead?: ReactNode; actions?: ReactNode; documentTitle: string; children: ReactNode }

export function SettingsPage({ title, lead, actions, documentTitle, children }: Props) {
  useTitle(documentTitle)
  return (
    <>
      <Crumb>{title}</Crumb>
      <div className="scroll grow">
        <div className="form wide start">
          <div className="ph2">
            <div className="grow ph2-text">
              <h1>{title}</h1>
              {lead && <p>{lead}</p>}
            </div>
            {actions}
          </div>
          {children}
        </div>
      </div>
    </>
  )
}

function Crumb({ children }: { children: ReactNode }) {
  const { t } = useTranslation('settings')
  return (
    <div className="bar crumb">
      <Menu
        trigger={
          <Button variant="quiet" icon={MenuIcon}>
            {t('title')}
          </Button>
        }
      >
        {SETTINGS.flatMap(({ pages }) =>
          pages.map((page) => (
            <MenuLink icon={page.icon} key={page.key} render={<Link to={page.to} />}>
              {t(`${page.key}.title`)}
            </MenuLink>
          )),
        )}
      </Menu>
      <Icon of={ChevronRight} size="xs" className="t3 flip" />
      <span className="strong tr">{children}</span>
    </div>
  )
}

/** A row of a settings form: what it is at the start, the control at the end. */
export function FormRow({ label, hint, children }: { label: ReactNode; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className="frow">
      <div className="lab">
        {label}
        {hint && <span>{hint}</span>}
      </div>
      <div>{children}</div>
    </div>
  )
}
