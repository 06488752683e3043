/** JSON as text with its parts told apart; values come from functions and are shown, never run. */
import type { JsonValue } from '@earshot/contracts'
import type { ReactNode } from 'react'

const MOST_CHARS = 20_000
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g

export function Json({ value }: { value: JsonValue }) {
  const text = JSON.stringify(value, null, 1)
  const short = text.length <= 72 ? text.replace(/\n\s*/g, ' ') : text
  const shown = short.length > MOST_CHARS ? `${short.slice(0, MOST_CHARS)}…` : short
  return (
    <pre className="json" dir="ltr">
      {coloured(shown)}
    </pre>
  )
}

function coloured(text: string): ReactNode[] {
  const parts: ReactNode[] = []
  let from = 0
  for (const found of text.matchAll(TOKEN)) {
    if (found.index > from) parts.push(text.slice(from, found.index))
    const [all, string, colon] = found
    const kind = string === undefined ? 'jn' : colon === undefined ? 'js' : 'jk'
    parts.push(
      <span className={kind} key={found.index}>
        {string ?? all}
      </span>,
    )
    if (colon) parts.push(colon)
    from = found.index + all.length
  }
  return [...parts, text.slice(from)]
}
