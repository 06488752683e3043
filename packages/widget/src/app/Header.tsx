/** The top: who answers, always saying whether it is an AI or a person; the menu, and the way to make the chat small. */
import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ChatState } from './chat.ts'
import { Icon } from './Icon.tsx'
import { Avatar } from './Turn.tsx'
import { t } from './texts.ts'

export interface HeaderProps {
  state: ChatState
  onRate: () => void
  /** Undefined where there is nothing to go back to. */
  onMinimise: (() => void) | undefined
}

export function Header({ state, onRate, onMinimise }: HeaderProps): VNode {
  const { author, title, line } = describe(state)
  return (
    <header class="wh">
      <Avatar author={author} size="md" />
      <div class="who">
        <h1>
          <bdi>{title}</bdi>
        </h1>
        <p>
          <bdi>{line}</bdi>
        </p>
      </div>
      {state.conversation && <Menu onRate={onRate} />}
      {onMinimise && (
        <button type="button" class="ib" aria-label={t('minimise')} onClick={onMinimise}>
          <Icon name="minimise" />
        </button>
      )}
    </header>
  )
}

function describe({ session, conversation }: ChatState): {
  author: { kind: 'agent' | 'operator'; name: string | null }
  title: string
  line: string
} {
  const company = session?.workspace.name ?? ''
  const agentName = session?.agent?.name ?? null
  const handler = conversation?.handler ?? {
    kind: agentName === null ? ('queue' as const) : ('agent' as const),
    name: agentName,
  }
  const isOver = conversation?.status === 'closed'
  if (handler.kind === 'agent') {
    const name = handler.name ?? agentName
    return {
      author: { kind: 'agent', name },
      title: name ?? company,
      line: isOver ? t('ended') : t('aiOf', { company }),
    }
  }
  if (handler.kind === 'operator') {
    const title = handler.name === null ? company : t('personOf', { name: handler.name, company })
    return { author: { kind: 'operator', name: handler.name }, title, line: isOver ? t('ended') : t('person') }
  }
  const isWaiting = conversation !== null && !isOver
  const line = isOver ? t('ended') : isWaiting ? t('waitingMore') : t('peopleAnswer')
  return { author: { kind: 'operator', name: null }, title: isWaiting ? t('waiting') : company, line }
}

function Menu({ onRate }: { onRate: () => void }): VNode {
  const [isOpen, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!isOpen) return
    box.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus()
    const away = (event: Event) => !box.current?.contains(event.target as Node) && setOpen(false)
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation() // the chat itself stays open
      setOpen(false)
      button.current?.focus()
    }
    addEventListener('pointerdown', away)
    addEventListener('keydown', onEscape, true)
    return () => {
      removeEventListener('pointerdown', away)
      removeEventListener('keydown', onEscape, true)
    }
  }, [isOpen])
  return (
    <div class="menubox" ref={box}>
      <button
        type="button"
        class="ib"
        ref={button}
        aria-label={t('more')}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="more" />
      </button>
      {isOpen && (
        <div class="menu" role="menu">
          <button type="button" role="menuitem" onClick={onRate}>
            <Icon name="star" />
            {t('rateMenu')}
          </button>
        </div>
      )}
    </div>
  )
}
