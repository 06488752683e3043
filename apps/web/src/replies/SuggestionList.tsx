/** A list over the box one writes in: chosen by arrow keys and Enter while the words stay where they are. */
import { type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'

type Props<T> = {
  field: RefObject<HTMLTextAreaElement | null>
  label: string
  /** Said to those who do not see it. */
  status: string
  items: readonly T[]
  keyOf: (item: T) => string
  draw: (item: T) => ReactNode
  onPick: (item: T) => void
  onClose: () => void
  foot?: ReactNode
}

export function SuggestionList<T>({ field, label, status, items, keyOf, draw, onPick, onClose, foot }: Props<T>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState(0)
  const at = Math.min(chosen, items.length - 1)
  const latest = useRef({ items, at, onPick, onClose })
  latest.current = { items, at, onPick, onClose }
  useLayoutEffect(() => {
    const box = field.current
    if (!box) return
    // Before the box itself hears the key: Enter picks here, and does not send.
    const onKeyDown = (event: KeyboardEvent) => {
      const now = latest.current
      const item = now.items[now.at]
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
      const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
      if (by !== 0) setChosen((now.at + by + now.items.length) % now.items.length)
      else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && item) now.onPick(item)
      else if (event.key === 'Escape') now.onClose()
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    box.addEventListener('keydown', onKeyDown, true)
    box.setAttribute('aria-controls', id)
    box.setAttribute('aria-autocomplete', 'list')
    return () => {
      box.removeEventListener('keydown', onKeyDown, true)
      for (const name of ['aria-controls', 'aria-autocomplete', 'aria-activedescendant']) box.removeAttribute(name)
    }
  }, [field, id])
  useEffect(() => {
    field.current?.setAttribute('aria-activedescendant', `${id}-${at}`)
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' })
  }, [field, id, at])
  return (
    <div className="menu suggestions">
      <div role="listbox" id={id} aria-label={label} ref={list} className="suggestion-list">
        {items.map((item, i) => (
          <div
            role="option"
            tabIndex={-1}
            id={`${id}-${i}`}
            key={keyOf(item)}
            className="mi suggestion"
            aria-selected={i === at}
            data-highlighted={i === at ? '' : undefined}
            onPointerMove={() => setChosen(i)}
            // The words keep the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(item)}
            onKeyDown={(event) => event.key === 'Enter' && onPick(item)}
          >
            {draw(item)}
          </div>
        ))}
      </div>
      <span className="sr" role="status">
        {status}
      </span>
      {foot}
    </div>
  )
}
