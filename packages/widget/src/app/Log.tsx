/** The log: follows the newest words unless the visitor reads further up, and is heard by screen readers once for each message. */
import type { VNode } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Chat, ChatState } from './chat.ts'
import { Icon } from './Icon.tsx'
import { Markdown } from './Markdown.tsx'
import { Avatar, Bubble, OutgoingTurn, Turn } from './Turn.tsx'
import { t } from './texts.ts'
import { dayName } from './times.ts'
import { arrange, type LogItem } from './turns.ts'

const NEAR_PX = 60

export function Log({ chat, state }: { chat: Chat; state: ChatState }): VNode {
  const { entries, outgoing, hasMore, paging, draft, typing, line } = state
  const box = useRef<HTMLDivElement>(null)
  const items = useMemo(() => arrange(entries, outgoing), [entries, outgoing])
  const { isAway, missed, onScroll, follow } = useFollow(box, state, () => void chat.older())
  const isDown = line.state === 'down'
  return (
    <div class="logbox">
      <div
        class="log"
        role="log"
        aria-live={paging ? 'off' : 'polite'}
        aria-relevant="additions"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
        tabIndex={0}
        ref={box}
        onScroll={onScroll}
      >
        {hasMore && <div class="older">{paging && t('older')}</div>}
        <div class="gap" />
        {items.map((item) => (
          <Item key={item.key} item={item} isDown={isDown} chat={chat} />
        ))}
        <Writing
          draft={draft}
          typing={typing}
          agentName={state.session?.agent?.name ?? null}
          handler={state.conversation?.handler}
        />
      </div>
      {isAway && (
        <button
          type="button"
          class="latest"
          onClick={follow}
          aria-label={missed > 0 ? t('newMessages', { count: missed }) : t('latest')}
        >
          <Icon name="down" />
          {missed > 0 && <span>{missed}</span>}
        </button>
      )}
    </div>
  )
}

function Item({ item, isDown, chat }: { item: LogItem; isDown: boolean; chat: Chat }): VNode {
  switch (item.is) {
    case 'day':
      return <div class="day">{dayName(item.at)}</div>
    case 'system':
      return (
        <div class="sysline">
          <Icon name="person" />
          <span dir="auto">{item.entry.text}</span>
        </div>
      )
    case 'turn':
      return <Turn turn={item} />
    case 'outgoing':
      return <OutgoingTurn message={item.message} isDown={isDown} chat={chat} />
  }
}

type WritingProps = Pick<ChatState, 'draft' | 'typing'> & {
  agentName: string | null
  handler: NonNullable<ChatState['conversation']>['handler'] | undefined
}

/** What is being written: seen while it grows, heard only when it is done and stands in the log. */
function Writing({ draft: slot, typing, agentName, handler }: WritingProps): VNode | null {
  const { draft } = slot
  if (!draft && !typing) return null
  const author = draft
    ? { kind: 'agent' as const, name: agentName ?? handler?.name ?? null }
    : { kind: handler?.kind === 'agent' ? ('agent' as const) : ('operator' as const), name: typing?.name ?? null }
  return (
    <div class={`turn ${author.kind}`} aria-live="off">
      <Avatar author={author} />
      <div class="stack">
        <Bubble>{draft && draft.text !== '' ? <Growing text={draft.text} /> : <Dots />}</Bubble>
        <div class="meta">{author.name ? t('isWriting', { name: author.name }) : t('writing')}</div>
      </div>
    </div>
  )
}

const Growing = ({ text }: { text: string }): VNode => (
  <div class="growing">
    <Markdown text={text} />
  </div>
)
const Dots = (): VNode => (
  <span class="dots" aria-hidden="true">
    <i />
    <i />
    <i />
  </span>
)

interface Follow {
  isAway: boolean
  /** Messages that came while the visitor read further up. */
  missed: number
  onScroll(): void
  follow(): void
}

/** Keeps the newest in view, or what the visitor reads; asks for older entries near the top. */
function useFollow(box: { current: HTMLDivElement | null }, state: ChatState, onTop: () => void): Follow {
  const [isAway, setAway] = useState(false)
  const away = useRef(false)
  const readTo = useRef(0)
  const height = useRef(0)
  const first = useRef(0)
  const { entries, outgoing, draft, typing } = state
  const last = entries.at(-1)?.position ?? 0
  const own = outgoing.length

  const toBottom = () => {
    const element = box.current
    if (element) element.scrollTop = element.scrollHeight
  }
  const setIsAway = (next: boolean) => {
    away.current = next
    setAway(next)
  }

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const firstNow = entries[0]?.position ?? 0
    // What was put in above pushes the rest down; the reader's line stays where it was.
    if (first.current > firstNow && firstNow > 0) element.scrollTop += element.scrollHeight - height.current
    else if (!away.current) toBottom()
    first.current = firstNow
    height.current = element.scrollHeight
    if (!away.current) readTo.current = last
  }, [entries, outgoing, draft, typing])

  useLayoutEffect(() => {
    if (own > 0) follow()
  }, [own])

  // The keyboard of a phone, or a growing composer, takes room from below.
  useEffect(() => {
    const observer = new ResizeObserver(() => !away.current && toBottom())
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [])

  const follow = () => {
    setIsAway(false)
    readTo.current = last
    toBottom()
  }
  return {
    isAway,
    missed: isAway ? entries.filter((e) => e.position > readTo.current && e.author.kind !== 'contact').length : 0,
    follow,
    onScroll() {
      const element = box.current
      if (!element) return
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX
      if (isNear === away.current) setIsAway(!isNear)
      if (isNear) readTo.current = last
      if (element.scrollTop < NEAR_PX && element.scrollHeight > element.clientHeight) onTop()
    },
  }
}
