/** What the palette offers for what is typed: conversations and people first, then views, places and things to do. */
import type { ReplyOf } from '@earshot/client'
import type { listConversations } from '@earshot/contracts'
import { useNavigate } from '@tanstack/react-router'
import ListFilter from 'lucide-react/icons/list-filter'
import { useTranslation } from 'react-i18next'
import { ContactAvatar } from '../../ui/Avatar.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Stage } from '../../ui/Stage.tsx'
import type { Choice, ChoiceGroup } from './choice.ts'
import { useCommands } from './use-commands.tsx'
import { useConversationSearch } from './use-conversation-search.ts'
import { usePeopleChoices } from './use-people.tsx'
import { useRecentChoices } from './use-recent.tsx'
import { useViewChoices } from './use-view-choices.tsx'

/** A leading `>` asks for commands only. */
export function useChoices(typed: string, onShortcuts: () => void): ChoiceGroup[] {
  const { t } = useTranslation('shell')
  const onlyCommands = typed.startsWith('>')
  const query = (onlyCommands ? typed.slice(1) : typed).trim()
  const searched = onlyCommands ? '' : query
  const recent = useRecentChoices()
  const people = usePeopleChoices(searched)
  const { hits, answered } = useConversationSearch(searched)
  const conversations = useConversationChoices(searched, hits)
  const views = useViewChoices()
  const { go, act } = useCommands(onShortcuts)
  const wanted = query.toLocaleLowerCase()
  const matching = (choices: Choice[]) =>
    choices.filter(({ label, more }) => `${label} ${more ?? ''}`.toLocaleLowerCase().includes(wanted))
  return [
    { label: t('palette.recent'), items: query === '' && !onlyCommands ? recent : [] },
    { label: t('palette.conversations'), items: conversations },
    { label: t('palette.people'), items: answered ? people : [] },
    { label: t('palette.views'), items: onlyCommands ? [] : matching(views) },
    { label: t('palette.go'), items: matching(go) },
    { label: t('palette.do'), items: matching(act) },
  ].filter((group) => group.items.length > 0)
}

type Hit = ReplyOf<typeof listConversations>['items'][number]

function useConversationChoices(query: string, hits: readonly Hit[]): Choice[] {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  if (query === '') return []
  const asChoice = (hit: Hit): Choice => ({
    key: hit.id,
    label: hit.contact.name ?? hit.contact.email ?? t('palette.noName'),
    mark: <ContactAvatar name={hit.contact.name} size="sm" />,
    more: hit.match?.snippet ?? hit.preview?.text,
    aside: (
      <Stage stageKey={hit.stage.key} category={hit.stage.category} color={hit.stage.color} name={hit.stage.name} />
    ),
    // To the words that were found, where the rest of the hits can be walked through.
    run: () =>
      void navigate({
        to: '/conversations/$id',
        params: { id: hit.id },
        search: hit.match?.position ? { q: query, at: hit.match.position } : {},
      }),
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
