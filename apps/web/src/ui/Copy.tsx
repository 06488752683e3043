/** Copying: a button beside a block, or a value that copies itself when clicked. */

import clsx from 'clsx'
import Check from 'lucide-react/icons/check'
import CopyIcon from 'lucide-react/icons/copy'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { useWords } from './words.tsx'

const SHOWN_MS = 1600

function useCopy(text: string) {
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [state])
  const copy = async () => setState((await write(text)) ? 'done' : 'failed')
  return { state, copy }
}

/** The clipboard API is missing on plain http: the older way still works there. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.className = 'sr'
    document.body.append(area)
    area.select()
    const copied = document.execCommand('copy')
    area.remove()
    return copied
  }
}

export function CopyButton({ text, children }: { text: string; children?: ReactNode }) {
  const words = useWords()
  const { state, copy } = useCopy(text)
  return (
    <Button size="sm" icon={state === 'done' ? Check : CopyIcon} onClick={() => void copy()}>
      <span aria-live="polite">
        {state === 'idle' ? (children ?? words.copy) : state === 'done' ? words.copied : words.copyFailed}
      </span>
    </Button>
  )
}

/** A value in a list of facts; `label` names it, such as "Copy phone +358 40 555 0178". */
export function CopyValue({
  text,
  label,
  className,
  children,
}: {
  text: string
  label: string
  className?: string
  children?: ReactNode
}) {
  const words = useWords()
  const { state, copy } = useCopy(text)
  return (
    <button
      type="button"
      className={clsx('copy', state === 'done' && 'done', className)}
      aria-label={label}
      onClick={() => void copy()}
    >
      <span className="tr">{children ?? text}</span>
      <Icon of={state === 'done' ? Check : CopyIcon} size="xs" />
      <span className="sr" role="status">
        {state === 'done' ? words.copied : state === 'failed' ? words.copyFailed : ''}
      </span>
    </button>
  )
}
