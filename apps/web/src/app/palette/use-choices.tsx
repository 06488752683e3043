/** What the palette offers for what is typed: conversations first, then places, then things to do. */
import type { ReplyOf } from '@earshot/client'
import type { listConversations } from '@earshot/contracts'
import { useNavigate } from '@tanstack/react-router'
import CircleQuestionMark from 'lucide-react/icons/circle-question-mark'
import ListFilter from 'lucide-react/icons/list-filter'
import SunMoon from 'lucide-react/icons/sun-moon'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ContactAvatar } from '../../ui/Avatar.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Stage } from '../../ui/Stage.tsx'
import { PLACES } from '../navigation.ts'
import { theme } from '../preferences.ts'
import { useConversationSearch } from './use-conversation-search.ts'

export type Choice = {
  key: string
  label: string
  mark: ReactNode
  more?: string
  aside?: ReactNode
  keys?: string
  run: () => void
}
export type ChoiceGroup = { label: string; items: Choice[] }

/** A leading `>` asks for commands only. */
export function useChoices(typed: string, onShortcuts: () => void): ChoiceGroup[] {
  const { t } = useTranslation('shell')
  const onlyCommands = typed.startsWith('>')
  const query = (onlyCommands ? typed.slice(1) : typed).trim()
  const conversations = useConversationChoices(onlyCommands ? '' : query)
  const { go, act } = useCommands(onShortcuts)
  const matching = (choices: Choice[]) =>
    choices.filter((choice) => choice.label.toLocaleLowerCase().includes(query.toLocaleLowerCase()))
  return [
    { label: t('palette.conversations'), items: conversations },
    { label: t('palette.go'), items: matching(go) },
    { label: t('palette.do'), items: matching(act) },
  ].filter((group) => group.items.length > 0)
}

type Hit = ReplyOf<typeof listConversations>['items'][number]

function useConversationChoices(query: string): Choice[] {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const hits = useConversationSearch(query)
  if (query === '') return []
  const asChoice = (hit: Hit): Choice => ({
    key: hit.id,
    label: hit.contact.name ?? hit.contact.email ?? t('palette.noName'),
    mark: <ContactAvatar name={hit.contact.name} size="sm" />,
    more: hit.match?.snippet ?? hit.preview?.text,
    aside: <Stage stageKey={hit.stage.key} category={hit.stage.category} name={hit.stage.name} />,
    run: () => void navigate({ to: '/conversations/$id', params: { id: hit.id } }),
  })
  return [
    ...hits.map(asChoice),
    {
      key: 'filter',
      label: t('palette.filter', { query }),
      mark: <Icon of={ListFilter} />,
      run: () => void navigate({ to: '/conversations', search: { q: query } }),
    },
  ]
}

const THEMES = [
  ['system', 'themeSystem'],
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
] as const

function useCommands(onShortcuts: () => void): { go: Choice[]; act: Choice[] } {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const go = PLACES.map((place) => ({
    key: place.key,
    label: t(`nav.${place.key}`),
    mark: <Icon of={place.icon} />,
    keys: place.keys,
    run: () => void navigate({ to: place.to }),
  }))
  const act = [
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
  return { go, act }
}
