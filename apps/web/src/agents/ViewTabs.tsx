/** The three views of one agent: its settings, a talk with it, and past conversations played to it. What is not saved stays while one looks. */
import { Link } from '@tanstack/react-router'
import GitCompare from 'lucide-react/icons/git-compare'
import MessageSquare from 'lucide-react/icons/message-square'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'

const VIEWS = [
  { view: undefined, word: 'settings', icon: SlidersHorizontal },
  { view: 'chat', word: 'chat', icon: MessageSquare },
  { view: 'replay', word: 'replay', icon: GitCompare },
] as const

export function ViewTabs({ id }: { id: string }) {
  const { t } = useTranslation('agents')
  return (
    <nav className="seg views" aria-label={t('view.label')}>
      {VIEWS.map((one) => (
        <Link
          key={one.word}
          to="/agents/$id"
          params={{ id }}
          search={{ tab: one.view }}
          activeOptions={{ exact: true, includeSearch: true, explicitUndefined: true }}
        >
          <Icon of={one.icon} size="s" />
          <span className="hide-s">{t(`view.${one.word}`)}</span>
          <span className="sr only-s">{t(`view.${one.word}`)}</span>
        </Link>
      ))}
    </nav>
  )
}
