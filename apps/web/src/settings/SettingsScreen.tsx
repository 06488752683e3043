/** Settings: the side list, and the page that is open. */
import './texts.ts'
import { Link, Outlet } from '@tanstack/react-router'
import Activity from 'lucide-react/icons/activity'
import AlarmClock from 'lucide-react/icons/alarm-clock'
import Bell from 'lucide-react/icons/bell'
import Building2 from 'lucide-react/icons/building-2'
import Clock from 'lucide-react/icons/clock'
import Flag from 'lucide-react/icons/flag'
import Gauge from 'lucide-react/icons/gauge'
import KeyRound from 'lucide-react/icons/key-round'
import Keyboard from 'lucide-react/icons/keyboard'
import Lightbulb from 'lucide-react/icons/lightbulb'
import MessageSquareQuote from 'lucide-react/icons/message-square-quote'
import Milestone from 'lucide-react/icons/milestone'
import Palette from 'lucide-react/icons/palette'
import Phone from 'lucide-react/icons/phone'
import Radio from 'lucide-react/icons/radio'
import Scale from 'lucide-react/icons/scale'
import Siren from 'lucide-react/icons/siren'
import Tag from 'lucide-react/icons/tag'
import UserRound from 'lucide-react/icons/user-round'
import UsersRound from 'lucide-react/icons/users-round'
import Zap from 'lucide-react/icons/zap'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'

export const SETTINGS = [
  {
    group: 'workspace',
    pages: [
      { key: 'general', to: '/settings/general', icon: Building2 },
      { key: 'team', to: '/settings/team', icon: UsersRound },
      { key: 'hours', to: '/settings/hours', icon: Clock },
    ],
  },
  {
    group: 'conversations',
    pages: [
      { key: 'channels', to: '/settings/channels', icon: Radio },
      { key: 'voice', to: '/settings/voice', icon: Phone },
      { key: 'stages', to: '/settings/stages', icon: Milestone },
      { key: 'tags', to: '/settings/tags', icon: Tag },
      { key: 'intents', to: '/settings/intents', icon: Lightbulb },
      { key: 'replies', to: '/settings/replies', icon: MessageSquareQuote },
      { key: 'rubric', to: '/settings/rubric', icon: Scale },
      { key: 'ownFlags', to: '/settings/own-flags', icon: Flag },
      { key: 'alerts', to: '/settings/alerts', icon: Siren },
      { key: 'followUps', to: '/settings/follow-ups', icon: AlarmClock },
      { key: 'analysis', to: '/settings/analysis', icon: Gauge },
      { key: 'triggers', to: '/settings/triggers', icon: Zap },
    ],
  },
  {
    group: 'developers',
    pages: [
      { key: 'apiKeys', to: '/settings/api-keys', icon: KeyRound },
      { key: 'connection', to: '/settings/connection', icon: Activity },
    ],
  },
  {
    group: 'you',
    pages: [
      { key: 'profile', to: '/settings/profile', icon: UserRound },
      { key: 'notifications', to: '/settings/notifications', icon: Bell },
      { key: 'appearance', to: '/settings/appearance', icon: Palette },
      { key: 'keyboard', to: '/settings/keyboard', icon: Keyboard },
    ],
  },
] as const

export function SettingsScreen() {
  const { t } = useTranslation('settings')
  return (
    <div className="set">
      <nav className="anav" aria-label={t('title')}>
        <div className="title settings-title">{t('title')}</div>
        {SETTINGS.map(({ group, pages }) => (
          <div key={group}>
            <div className="railgroup">{t(`groups.${group}`)}</div>
            {pages.map((page) => (
              <Link className="railitem" to={page.to} key={page.key}>
                <Icon of={page.icon} size="s" />
                <span className="tr">{t(`${page.key}.title`)}</span>
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <div className="col set-page">
        <Outlet />
      </div>
    </div>
  )
}
