/** What is said, as it is said: what may still change is shown paler, and read out only once it stands. */
import type { VNode } from 'preact'
import type { ChatState } from '../chat.ts'
import type { CallNow } from './session.ts'
import { w } from './words.ts'

const SHOWN = 3

interface Line {
  key: string
  role: 'contact' | 'agent' | 'operator'
  text: string
  isFinal: boolean
}

export function Captions({ now, state }: { now: CallNow; state: ChatState }): VNode {
  const said = state.entries.flatMap((entry): Line[] => {
    const role = entry.author.kind
    if (entry.position <= now.after || role === 'system' || entry.text === '') return []
    return [{ key: `${entry.position}`, role, text: entry.text, isFinal: true }]
  })
  const saying = now.captions.map(({ utterance, role, text }): Line => ({ key: utterance, role, text, isFinal: false }))
  const { draft } = state.draft
  if (draft?.text && !saying.some(({ role }) => role === 'agent'))
    saying.push({ key: draft.turnId, role: 'agent', text: draft.text, isFinal: false })
  const lines = [...said, ...saying].slice(-SHOWN)
  return (
    <div class="captions" role="log" aria-live="polite" aria-relevant="additions">
      {lines.map(({ key, role, text, isFinal }) => (
        <p key={key} class={`${role} ${isFinal ? '' : 'saying'}`} aria-live={isFinal ? undefined : 'off'}>
          <span class="sr">{role === 'contact' ? w('you') : w('they')}: </span>
          <span dir="auto">{text}</span>
        </p>
      ))}
    </div>
  )
}
