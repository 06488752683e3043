/** Everything that can be done from here: places, pages of the settings, and each key that works on the screen behind. */
import { useNavigate } from '@tanstack/react-router'
import CircleQuestionMark from 'lucide-react/icons/circle-question-mark'
import Settings from 'lucide-react/icons/settings'
import SunMoon from 'lucide-react/icons/sun-moon'
import Zap from 'lucide-react/icons/zap'
import { useTranslation } from 'react-i18next'
import { SETTINGS } from '../../settings/SettingsScreen.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { PLACES } from '../navigation.ts'
import { theme } from '../preferences.ts'
import { useActiveShortcuts } from '../shortcuts.ts'
import type { Choice } from './choice.ts'

const THEMES = [
  ['system', 'themeSystem'],
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
] as const

export function useCommands(onShortcuts: () => void): { go: Choice[]; act: Choice[] } {
  const { t } = useTranslation(['shell', 'settings'])
  const navigate = useNavigate()
  const here = useActiveShortcuts().filter(({ group }) => group === 'act')
  const places = PLACES.map((place) => ({
    key: place.key,
    label: t(`nav.${place.key}`),
    mark: <Icon of={place.icon} />,
    keys: place.keys,
    run: () => void navigate({ to: place.to }),
  }))
  const pages = SETTINGS.flatMap((group) =>
    group.pages.map((page) => ({
      key: `settings ${page.key}`,
      label: t(`settings:${page.key}.title`),
      more: t('nav.settings'),
      mark: <Icon of={Settings} />,
      run: () => void navigate({ to: page.to }),
    })),
  )
  const act: Choice[] = [
    ...[...new Map(here.map((shortcut) => [shortcut.keys, shortcut])).values()].map(({ keys, label, run }) => ({
      key: `key ${keys}`,
      label,
      mark: <Icon of={Zap} />,
      keys,
      // Once the palette has given the focus back: what it opens takes it then.
      run: () => setTimeout(run, 50),
    })),
    ...THEMES.map(([choice, words]) => ({
      key: choice,
      label: t(`user.${words}`),
      mark: <Icon of={SunMoon} />,
      run: () => theme.set(choice),
    })),
    {
      key: 'shortcuts',
      label: t('shortcuts.open'),
      mark: <Icon of={CircleQuestionMark} />,
      keys: '?',
      run: onShortcuts,
    },
  ]
  return { go: [...places, ...pages], act }
}
