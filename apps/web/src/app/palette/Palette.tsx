/** Ctrl K: conversations by anything in them, and every command, from one field. Loaded when first opened. */
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import CircleQuestionMark from 'lucide-react/icons/circle-question-mark'
import ListFilter from 'lucide-react/icons/list-filter'
import Search from 'lucide-react/icons/search'
import SunMoon from 'lucide-react/icons/sun-moon'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ContactAvatar } from '../../ui/Avatar.tsx'
import { TopDialog } from '../../ui/Dialog.tsx'
import { Icon, type IconShape } from '../../ui/Icon.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { Stage } from '../../ui/Stage.tsx'
import { PLACES } from '../navigation.ts'
import { theme } from '../preferences.ts'
import { useConversationSearch } from './use-conversation-search.ts'

type Props = { onOpenChange: (open: boolean) => void; onShortcuts: () => void }
type Todo = { label: string; icon: IconShape; keys?: string; run: () => void }

export default function Palette({ onOpenChange, onShortcuts }: Props) {
  const { t } = useTranslation('shell')
  const [typed, setTyped] = useState('')
  // `>` asks for commands only.
  const onlyCommands = typed.startsWith('>')
  const query = (onlyCommands ? typed.slice(1) : typed).trim()
  const close = () => onOpenChange(false)
  return (
    <TopDialog open onOpenChange={onOpenChange} label={t('palette.label')}>
      <Command shouldFilter={false} loop label={t('palette.label')}>
        <div className="in">
          <Icon of={Search} className="t3" />
          <Command.Input value={typed} onValueChange={setTyped} placeholder={t('palette.placeholder')} autoFocus />
        </div>
        <Command.List className="scroll">
          <Command.Empty className="t3 none-found">{t('palette.nothing', { query })}</Command.Empty>
          {!onlyCommands && query !== '' && <Conversations query={query} done={close} />}
          <Commands query={query} done={close} onShortcuts={onShortcuts} />
        </Command.List>
        <div className="foot">
          <span>
            <Kbd keys="↑ ↓" /> {t('palette.move')}
          </span>
          <span>
            <Kbd keys="↵" /> {t('palette.open')}
          </span>
        </div>
      </Command>
    </TopDialog>
  )
}

function Conversations({ query, done }: { query: string; done: () => void }) {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const { hits, searching } = useConversationSearch(query)
  const open = (id: string) => {
    done()
    void navigate({ to: '/conversations/$id', params: { id } })
  }
  return (
    <Command.Group heading={<span className="mlabel">{t('palette.conversations')}</span>}>
      {searching && hits.length === 0 && <div className="mi t3">{t('palette.searching')}</div>}
      {hits.map((hit) => (
        <Command.Item className="mi" key={hit.id} value={hit.id} onSelect={() => open(hit.id)}>
          <ContactAvatar name={hit.contact.name} size="sm" />
          <span className="grow tr" dir="auto">
            {hit.contact.name ?? hit.contact.email ?? t('palette.noName')}
            <span className="t3"> {hit.match?.snippet ?? hit.preview?.text}</span>
          </span>
          <Stage stageKey={hit.stage.key} category={hit.stage.category} name={hit.stage.name} />
        </Command.Item>
      ))}
      <Command.Item
        className="mi"
        value="filter"
        onSelect={() => {
          done()
          void navigate({ to: '/conversations', search: { q: query } })
        }}
      >
        <Icon of={ListFilter} />
        <span className="grow tr">{t('palette.filter', { query })}</span>
      </Command.Item>
    </Command.Group>
  )
}

function Commands({ query, done, onShortcuts }: { query: string; done: () => void; onShortcuts: () => void }) {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const go: Todo[] = PLACES.map((place) => ({
    label: t(`nav.${place.key}`),
    icon: place.icon,
    keys: place.keys,
    run: () => void navigate({ to: place.to }),
  }))
  const act: Todo[] = [
    ...(['system', 'light', 'dark'] as const).map((choice) => ({
      label: t(`user.${({ system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const)[choice]}`),
      icon: SunMoon,
      run: () => theme.set(choice),
    })),
    { label: t('shortcuts.open'), icon: CircleQuestionMark, keys: '?', run: onShortcuts },
  ]
  return (
    <>
      <TodoGroup heading={t('palette.go')} todos={matching(go, query)} done={done} />
      <TodoGroup heading={t('palette.do')} todos={matching(act, query)} done={done} />
    </>
  )
}

const matching = (todos: Todo[], query: string) =>
  todos.filter((todo) => todo.label.toLocaleLowerCase().includes(query.toLocaleLowerCase()))

function TodoGroup({ heading, todos, done }: { heading: string; todos: Todo[]; done: () => void }) {
  if (todos.length === 0) return null
  return (
    <Command.Group heading={<span className="mlabel">{heading}</span>}>
      {todos.map((todo) => (
        <Command.Item
          className="mi"
          key={todo.label}
          value={todo.label}
          onSelect={() => {
            done()
            todo.run()
          }}
        >
          <Icon of={todo.icon} />
          <span className="grow tr">{todo.label}</span>
          {todo.keys && <Kbd keys={todo.keys} />}
        </Command.Item>
      ))}
    </Command.Group>
  )
}
